"""Are these numbers Hounsfield units? Slope and intercept must have been applied once: not twice, not never."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.refusals import Refused

AIR_HU = (-1100.0, -850.0)
"""Where the air around the patient and the emptiest lung lie; the browser's check has the same range (huScale.ts)."""
SMALLEST_AIR_SHARE = 0.01
SOFT_TISSUE_HU = (-200.0, 200.0)
"""Fat, water, muscle and blood with contrast."""
SMALLEST_SOFT_SHARE = 0.03
PADDING_BELOW_HU = -1500.0
"""Scanners fill the corners outside the field of view with such values."""
SAMPLES = 1_000_000


@dataclass(frozen=True)
class Scaling:
    """HU = slope * stored + intercept."""

    slope: float
    intercept: float

    def apply(self, stored: NDArray) -> NDArray[np.float32]:
        return stored.astype(np.float32) * np.float32(self.slope) + np.float32(self.intercept)


def explain_hu(values: NDArray) -> str | None:
    """None for HU; else why they are none."""
    step = max(1, round((values.size / SAMPLES) ** (1 / 3)))
    sample = np.asarray(values[::step, ::step, ::step], np.float32)
    if not np.isfinite(sample).all():
        return "holds values that are no numbers"
    low, high = float(sample.min()), float(sample.max())
    if low == high:
        return f"is empty: every voxel is {low:g}"
    if share_between(sample, AIR_HU) < SMALLEST_AIR_SHARE:
        return f"has no air near −1000 HU (values {low:g} to {high:g}): slope and intercept are missing or wrong"
    if share_between(sample, SOFT_TISSUE_HU) < SMALLEST_SOFT_SHARE:
        usual = float(np.median(sample[sample > PADDING_BELOW_HU]))
        return f"has no soft tissue near 0 HU (median {usual:g}): slope and intercept were applied twice, or wrongly"
    return None


def share_between(values: NDArray, limits: tuple[float, float]) -> float:
    return float(np.mean((values >= limits[0]) & (values <= limits[1])))


def scale_once(stored: NDArray, scaling: Scaling | None, is_scaled: bool) -> tuple[NDArray, str]:
    """HU and how they came about.

    stored: what the file holds after its own header's scaling; scaling: the metadata table's; is_scaled: the file is
    known to hold HU (a `_fixed` volume, a header with slope and intercept, DICOM with its own rescale applied).
    Otherwise the table's scaling is applied, unless that gives no HU while the stored numbers are HU already.
    """
    if is_scaled or scaling is None or scaling == Scaling(1.0, 0.0):
        return refuse_unless_hu(stored), "HU as stored"
    scaled = scaling.apply(stored)
    wrong = explain_hu(scaled)
    if wrong is None:
        return scaled, f"slope {scaling.slope:g} and intercept {scaling.intercept:g} of the metadata applied"
    if explain_hu(stored) is None:
        return stored, "stored as HU already: the metadata's slope and intercept were not applied again"
    raise Refused(f"{wrong} (slope {scaling.slope:g}, intercept {scaling.intercept:g} of the metadata)")


def refuse_unless_hu(values: NDArray) -> NDArray:
    wrong = explain_hu(values)
    if wrong is not None:
        raise Refused(wrong)
    return values
