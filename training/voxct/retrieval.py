"""Figures of rankings: report to volume, volume to volume."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

RECALLS = (5, 10, 50, 100)
PRECISIONS = (1, 5, 10, 50)
RELEVANT = 0.5
"""Jaccard of the label sets from which a case is relevant, for true average precision."""


def ranks_of_own(queries: NDArray, gallery: NDArray, own: NDArray) -> NDArray[np.int64]:
    """1 = best. queries [q, d], gallery [n, d] of unit length, own [q] the row that belongs to each query.

    Equal cosines share the mean rank, rounded up: identical volumes gain nothing from their order.
    """
    similarity = queries @ gallery.T
    mine = similarity[np.arange(len(queries)), own][:, None]
    better, equal = (similarity > mine).sum(1), (similarity == mine).sum(1)
    return (better + np.ceil((equal + 1) / 2)).astype(np.int64)


def recall_at(ranks: NDArray, gallery: int, tops: Sequence[int] = RECALLS) -> dict:
    """Recall@K with chance K/N (never above 1), and the median rank with its chance (N + 1)/2."""
    return {
        "queries": len(ranks),
        "gallery": gallery,
        "recall": {k: float((ranks <= k).mean()) for k in tops},
        "chance": {k: min(1.0, k / gallery) for k in tops},
        "median_rank": float(np.median(ranks)),
        "median_rank_chance": (gallery + 1) / 2,
    }


def bootstrap_recall(ranks: NDArray, draws: NDArray, tops: Sequence[int] = RECALLS) -> dict[int, tuple[float, float]]:
    """95 % interval of each Recall@K over resampled queries; the gallery stays. draws [rounds, queries]."""
    found = np.stack([ranks <= k for k in tops], axis=1).astype(np.float64)
    values = draws @ found / len(ranks)
    low, high = np.percentile(values, [2.5, 97.5], axis=0)
    return {k: (float(low[i]), float(high[i])) for i, k in enumerate(tops)}


def recall_ceiling(keys: Sequence[Hashable], tops: Sequence[int] = RECALLS) -> dict[int, float]:
    """Best possible Recall@K if cases of the same key can't be told apart: the mean of min(K, g)/g, g cases a group."""
    sizes = Counter(keys)
    return {k: sum(min(k, size) for size in sizes.values()) / len(keys) for k in tops}


def label_overlap(labels: NDArray) -> NDArray[np.float64]:
    """[n, n] Jaccard of the label sets; two cases without any finding overlap fully."""
    shared = labels @ labels.T
    counts = labels.sum(1)
    union = counts[:, None] + counts[None] - shared
    return np.where(union > 0, shared / np.maximum(union, 1), 1.0)


def volume_retrieval(embeddings: NDArray, labels: NDArray, tops: Sequence[int] = PRECISIONS) -> dict:
    """Every case asks all others. `jaccard`: CT-CLIP's "MAP@K", the mean overlap of the top K, each K by itself (its
    own code averages over K's as well). `precision`: true average precision at K, relevant = overlap >= RELEVANT,
    over the queries that have a relevant case. Chance: the mean over all other cases, and the expected average
    precision of random orders (`CHANCE_ORDERS` of them).
    """
    overlap = label_overlap(labels)
    similarity = embeddings @ embeddings.T
    tops = [k for k in tops if k < len(labels)]
    ranked = rank_overlaps(overlap, similarity)
    source = np.random.default_rng(0)
    dealt = [rank_overlaps(overlap, source.random(similarity.shape)) for _ in range(CHANCE_ORDERS)]
    n = len(labels)
    chance = float((overlap.sum() - np.trace(overlap)) / (n * (n - 1)))
    return {
        "n": n,
        "jaccard": {k: float(ranked[:, :k].mean()) for k in tops},
        "jaccard_chance": chance,
        "average_precision": {k: average_precision_at(ranked >= RELEVANT, k) for k in tops},
        "average_precision_chance": {
            k: float(np.mean([average_precision_at(deal >= RELEVANT, k) for deal in dealt])) for k in tops
        },
        "queries_with_relevant": int(((overlap >= RELEVANT).sum(1) > 1).sum()),
        "per_query": {k: ranked[:, :k].mean(1) for k in tops},
    }


CHANCE_ORDERS = 5


def rank_overlaps(overlap: NDArray, similarity: NDArray) -> NDArray[np.float64]:
    """[n, n - 1]: the overlaps of the other cases, the most similar first; the query itself is left out."""
    n = len(overlap)
    others = ~np.eye(n, dtype=bool)
    overlap, similarity = overlap[others].reshape(n, n - 1), similarity[others].reshape(n, n - 1)
    return np.take_along_axis(overlap, np.argsort(-similarity, axis=1, kind="stable"), axis=1)


def average_precision_at(relevant: NDArray[np.bool_], k: int) -> float:
    """relevant [q, n] in ranked order: mean over queries of sum(precision at each hit in the top K) / min(K, hits)."""
    total = relevant.sum(1)
    asked = total > 0
    if not asked.any():
        return float("nan")
    top = relevant[asked, :k]
    precision = np.cumsum(top, axis=1) / np.arange(1, top.shape[1] + 1)
    return float(((precision * top).sum(1) / np.minimum(k, total[asked])).mean())
