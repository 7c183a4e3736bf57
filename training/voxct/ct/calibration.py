"""Calibration and thresholds of the CT scores, from the validation split alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.metrics import expected_calibration_error, fit_platt, threshold_nearest_corner

ABSENT_MISSES = 0.1
"""Below the `absent` threshold lie at most this share of the validation cases that have the finding."""


@dataclass(frozen=True)
class FindingCalibration:
    """P = sigmoid(slope * s + offset) with s = logit scale * margin; thresholds on the margin itself."""

    slope: float
    offset: float
    present: float
    absent: float
    prevalence: float


def calibrate_finding(labels: NDArray, margins: NDArray, logit_scale: float) -> FindingCalibration:
    """labels 0/1 [n], margins [n]."""
    slope, offset = fit_platt(labels, logit_scale * margins.astype(np.float64))
    present = threshold_nearest_corner(labels, margins)
    positives = margins[labels == 1]
    absent = float(np.quantile(positives, ABSENT_MISSES)) if len(positives) else present
    return FindingCalibration(slope, offset, present, min(absent, present), float(labels.mean()))


def calibrate(labels: NDArray, margins: NDArray, logit_scale: float) -> list[FindingCalibration]:
    """[n, 18] each."""
    return [calibrate_finding(labels[:, f], margins[:, f], logit_scale) for f in range(labels.shape[1])]


def to_probabilities(margins: NDArray, calibrations: list[FindingCalibration], logit_scale: float) -> NDArray:
    slopes = np.array([c.slope for c in calibrations])
    offsets = np.array([c.offset for c in calibrations])
    return 1 / (1 + np.exp(-(slopes * logit_scale * margins + offsets)))


def pooled_calibration_error(
    labels: NDArray, margins: NDArray, calibrations: list[FindingCalibration], logit_scale: float
) -> float:
    """ECE over all findings and cases together, 15 bins of equal mass."""
    probabilities = to_probabilities(margins, calibrations, logit_scale)
    return expected_calibration_error(labels.ravel(), probabilities.ravel())
