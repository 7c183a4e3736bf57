"""An archive becomes a pack's case library: checked, resumable, several processes, bad files named and skipped."""

import json
import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from scripts import build_library
from voxct.corpora import generate
from voxct.corpora.dicom import group_series, read_series
from voxct.corpora.refusals import Refused
from voxct.corpora.volumes import turn_axes
from voxct.findings import FINDING_LABELS
from voxct.library.archive import Case, list_cases, read_case
from voxct.library.encoder import PackEncoder
from voxct.library.workers import WorkRules, embed_cases
from voxct.pack.rules import check_files, find_contradictions

TINY = Path(__file__).resolve().parents[2] / "fixtures/models/tiny"
SPACING = generate.Body().spacing_mm


def labels_of(seed: int) -> tuple[int, ...]:
    return generate.draw_labels(seed)


def write_dicom(folder: Path, hu: np.ndarray, leave_out: int | None = None, feet_first: bool = False) -> None:
    """Axial slices of hu [x, y, z] in LPS, with slope 2 and intercept -1024; file names say nothing of the order."""
    folder.mkdir(parents=True)
    study = generate_uid()
    for z in range(hu.shape[2]):
        if z == leave_out:
            continue
        slice_ = pydicom.Dataset()
        slice_.file_meta = pydicom.dataset.FileMetaDataset()
        slice_.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        slice_.SOPClassUID, slice_.SOPInstanceUID = CTImageStorage, generate_uid()
        slice_.Modality, slice_.SeriesInstanceUID = "CT", study
        slice_.ImagePositionPatient = [0, 0, z * SPACING[2]]
        slice_.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        slice_.PixelSpacing = [SPACING[1], SPACING[0]]
        slice_.RescaleSlope, slice_.RescaleIntercept = 2, -1024
        slice_.Rows, slice_.Columns = hu.shape[1], hu.shape[0]
        slice_.SamplesPerPixel, slice_.PhotometricInterpretation = 1, "MONOCHROME2"
        slice_.BitsAllocated = slice_.BitsStored = 16
        slice_.HighBit, slice_.PixelRepresentation = 15, 1
        slice_.PixelData = np.rint((hu[:, :, z].T + 1024) / 2).astype("<i2").tobytes()
        slice_.save_as(folder / f"{(z * 7) % 37:03d}.dcm", enforce_file_format=True)


@pytest.fixture
def archive(tmp_path) -> Path:
    """Four chests (one as DICOM), a head, a file cut off, one scaled twice and a series with a gap."""
    root = tmp_path / "archive"
    for number in (1, 2):
        chest = generate.draw_chest(labels_of(number), number)
        generate.write_nifti(root / f"train_7_a_{number}.nii.gz", chest, SPACING, codes="RAS")
    generate.write_nifti(root / "ward/b.nii", generate.draw_chest(labels_of(3), 3), SPACING)
    write_dicom(root / "dicom/one", generate.draw_chest(labels_of(4), 4))
    write_dicom(root / "dicom/gap", generate.draw_chest(labels_of(5), 5), leave_out=9)
    generate.write_nifti(root / "head.nii.gz", generate.draw_head(), (6.0, 6.0, 6.0))
    generate.write_nifti(root / "twice.nii.gz", generate.draw_chest(labels_of(6), 6) - 1024, SPACING)
    shutil.copy(root / "train_7_a_1.nii.gz", root / "cut.nii.gz")
    (root / "cut.nii.gz").write_bytes((root / "cut.nii.gz").read_bytes()[:4000])
    return root


@pytest.fixture
def pack(tmp_path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "pack"))


def read_table(pack: Path) -> list[dict]:
    library = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["library"]
    return [json.loads(line) for line in (pack / library["table"]["file"]).read_text(encoding="utf-8").splitlines()]


def read_vectors(pack: Path) -> np.ndarray:
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    stored = np.fromfile(pack / manifest["library"]["embeddings"]["file"], "<f4")
    return stored.reshape(-1, manifest["embedding"]["dimension"])


def write_labels(path: Path) -> Path:
    rows = [
        {"VolumeName": f"train_7_a_{n}.nii.gz", **dict(zip(FINDING_LABELS, labels_of(n), strict=True))} for n in (1, 2)
    ]
    generate.write_table(path, rows)
    return path


def test_an_archive_becomes_a_library_and_bad_files_are_named(archive, pack, tmp_path):
    config = build_library.Config(archive, pack, write_labels(tmp_path / "labels.csv"), workers=2, volumes_url="scans")
    library = build_library.main(config)
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    assert find_contradictions(manifest) == [] and check_files(manifest, pack) == []
    assert (library["table"]["count"], library["cases"], library["volumesUrl"]) == (4, [], "scans/")
    table = {case["id"]: case for case in read_table(pack)}
    assert sorted(table) == ["dicom/one", "train_7_a_1", "train_7_a_2", "ward/b"]
    assert table["train_7_a_1"]["scan"] == table["train_7_a_2"]["scan"] == "train_7_a"
    assert table["train_7_a_2"]["labels"] == list(labels_of(2)) and "labels" not in table["ward/b"]
    assert table["ward/b"]["open"] == {"kind": "file", "path": "ward/b.nii"} and "open" not in table["dicom/one"]
    refused = [json.loads(line) for line in (tmp_path / "pack-library.refused.jsonl").read_text().splitlines()]
    reasons = {row["file"]: row["reason"] for row in refused}
    assert sorted(reasons) == ["cut", "dicom/gap", "head", "twice"]
    assert "cut off" in reasons["cut"] and "not evenly spaced" in reasons["dicom/gap"]
    assert "not a chest" in reasons["head"] and "applied twice" in reasons["twice"]
    assert not [path for path in pack.iterdir() if path.name.endswith(".tmp")]


def test_embeddings_are_those_of_the_packs_graphs_whatever_the_file(archive, pack):
    build_library.main(build_library.Config(archive, pack, workers=0))
    vectors = dict(zip((case["id"] for case in read_table(pack)), read_vectors(pack), strict=True))
    encoder = PackEncoder(pack, None, 1)
    case = Case("x", archive / "ward/b.nii", "x", "")
    assert np.allclose(vectors["ward/b"], encoder.embed(case), atol=1e-6)
    assert np.allclose(np.linalg.norm(read_vectors(pack), axis=1), 1, atol=1e-6)
    nifti = archive / "same.nii.gz"
    hu = np.rint((generate.draw_chest(labels_of(4), 4) + 1024) / 2) * 2 - 1024
    generate.write_nifti(nifti, hu.astype(np.int16), SPACING, codes="PSR")
    assert np.allclose(vectors["dicom/one"], encoder.embed(Case("y", nifti, "y", "")), atol=1e-6)


def test_graphs_may_lie_in_the_pack_beside(archive, pack):
    case = Case("x", archive / "ward/b.nii", "x", "")
    expected = PackEncoder(pack, None, 1).embed(case)
    (pack.parent / "shared").mkdir()
    shutil.move(pack / "trunk.onnx", pack.parent / "shared/trunk.onnx")
    path = pack / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["ct"]["trunk"][0]["pack"] = "shared"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert np.array_equal(PackEncoder(pack, None, 1).embed(case), expected)


def test_a_second_run_embeds_only_what_is_new_or_changed(archive, pack, monkeypatch):
    asked: list[str] = []

    def count(cases, rules):
        asked.extend(case.id for case in cases)
        return embed_cases(cases, rules)

    monkeypatch.setattr(build_library, "embed_cases", count)
    config = build_library.Config(archive, pack, workers=0)
    build_library.main(config)
    assert len(asked) == 8
    before, files = read_vectors(pack), {path.name for path in pack.iterdir()}
    asked.clear()
    build_library.main(config)
    assert asked == [] and {path.name for path in pack.iterdir()} == files
    generate.write_nifti(archive / "new.nii.gz", generate.draw_chest(labels_of(9), 9), SPACING)
    generate.write_nifti(archive / "twice.nii.gz", generate.draw_chest(labels_of(6), 6), SPACING)
    build_library.main(config)
    assert asked == ["new", "twice"]
    assert len(read_vectors(pack)) == 6 and len(before) == 4
    assert len([path for path in pack.iterdir() if path.name.startswith("library-")]) == 2


def test_a_run_that_is_killed_keeps_what_was_embedded(archive, pack, monkeypatch):
    def stop(cases, rules):
        for number, row in enumerate(embed_cases(cases, rules)):
            if number == 3:
                raise KeyboardInterrupt
            yield row

    config = build_library.Config(archive, pack, workers=0)
    manifest = (pack / "manifest.json").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(build_library, "embed_cases", stop)
        with pytest.raises(KeyboardInterrupt):
            build_library.main(config)
    assert (pack / "manifest.json").read_bytes() == manifest
    lines = config.kept_in.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 3
    build_library.main(config)
    assert len(config.kept_in.read_text(encoding="utf-8").splitlines()) == 1 + 8
    assert len(read_table(pack)) == 4


def test_another_packs_embeddings_are_never_mixed_in(archive, pack):
    build_library.main(build_library.Config(archive, pack, workers=0))
    path = pack / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["ct"]["input"]["huClip"] = [-900, 900]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(build_library.OtherModel, match="another model"):
        build_library.main(build_library.Config(archive, pack, workers=0))


def test_a_copy_of_ct_rate_brings_labels_scans_and_scaling(tmp_path, pack):
    generate.generate_corpus(tmp_path / "ct", {"train": 2}, is_fixed=False)
    library = build_library.main(build_library.Config(tmp_path / "ct", pack, workers=0))
    table = read_table(pack)
    assert [case["id"] for case in table] == ["train_1_a_1", "train_1_a_2", "train_2_a_1", "train_2_a_2"]
    assert table[0]["labels"] == list(labels_of(1)) and table[0]["scan"] == "train_1_a"
    assert table[0]["open"]["path"] == "dataset/train/train_1/train_1_a/train_1_a_1.nii.gz"
    assert "RadBERT" in library["labelProvenance"]


def test_dicom_slices_are_ordered_by_place_and_scaled_once(tmp_path):
    hu = generate.draw_chest(labels_of(1), 1)
    write_dicom(tmp_path / "series", hu)
    (files,) = group_series((tmp_path / "series").iterdir()).values()
    volume = read_series(files)
    values, spacing = turn_axes(volume, "LPS")
    assert np.abs(values - hu).max() <= 1 and spacing == SPACING
    with pytest.raises(Refused, match="one slice only"):
        read_series(files[:1])


def test_an_archive_without_volumes_is_an_error_that_says_so(tmp_path, pack):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="holds no NIfTI file"):
        build_library.main(build_library.Config(tmp_path / "empty", pack))
    with pytest.raises(FileNotFoundError, match="no model pack"):
        build_library.main(build_library.Config(tmp_path / "empty", tmp_path / "nowhere"))
    with pytest.raises(ValueError, match="own origin"):
        build_library.Config(tmp_path, pack, volumes_url="https://elsewhere/scans")


def test_a_pack_that_fails_its_self_test_embeds_nothing(archive, pack):
    config = build_library.Config(archive, pack, workers=0)
    path = pack / "manifest.json"
    manifest = path.read_text(encoding="utf-8")
    turned = json.loads(manifest)
    turned["ct"]["parity"]["expected"].reverse()
    path.write_text(json.dumps(turned), encoding="utf-8")
    with pytest.raises(ValueError, match="fail its self-test"):
        build_library.main(config)
    path.write_text(manifest, encoding="utf-8")
    (pack / "trunk.onnx").write_bytes(b"no graph")
    with pytest.raises(ValueError, match="can't be run"):
        build_library.main(config)
    assert not config.kept_in.exists()


def test_a_worker_that_dies_says_what_to_do(archive, pack):
    (pack / "trunk.onnx").unlink()
    with pytest.raises(RuntimeError, match="fewer --workers; what is done is kept"):
        list(embed_cases(list_cases(archive)[0], WorkRules(pack)))


def test_read_case_checks_a_plain_nifti(archive):
    with pytest.raises(Refused, match="not a chest"):
        read_case(Case("head", archive / "head.nii.gz", "head", ""))


def test_fifty_thousand_cases_are_two_files_and_no_long_manifest(pack):
    from synthetic_library import fill_library

    library = fill_library(pack, 50_000)
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    assert find_contradictions(manifest) == [] and check_files(manifest, pack) == []
    assert library["table"]["count"] == len(read_vectors(pack)) == 50_000
    assert (pack / "manifest.json").stat().st_size < 100_000
    table = read_table(pack)
    assert len({case["scan"] for case in table}) == 25_000 and len({case["id"] for case in table}) == 50_000
