"""Figures of a validation split: zero-shot AUROC of the 18 findings and Recall@K of reports, a scan counted once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from voxct.metrics import auroc_per_finding, mean_auroc
from voxct.retrieval import ranks_of_own, recall_at


def zero_shot_figures(images: NDArray, prompts: NDArray, labels: list[tuple[int, ...] | None]) -> dict:
    """images [n, d], prompts [18, 2, d], unit length; rows without labels are left out. mean_auroc None without any."""
    known = [n for n, row in enumerate(labels) if row is not None]
    if not known:
        return {"labelled": 0, "mean_auroc": None, "per_finding": None}
    truth, margins = np.array([labels[n] for n in known]), images[known] @ (prompts[:, 0] - prompts[:, 1]).T
    mean = mean_auroc(truth, margins)
    each = [None if value is None else round(value, 3) for value in auroc_per_finding(truth, margins)]
    return {"labelled": len(known), "mean_auroc": None if math.isnan(mean) else round(mean, 4), "per_finding": each}


def recall_figures(queries: NDArray, images: NDArray) -> dict:
    """Row i of queries belongs to row i of images [n, d]. Recall@K with chance and N beside it."""
    found = recall_at(ranks_of_own(queries, images, np.arange(len(images))), len(images))
    return {
        "gallery": found["gallery"],
        "recall": {str(k): round(value, 4) for k, value in found["recall"].items()},
        "chance": {str(k): round(value, 4) for k, value in found["chance"].items()},
        "median_rank": found["median_rank"],
    }


def to_score(figures: dict) -> float:
    """What early stopping watches: mean AUROC; without labels, how far the median rank lies above chance (0..1)."""
    if figures.get("mean_auroc") is not None:
        return figures["mean_auroc"]
    return 1 - (figures["median_rank"] - 1) / max(figures["gallery"] - 1, 1)
