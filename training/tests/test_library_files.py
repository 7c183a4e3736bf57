"""Old DICOM without preamble is read; what can't be read is named with its reason and counted, never passed over."""

import json
import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian
from test_library import SPACING, labels_of, write_dicom

from scripts import build_library
from voxct.corpora import generate
from voxct.corpora.body_region import check_chest
from voxct.corpora.dicom import group_series, read_series
from voxct.corpora.dicom_files import is_dicom
from voxct.corpora.refusals import Refused
from voxct.corpora.volumes import HuVolume, turn_axes
from voxct.library.archive import list_cases

TINY = Path(__file__).resolve().parents[2] / "fixtures/models/tiny"
GOLDEN = Path(__file__).resolve().parents[2] / "fixtures/golden/chest-region.json"


def strip_preamble(folder: Path, syntax: str, with_meta: bool) -> None:
    """As old exports write it: from the file meta information on, or from the data set on."""
    for path in folder.iterdir():
        read = pydicom.dcmread(path)
        if syntax == ExplicitVRBigEndian:
            read.PixelData = np.frombuffer(read.PixelData, "<i2").astype(">i2").tobytes()
        read.file_meta.TransferSyntaxUID = syntax
        implicit, little = syntax == ImplicitVRLittleEndian, syntax != ExplicitVRBigEndian
        if not with_meta:
            del read.file_meta
            read.preamble = None
        pydicom.dcmwrite(path, read, implicit_vr=implicit, little_endian=little, enforce_file_format=False)
        if with_meta:
            path.write_bytes(path.read_bytes()[132:])


@pytest.mark.parametrize("with_meta", [True, False])
@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_a_series_without_preamble_is_the_series(syntax, with_meta, tmp_path):
    hu = generate.draw_chest(labels_of(1), 1)
    write_dicom(tmp_path / "old", hu)
    strip_preamble(tmp_path / "old", syntax, with_meta)
    assert all(is_dicom(path) for path in (tmp_path / "old").iterdir())
    (case,) = list_cases(tmp_path)[0]
    values, _ = turn_axes(read_series(list(case.series)), "LPS")
    assert np.abs(values - hu).max() <= 1


@pytest.fixture
def pack(tmp_path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "pack"))


def test_damaged_files_are_named_with_their_reason_and_counted(tmp_path, pack, capsys):
    root = tmp_path / "archive"
    write_dicom(root / "good", generate.draw_chest(labels_of(1), 1))
    write_dicom(root / "cut", generate.draw_chest(labels_of(2), 2))
    one = sorted((root / "cut").iterdir())[5]
    one.write_bytes(one.read_bytes()[:900])
    (root / "empty.dcm").write_bytes(b"")
    (root / "pointer.dcm").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 526000\n")
    (root / "page.dcm").write_bytes(b"<html><title>Sign in</title>" + b" " * 200)
    (root / "IM0001").write_bytes(bytes(range(256)) * 4)
    (root / "more.zip").write_bytes(b"PK\x03\x04" + bytes(300))
    (root / "notes.txt").write_text("nothing")
    (root / ".DS_Store").write_bytes(b"x" * 300)
    build_library.main(build_library.Config(root, pack, workers=0))
    lines = (tmp_path / "pack-library.refused.jsonl").read_text().splitlines()
    reasons = {row["file"]: row["reason"] for row in map(json.loads, lines)}
    assert sorted(reasons) == ["IM0001", "cut", "empty.dcm", "more.zip", "page.dcm", "pointer.dcm"]
    assert one.name in reasons["cut"] and "can't be read" in reasons["cut"]
    assert "empty" in reasons["empty.dcm"] and "git-lfs pointer" in reasons["pointer.dcm"]
    assert "web page" in reasons["page.dcm"] and "unpack it" in reasons["more.zip"]
    assert "neither DICOM nor NIfTI" in reasons["IM0001"]
    assert "6 refused" in capsys.readouterr().err


def test_a_header_that_ends_early_is_named_by_its_file(tmp_path):
    write_dicom(tmp_path / "series", generate.draw_chest(labels_of(1), 1))
    files = sorted((tmp_path / "series").iterdir())
    files[3].write_bytes(files[3].read_bytes()[:140])
    groups = group_series(files)
    assert len(groups) == 2
    broken = next(group for group in groups.values() if len(group) == 1)
    with pytest.raises(Refused, match=files[3].name):
        read_series(broken)


def draw_golden(case: dict, air: int) -> HuVolume:
    hu = np.full(case["size"], air, np.float32)
    grid = np.meshgrid(*(np.arange(n) for n in case["size"]), indexing="ij")
    for part in case["parts"]:
        far = sum(((g - c) / r) ** 2 for g, c, r in zip(grid, part["centre"], part["radii"], strict=True))
        hu[far <= 1] = part["hu"]
    return HuVolume(hu, "LPS", tuple(case["spacingMm"]))


@pytest.mark.parametrize("case", json.loads(GOLDEN.read_text())["cases"], ids=lambda case: case["name"])
@pytest.mark.parametrize("noise", [0, 25])
def test_a_chest_is_told_from_hollow_and_gas_filled_things(case, noise):
    volume = draw_golden(case, json.loads(GOLDEN.read_text())["air"])
    rng = np.random.default_rng(1)
    noisy = volume.with_values(volume.values + rng.normal(0, noise, volume.values.shape).astype(np.float32))
    if case["isChest"]:
        check_chest(noisy)
        return
    with pytest.raises(Refused, match="is not a chest"):
        check_chest(noisy)


def test_spacing_is_that_of_the_series(tmp_path):
    write_dicom(tmp_path / "series", generate.draw_chest(labels_of(1), 1))
    assert read_series(sorted((tmp_path / "series").iterdir())).spacing_mm == SPACING
