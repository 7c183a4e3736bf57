"""From an archive's mean tokens to the pack's embedding: centred, and reduced where that costs little of the top ten.

Uncentred, any two chests have a cosine of .80 to .98. The axes of most variance (PCA, Jolliffe 2002) keep the order of
neighbours best for their number; what they lose is measured on scans that they were not fitted on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.pack.linear_head import LinearHead

FEWEST_TO_CENTRE = 12
"""Scans below which nothing is subtracted: a scan's own share in the mean of n is 1/n, and of two scans each becomes
the other's opposite. On an archive of two chests a crop was listed nearer to the other one once they were centred.
"""
MOST = 512
TOP = 10
FEWEST = 64
"""Scans below which nothing is reduced: an archive's few axes would drop what is particular to the next patient."""
LEAST_KEPT = 0.95
HELD_OUT_SHARE = 0.2
SEED = 1


@dataclass(frozen=True)
class Reduction:
    """kept: share of the ten nearest that stay among the ten, over `queries` held-out scans; None: not reduced."""

    head: LinearHead
    kept: float | None
    queries: int
    note: str


def fit_reduction(features: NDArray[np.float32]) -> Reduction:
    """features [n, D] of an archive."""
    n, width = features.shape
    if n < FEWEST_TO_CENTRE:
        told = f"neither centred nor reduced: {n} scans are too few for a centre (from {FEWEST_TO_CENTRE} on)"
        return Reduction(LinearHead(np.eye(width, dtype=np.float32), np.zeros(width, np.float32)), None, 0, told)
    mean = features.mean(0, dtype=np.float64).astype(np.float32)
    whole = LinearHead(np.eye(width, dtype=np.float32), mean)
    if n < FEWEST:
        return Reduction(whole, None, 0, f"not reduced: {n} scans are too few to choose axes by (from {FEWEST} on)")
    dimension = min(MOST, width, int(n * (1 - HELD_OUT_SHARE)) - 1)
    kept, queries = measure_kept(features, dimension)
    told = f"{kept:.3f} of the ten nearest stay among the ten ({queries} held-out scans, {n} in all)"
    if kept < LEAST_KEPT:
        return Reduction(whole, kept, queries, f"not reduced: with {dimension} numbers only {told}")
    return Reduction(LinearHead(find_axes(features, dimension), mean), kept, queries, f"{dimension} numbers: {told}")


def find_axes(features: NDArray[np.float32], dimension: int) -> NDArray[np.float32]:
    """The first principal axes [dimension, D], unit vectors; the sign is that of the largest entry, positive."""
    centred = features.astype(np.float64) - features.mean(0, dtype=np.float64)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:dimension]
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])
    return (axes * signs[:, None]).astype(np.float32)


def measure_kept(features: NDArray[np.float32], dimension: int) -> tuple[float, int]:
    """Axes and mean from four fifths; the others ask for their ten nearest among all but themselves."""
    order = np.random.default_rng(SEED).permutation(len(features))
    held_out = order[: max(1, round(len(features) * HELD_OUT_SHARE))]
    fitted = np.delete(features, held_out, axis=0)
    mean = fitted.mean(0, dtype=np.float64).astype(np.float32)
    whole = LinearHead(np.eye(features.shape[1], dtype=np.float32), mean).embed(features)
    reduced = LinearHead(find_axes(fitted, dimension), mean).embed(features)
    same = [len(find_nearest(whole, query) & find_nearest(reduced, query)) / TOP for query in held_out]
    return float(np.mean(same)), len(held_out)


def find_nearest(embeddings: NDArray[np.float32], query: int) -> set[int]:
    scores = embeddings @ embeddings[query]
    scores[query] = -np.inf
    return set(np.argsort(-scores, kind="stable")[:TOP].tolist())
