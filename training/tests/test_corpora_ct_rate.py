"""CT-RATE's layout, read from generated files: scaled once, checked, split by patient; bad files named and left out."""

import json
from pathlib import Path

import numpy as np
import pytest

from voxct.corpora import generate
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.ct_rate.listing import Entry, list_volumes
from voxct.corpora.ct_rate.names import VolumeName
from voxct.corpora.ct_rate.splits import first_reconstructions, select_split, split_of
from voxct.corpora.ct_rate.tables import join_report, read_tables
from voxct.corpora.ct_rate.volume import prepare_entry as prepare_with_notes
from voxct.corpora.ct_rate.volume import read_volume
from voxct.corpora.hounsfield import Scaling, scale_once
from voxct.corpora.refusals import Refused
from voxct.corpora.volumes import HuVolume

GOLDEN = Path(__file__).resolve().parents[2] / "fixtures/golden/ct_input"
SPEC = {
    "axisCodes": "SLP", "shape": [24, 24, 24], "spacingMm": [15, 15, 15], "huClip": [-1000, 1000], "huDivisor": 1000,
    "padValue": -1,
}  # fmt: skip
LABELS = generate.draw_labels(1)
SPACING = generate.Body().spacing_mm


def prepare_entry(entry: Entry, spec: dict) -> np.ndarray:
    return prepare_with_notes(entry, spec)[0]


def entry_of(root: Path, name: str) -> Entry:
    return next(entry for entry in list_volumes(root).entries if str(entry.name) == name)


@pytest.mark.parametrize("case", json.loads((GOLDEN / "cases.json").read_text()), ids=lambda case: case["name"])
def test_input_equals_the_reference_on_the_browsers_golden_cases(case):
    hu = np.fromfile(GOLDEN / f"{case['name']}.volume.i16.bin", "<i2").reshape(case["size"][::-1])
    expected = np.fromfile(GOLDEN / f"{case['name']}.expected.f32.bin", "<f4").reshape(case["spec"]["shape"])
    letters = ("RL", "AP", "IS")
    largest = [int(np.abs(direction).argmax()) for direction in case["directionLps"]]
    codes = "".join(letters[a][int(d[a] > 0)] for a, d in zip(largest, case["directionLps"], strict=True))
    volume = HuVolume(hu.transpose(2, 1, 0), codes, tuple(case["spacingMm"]))
    assert np.abs(prepare_input(volume, case["spec"]) - expected).max() < 1e-6


def test_an_offset_is_subtracted_before_the_division():
    volume = HuVolume(generate.draw_chest(LABELS, 1), "LPS", SPACING)
    plain = prepare_input(volume, SPEC)
    window = {**SPEC, "huClip": [-1150, 350], "huOffset": -400, "huDivisor": 750}
    shifted = prepare_input(volume, window)
    inside = (plain > -0.9) & (plain < 0.3)
    assert shifted.min() >= -1 and shifted.max() <= 1
    assert np.abs(shifted[inside] - (plain[inside] * 1000 + 400) / 750).max() < 0.05


def test_originals_and_fixed_volumes_give_the_same_input(tmp_path):
    generate.generate_corpus(tmp_path / "original", {"train": 1}, is_fixed=False, reconstructions=1)
    generate.generate_corpus(tmp_path / "fixed", {"train": 1}, is_fixed=True, reconstructions=1)
    original, fixed = (entry_of(tmp_path / kind, "train_1_a_1") for kind in ("original", "fixed"))
    assert (original.is_fixed, fixed.is_fixed) == (False, True)
    assert np.array_equal(prepare_entry(original, SPEC), prepare_entry(fixed, SPEC))
    notes = " ".join(read_volume(original).notes)
    assert "intercept -8192" in notes and "taken as LPS, spacing from the metadata" in notes


def test_a_header_whose_spacing_is_not_the_metadatas_is_not_believed(tmp_path):
    generate.generate_corpus(tmp_path, {"train": 1}, is_fixed=False, reconstructions=1)
    entry = entry_of(tmp_path, "train_1_a_1")
    expected = prepare_entry(entry, SPEC)
    stored = np.asarray(generate.nibabel.load(entry.path).dataobj)
    generate.nibabel.save(generate.nibabel.Nifti1Image(stored, np.eye(4)), entry.path)  # says RAS, 1 mm
    assert np.array_equal(prepare_entry(entry, SPEC), expected)
    generate.write_nifti(entry.path, stored, SPACING, codes="RAS")
    assert np.array_equal(prepare_entry(entry, SPEC), expected)


def test_slope_and_intercept_are_never_applied_twice():
    hu = generate.draw_chest(LABELS, 1).astype(np.float32)
    scaled, _ = scale_once(hu + 1024, Scaling(1, -1024), is_scaled=False)
    assert np.array_equal(scaled, hu)
    kept, note = scale_once(hu, Scaling(1, -1024), is_scaled=False)
    assert np.array_equal(kept, hu) and "not applied again" in note
    for wrong in (hu - 1024, hu + 1024, hu * 0, hu / 3):
        with pytest.raises(Refused):
            scale_once(wrong, Scaling(1, -1024), is_scaled=True)


@pytest.mark.parametrize("codes", ["RAS", "LAS", "SLP", "PIR"])
def test_stored_axes_do_not_matter(tmp_path, codes):
    generate.generate_corpus(tmp_path, {"train": 1}, reconstructions=1)
    entry = entry_of(tmp_path, "train_1_a_1")
    expected = prepare_entry(entry, SPEC)
    generate.write_nifti(entry.path, generate.draw_chest(LABELS, 11), SPACING, codes=codes)
    assert np.array_equal(prepare_entry(entry, SPEC), expected)


def spoil(path: Path, how: str) -> None:
    hu = generate.draw_chest(LABELS, 1)
    if how == "cut off":
        path.write_bytes(path.read_bytes()[:-2000])
    elif how == "four axes":
        generate.nibabel.save(generate.nibabel.Nifti1Image(np.stack([hu, hu], -1), generate.LPS_TO_RAS), path)
    elif how == "tilted":
        cosine, sine = np.cos(0.7), np.sin(0.7)
        turn = np.array([[cosine, -sine, 0, 0], [sine, cosine, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
        generate.nibabel.save(generate.nibabel.Nifti1Image(hu, turn @ np.diag([9.0, 9, 9, 1])), path)
    elif how == "no NIfTI":
        path.write_text("<html>gated</html>")
    else:
        bad = {"twice": (hu - 1024, SPACING), "never": (hu + 1024, SPACING), "head": (generate.draw_head(), (6, 6, 6)),
               "spacing": (hu, (90.0, 9.0, 9.0)), "empty": (hu * 0, SPACING)}[how]  # fmt: skip
        generate.write_nifti(path, *bad)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("twice", "applied twice"), ("never", "no air near"), ("head", "not a chest"), ("cut off", "cut off"),
        ("four axes", "4 axes"), ("tilted", "tilted by 40"), ("spacing", "spacing 90"), ("empty", "empty"),
        ("no NIfTI", "can't be read"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_reason(tmp_path, how, reason):
    generate.generate_corpus(tmp_path, {"train": 1}, reconstructions=1)
    entry = entry_of(tmp_path, "train_1_a_1")
    spoil(entry.path, how)
    with pytest.raises(Refused, match=reason):
        prepare_entry(entry, SPEC)


def test_volumes_that_the_tables_do_not_explain_are_named_and_the_rest_goes_on(tmp_path):
    generate.generate_corpus(tmp_path, {"train": 2}, is_fixed=False, reconstructions=1)
    folder = tmp_path / "dataset/train/train_1/train_1_a"
    for name in ("train_9_a_1", "strange"):
        generate.write_nifti(folder / f"{name}.nii.gz", generate.draw_chest(LABELS, 1), SPACING)
    listing = list_volumes(tmp_path)
    assert [str(entry.name) for entry in listing.entries] == ["train_1_a_1", "train_2_a_1"]
    assert [str(each) for each in listing.refusals] == [
        "train/train_1/train_1_a/strange.nii.gz: is not named as CT-RATE names volumes (train_1_a_1.nii.gz)",
        "train/train_1/train_1_a/train_9_a_1.nii.gz: has no row in the metadata table: slope, intercept and "
        "spacing are unknown",
    ]


def test_tables_are_told_apart_by_their_columns(tmp_path):
    generate.generate_corpus(tmp_path, {"train": 1, "valid": 1}, reconstructions=1)
    tables = read_tables(tmp_path)
    assert set(tables.metadata) == set(tables.reports) == set(tables.labels) == {"train_1_a_1", "valid_1_a_1"}
    assert tables.metadata["train_1_a_1"].spacing_mm == SPACING
    assert tables.labels["train_1_a_1"] == LABELS


def test_reports_are_joined_as_ct_clip_joins_them():
    assert join_report("Lungs are 'clear'.", "Not given.") == "Lungs are clear."
    assert join_report('A "nodule" (5 mm).', "Nodule.") == "A nodule 5 mm.Nodule."


def test_a_patient_is_in_one_split_and_a_scan_counts_once(tmp_path):
    generate.generate_corpus(tmp_path, {"train": 12, "valid": 2}, reconstructions=2, body=generate.Body((10, 10, 9)))
    entries = list_volumes(tmp_path).entries
    parts = {split: select_split(entries, split, 0.4) for split in ("train", "validation", "test")}
    assert sum(map(len, parts.values())) == 28 and len(parts["test"]) == 4
    assert all(parts.values())
    patients = [{entry.name.patient for entry in part} for part in parts.values()]
    assert not (patients[0] & patients[1] or patients[0] & patients[2])
    kept = first_reconstructions(parts["test"])
    assert [str(entry.name) for entry in kept] == ["valid_1_a_1", "valid_2_a_1"]


def test_the_validation_share_is_kept():
    names = [VolumeName.parse(f"train_{number}_a_1") for number in range(4000)]
    share = sum(split_of(name, 0.05) == "validation" for name in names) / len(names)
    assert 0.04 < share < 0.06
