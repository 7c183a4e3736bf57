"""One spacing and one number of layers in Python and in the app, however the file has the spacing."""

import json
from pathlib import Path

import numpy as np
import pytest

from voxct.corpora import generate
from voxct.corpora.ct_input import ct_clip_spec, to_input
from voxct.corpora.nifti import read_nifti
from voxct.corpora.volumes import snap_spacing

ROWS = json.loads((Path(__file__).resolve().parents[2] / "fixtures/golden/spacings.json").read_text())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['count']} of {row['storedMm']!r}")
def test_layers_are_counted_as_the_app_counts_them(row):
    assert snap_spacing(row["storedMm"]) == row["meantMm"]
    spec = ct_clip_spec((row["size"] + 2, 8, 8), (row["targetMm"], 1.0, 1.0)) | {"padValue": -9}
    values = np.zeros((row["count"], 8, 8), np.float32)
    prepared = to_input(values, [row["storedMm"], 1.0, 1.0], spec)
    assert np.count_nonzero(prepared[:, 4, 4] != -9) == row["size"]


def test_a_header_in_float32_gives_the_spacing_that_was_meant(tmp_path):
    generate.write_nifti(tmp_path / "a.nii.gz", np.zeros((8, 8, 9), np.int16), (0.7, 0.8, 0.9999999))
    assert read_nifti(tmp_path / "a.nii.gz").volume.spacing_mm == (0.7, 0.8, 1.0)
