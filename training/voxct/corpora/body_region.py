"""Is it a chest? CT-RATE holds some heads (Hugging Face discussion 75 of the data set); an archive holds anything.

The app asks the same (src/domain/ct/chestRegion); fixtures/golden/chest-region.json holds both to the same numbers.
"""

import math
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
LARGEST_LUNG_SHARE = 0.6
"""Of the body in view: a quarter in a chest, more in a slab through thin people's lungs; hollow things have more."""
LUNG_MEDIAN_HU = (-970.0, -500.0)
"""Emphysema of the worst kind ends near -960; gas and empty phantoms lie at -1000, foam and stool above -500."""
SMALLEST_SIDE = 0.04
"""Of the enclosed air, on the emptier side of the body's middle: even a lung alone reaches across it."""
MIDDLE = 0.08
"""Width about the body's middle, as a share of its width: spine, heart and mediastinum lie there."""
LARGEST_MIDDLE = 0.085
"""Of the enclosed air in that width; a hollow head has 0.10 and more there, lungs 0.00 to 0.05."""


@dataclass(frozen=True)
class LungMeasure:
    """litres of air that the body encloses in axial slices, its share of the body, its median in HU (NaN without any);
    smaller_side: share of it on the emptier side of the body's middle; middle: share of it about that middle."""

    litres: float
    share_of_body: float
    median_hu: float
    smaller_side: float
    middle: float


def measure_lungs(volume: HuVolume) -> LungMeasure:
    """On a grid of about 3 mm."""
    hu, spacing = turn_axes(volume, "SPL")
    steps = [max(1, math.floor(COARSE_MM / s + 0.5)) for s in spacing]
    coarse = hu[tuple(slice(None, None, step) for step in steps)]
    body = find_body(coarse > AIR_BELOW_HU)
    filled = np.stack([ndimage.binary_fill_holes(plane) for plane in body])
    air = filled & (coarse < AIR_BELOW_HU)
    voxel_litres = float(np.prod([step * s for step, s in zip(steps, spacing, strict=True)])) / 1e6
    count = int(np.count_nonzero(air))
    side, middle = place_sideways(air, filled)
    median = float(np.sort(coarse[air])[count // 2]) if count else math.nan
    return LungMeasure(count * voxel_litres, count / max(np.count_nonzero(filled), 1), median, side, middle)


def place_sideways(air: NDArray[np.bool_], filled: NDArray[np.bool_]) -> tuple[float, float]:
    """Shares of the air on the emptier side and about the middle; the middle and width are each axial slice's own."""
    sides, within, total = [0, 0], 0, 0
    for layer, body in zip(air, filled, strict=True):
        columns = np.flatnonzero(body.any(0))
        counts = layer.sum(0)
        if not len(columns) or not counts.any():
            continue
        left, right = int(columns[0]), int(columns[-1])
        twice = 2 * np.arange(len(counts)) - (left + right)  # twice the distance from the middle, exact
        sides[0] += int(counts[twice < 0].sum())
        sides[1] += int(counts[twice > 0].sum())
        within += int(counts[np.abs(twice) < MIDDLE * (right - left + 1)].sum())
        total += int(counts.sum())
    return (min(sides) / total, within / total) if total else (0.0, 0.0)


def find_body(solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The largest connected piece: without the table, where a gap parts it from the patient."""
    labels, count = ndimage.label(solid)
    if count == 0:
        return solid
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return labels == sizes.argmax()


def explain_no_chest(lungs: LungMeasure) -> str | None:
    """Why the body in view is no chest, or None."""
    if lungs.litres < SMALLEST_LUNG_LITRES or lungs.share_of_body < SMALLEST_LUNG_SHARE:
        return (
            f"{lungs.litres:.2f} l of enclosed air, {lungs.share_of_body:.1%} of the body "
            f"(needs {SMALLEST_LUNG_LITRES:g} l and {SMALLEST_LUNG_SHARE:.0%})"
        )
    if lungs.share_of_body > LARGEST_LUNG_SHARE:
        return f"air fills {lungs.share_of_body:.0%} of it: it is hollow"
    if not LUNG_MEDIAN_HU[0] < lungs.median_hu < LUNG_MEDIAN_HU[1]:
        low, high = LUNG_MEDIAN_HU
        return f"the enclosed air has a median of {lungs.median_hu:.0f} HU, lung lies between {low:.0f} and {high:.0f}"
    if lungs.smaller_side < SMALLEST_SIDE:
        return f"{lungs.smaller_side:.1%} of the enclosed air lies on one side: a chest has lung on both"
    if lungs.middle > LARGEST_MIDDLE:
        return f"{lungs.middle:.1%} of the enclosed air lies in the middle, where a chest has heart and spine"
    return None


def check_chest(volume: HuVolume) -> None:
    """Raises Refused where the body in view is no chest."""
    wrong = explain_no_chest(measure_lungs(volume))
    if wrong is not None:
        raise Refused(f"is not a chest: {wrong}")
