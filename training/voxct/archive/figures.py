"""What an alignment or a read-out is worth on the test patients: figures with N, chance and a bootstrap by patient."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from voxct.ct.calibration import FindingCalibration, calibrate_finding, to_probabilities
from voxct.metrics import auroc_per_finding, expected_calibration_error, nan_mean, to_interval
from voxct.pack.figures import Figure, Stamp
from voxct.resampling import auroc_of_column, draw_counts
from voxct.retrieval import bootstrap_recall, ranks_of_own, recall_at

ROUNDS = 1000
TOPS = (1, 5, 10)
MOST_MARGIN = 2.0
"""Of two cosines no difference is larger."""
ECE_LEAST = 30
"""Probabilities below which a calibration error says nothing."""


def draw_patients(patients: list[str], rounds: int = ROUNDS, seed: int = 0) -> NDArray[np.float64]:
    """[rounds, n]: how often each case is drawn; a patient's cases come together."""
    names, of = np.unique(patients, return_inverse=True)
    return draw_counts(len(names), rounds, seed)[:, of]


def measure_aurocs(
    labels: NDArray, margins: NDArray, patients: list[str], findings: list[dict], name: str, split: str, stamp: Stamp
) -> list[Figure]:
    """labels [n, F] with -1 for unknown. The mean first; a finding that has one class only is left out of it."""
    draws, rows, resampled, values = draw_patients(patients), [], [], []
    for f, finding in enumerate(findings):
        known = labels[:, f] >= 0
        (value,) = auroc_per_finding(labels[known, f : f + 1], margins[known, f : f + 1]) if known.any() else [None]
        if value is None:
            continue
        each = auroc_of_column(labels[known, f], margins[known, f], draws[:, known])
        title = f"{name}: {finding['label']} ({int((labels[:, f] == 1).sum())} present)"
        rows.append(stamp.figure(title, split, int(known.sum()), value, 0.5, to_span(each)))
        values.append(value)
        resampled.append(each)
    if not values:
        return []
    spread = nan_mean(np.stack(resampled, 1), 1)
    mean = stamp.figure(
        f"{name}, mean of {len(values)} findings", split, len(labels), np.mean(values), 0.5, to_span(spread)
    )
    return [mean, *rows]


def to_span(values: NDArray) -> tuple[float, float] | None:
    """None where hardly any resample has both classes."""
    return to_interval(values) if np.isfinite(values).sum() >= len(values) / 2 else None


def measure_recall(
    texts: NDArray, embeddings: NDArray, patients: list[str], name: str, split: str, stamp: Stamp
) -> list[Figure]:
    """Report to scan among the test cases."""
    ranks = ranks_of_own(texts, embeddings, np.arange(len(texts)))
    tops = [k for k in TOPS if k < len(texts)]
    told, spans = recall_at(ranks, len(texts), tops), bootstrap_recall(ranks, draw_patients(patients), tops)
    return [
        stamp.figure(f"{name}: Recall@{k}", split, len(texts), told["recall"][k], told["chance"][k], spans[k])
        for k in tops
    ]


def calibrate_known(labels: NDArray, margins: NDArray, logit_scale: float) -> list[FindingCalibration]:
    """On validation. Unknown labels are left out; a finding nobody has there keeps the prevalence it is known with."""
    fitted = []
    for f in range(labels.shape[1]):
        known = labels[:, f] >= 0
        if known.any():
            fitted.append(keep_rising(calibrate_finding(labels[known, f], margins[known, f], logit_scale)))
        else:
            fitted.append(FindingCalibration(0.0, 0.0, 0.0, 0.0, 0.0))
    return fitted


def keep_rising(fitted: FindingCalibration) -> FindingCalibration:
    """A score that falls with the finding on few validation patients says nothing: its probability is how often the
    finding is met, and no margin calls it present or absent.
    """
    if fitted.slope > 0 or not 0 < fitted.prevalence < 1:
        return fitted
    met = fitted.prevalence
    return FindingCalibration(0.0, math.log(met / (1 - met)), MOST_MARGIN, -MOST_MARGIN, met)


def measure_calibration(
    labels: NDArray, margins: NDArray, fitted: list[FindingCalibration], logit_scale: float, split: str, stamp: Stamp
) -> list[Figure]:
    """Of all known labels together; chance: the labels dealt out at random."""
    known = labels >= 0
    if known.sum() < ECE_LEAST:
        return []
    told = expected_calibration_error(labels[known], to_probabilities(margins, fitted, logit_scale)[known])
    dealt = np.random.default_rng(0).permutation(labels[known])
    chance = expected_calibration_error(dealt, to_probabilities(margins, fitted, logit_scale)[known])
    name = "Calibration error (ECE) of the CT probabilities"
    return [stamp.figure(name, split, len(labels), told, chance)]
