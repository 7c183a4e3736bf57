"""One volume of CT-RATE as the CT encoder reads it, or why it can't be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.body_region import check_chest
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.hounsfield import scale_once
from voxct.corpora.nifti import read_nifti
from voxct.corpora.volumes import HuVolume, check_geometry


def read_volume(entry: Entry) -> HuVolume:
    """In HU, all checks passed. Raises Refused.

    An original file's spacing, slope and intercept come from the metadata table, as in CT-CLIP's
    data_inference_nii.py; a `_fixed` file's own header has the spacing, and its values are HU.
    """
    metadata = entry.metadata
    spacing = None if entry.is_fixed or metadata is None else metadata.spacing_mm
    read = read_nifti(entry.path, spacing)
    check_geometry(read.volume)
    scaling = None if metadata is None else metadata.scaling
    hu, note = scale_once(read.volume.values, scaling, entry.is_fixed or read.header_scaled)
    volume = read.volume.with_values(hu, note)
    check_chest(volume)
    return volume


def prepare_entry(entry: Entry, spec: dict) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """[*spec.shape] along spec.axisCodes, and what was decided while reading. Raises Refused."""
    volume = read_volume(entry)
    return prepare_input(volume, spec), volume.notes
