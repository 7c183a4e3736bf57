"""Bootstrap over patients, vectorised: a resample is a row of counts, so 1,000 of them are a few matrix products."""

import numpy as np
from numpy.typing import NDArray

BLOCK = 100
"""Resamples handled at a time: bounds the memory to BLOCK x n numbers."""


def draw_counts(n: int, rounds: int, seed: int) -> NDArray[np.float64]:
    """[rounds, n]: how often each of n patients is drawn, n draws with replacement a round."""
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=rounds).astype(np.float64)


def auroc_of_draws(labels: NDArray, scores: NDArray, draws: NDArray) -> NDArray[np.float64]:
    """[draws, f] AUROC of every resample; NaN where a resample holds one class. labels, scores [n, f]; draws [r, n]."""
    return np.stack([auroc_of_column(labels[:, f], scores[:, f], draws) for f in range(labels.shape[1])], axis=1)


def auroc_of_column(labels: NDArray, scores: NDArray, draws: NDArray) -> NDArray[np.float64]:
    """Mann-Whitney with weights: of all pairs (positive, negative) the share that is ordered, ties half. [draws]."""
    order = np.argsort(scores, kind="stable")
    ranked, positive = scores[order], labels[order] == 1
    starts = np.searchsorted(ranked, ranked[positive], "left")
    ends = np.searchsorted(ranked, ranked[positive], "right")
    parts = []
    for block in np.array_split(draws, max(1, len(draws) // BLOCK)):
        weights = block[:, order]
        below = np.zeros((len(block), len(order) + 1))
        np.cumsum(np.where(positive, 0, weights), axis=1, out=below[:, 1:])
        own = weights[:, positive]
        ordered = (own * (below[:, starts] + below[:, ends])).sum(1) / 2
        with np.errstate(invalid="ignore", divide="ignore"):
            parts.append(ordered / (own.sum(1) * below[:, -1]))
    return np.concatenate(parts)


def counts_of_draws(labels: NDArray, called: NDArray, draws: NDArray) -> dict[str, NDArray[np.float64]]:
    """tp, fp, fn, tn, each [draws, f]."""
    has = labels == 1
    cells = {"tp": has & called, "fp": ~has & called, "fn": has & ~called, "tn": ~has & ~called}
    return {name: draws @ cell.astype(np.float64) for name, cell in cells.items()}
