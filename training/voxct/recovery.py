"""Distillation recovery: how much of the way from speech without distillation to the text teacher is covered."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voxct.metrics import nan_mean, resample_scores, to_interval
from voxct.resampling import draw_counts

Seeds = Sequence[tuple[NDArray, NDArray]]
"""(scores [n, f], thresholds [f]) of every seed of a row."""


def measure_recovery(
    labels: NDArray, naive: Seeds, distilled: Seeds, text: Seeds, rounds: int = 1000, seed: int = 0
) -> dict[str, dict]:
    """(m_distilled - m_naive) / (m_text - m_naive) for the mean AUROC and weighted F1, the mean over each row's seeds.

    Interval: the ratio of the same resamples of patients for all rows, percentile 95 %. Where the gap is not above
    zero in every resample the ratio has no sound interval; `gap_interval` shows it.
    """
    draws = draw_counts(len(labels), rounds, seed)
    exact = np.ones((1, len(labels)))
    result = {}
    for measure in ("auroc", "f1_weighted"):
        at = {name: (mean_of_seeds(labels, row, exact, measure)[0], mean_of_seeds(labels, row, draws, measure))
              for name, row in (("naive", naive), ("distilled", distilled), ("text", text))}  # fmt: skip
        gap = at["text"][1] - at["naive"][1]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = (at["distilled"][1] - at["naive"][1]) / gap
            recovery = (at["distilled"][0] - at["naive"][0]) / (at["text"][0] - at["naive"][0])
        result[measure] = {
            **{name: float(value) for name, (value, _) in at.items()},
            "recovery": float(recovery),
            "interval": to_interval(ratios),
            "gap_interval": to_interval(gap),
            "n": len(labels),
        }
    return result


def mean_of_seeds(labels: NDArray, row: Seeds, draws: NDArray, measure: str) -> NDArray[np.float64]:
    """[draws]: mean over findings, then over the row's seeds."""
    values = [nan_mean(resample_scores(labels, scores, limits, draws)[measure], 1) for scores, limits in row]
    return np.mean(values, axis=0)
