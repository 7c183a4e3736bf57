"""Is it a chest? CT-RATE holds some heads (Hugging Face discussion 75 of the data set); an archive holds anything."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from voxct.corpora.refusals import Refused
from voxct.corpora.volumes import HuVolume, turn_axes

COARSE_MM = 3.0
AIR_BELOW_HU = -400.0
"""Half-way between lung and soft tissue."""
SMALLEST_LUNG_LITRES = 0.7
"""Paranasal sinuses and mastoid cells hold about 0.1 l, bowel gas seldom more than 0.5 l; adult lungs 2 l and more."""
SMALLEST_LUNG_SHARE = 0.03
"""Of the body in view; 6 % is left in a scan from the neck to the thighs."""


@dataclass(frozen=True)
class LungMeasure:
    litres: float
    share_of_body: float


def measure_lungs(volume: HuVolume) -> LungMeasure:
    """Air enclosed by the body in axial slices, on a grid of about 3 mm."""
    hu, spacing = turn_axes(volume, "SPL")
    steps = [max(1, round(COARSE_MM / s)) for s in spacing]
    coarse = hu[tuple(slice(None, None, step) for step in steps)]
    body = find_body(coarse > AIR_BELOW_HU)
    filled = np.stack([ndimage.binary_fill_holes(plane) for plane in body])
    air = np.count_nonzero(filled & (coarse < AIR_BELOW_HU))
    voxel_litres = float(np.prod([step * s for step, s in zip(steps, spacing, strict=True)])) / 1e6
    return LungMeasure(air * voxel_litres, air / max(np.count_nonzero(filled), 1))


def find_body(solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The largest connected piece: without the table, where a gap parts it from the patient."""
    labels, count = ndimage.label(solid)
    if count == 0:
        return solid
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return labels == sizes.argmax()


def check_chest(volume: HuVolume) -> None:
    """Raises Refused where the body in view holds too little lung."""
    lungs = measure_lungs(volume)
    if lungs.litres < SMALLEST_LUNG_LITRES or lungs.share_of_body < SMALLEST_LUNG_SHARE:
        raise Refused(
            f"is not a chest: {lungs.litres:.2f} l of enclosed air, {lungs.share_of_body:.1%} of the body "
            f"(needs {SMALLEST_LUNG_LITRES:g} l and {SMALLEST_LUNG_SHARE:.0%})"
        )
