"""Retrieval figures: volume to volume of an encoder, and report to volume for every row that embeds reports."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.ct.evaluation import Looked
from voxct.data.chunks import Chunk
from voxct.metrics import to_interval
from voxct.resampling import draw_counts
from voxct.retrieval import bootstrap_recall, ranks_of_own, recall_at, recall_ceiling, volume_retrieval

ROUNDS = 1000


def measure_volume_retrieval(embeddings: NDArray, labels: NDArray) -> dict:
    """With 95 % intervals of the overlap over resampled queries (the gallery stays)."""
    figures = volume_retrieval(embeddings, labels)
    draws = draw_counts(len(labels), ROUNDS, 0)
    per_query = figures.pop("per_query")
    figures["jaccard_interval"] = {k: to_interval(draws @ values / len(labels)) for k, values in per_query.items()}
    return figures


def measure_ceiling(chunks: list[Chunk]) -> dict:
    """What cases of the same label set, and of the same label set and report, allow at best."""
    cases = [case for chunk in chunks for case in chunk.cases]
    both = [(case.labels, case.report) for case in cases]
    labels = [case.labels for case in cases]
    return {
        "cases": len(cases),
        "groups": len(set(both)),
        "ceiling": recall_ceiling(both),
        "label_groups": len(set(labels)),
        "label_ceiling": recall_ceiling(labels),
    }


def measure_report_retrieval(looked: Looked, seeds: NDArray, embeddings: NDArray) -> dict | None:
    """seeds [q], embeddings [q, d] of reports; None if none of them belongs to the split."""
    place = {int(seed): row for row, seed in enumerate(looked.seeds)}
    asked = [row for row, seed in enumerate(seeds) if int(seed) in place]
    if not asked:
        return None
    own = np.array([place[int(seeds[row])] for row in asked])
    unit = embeddings[asked] / np.linalg.norm(embeddings[asked], axis=1, keepdims=True)
    ranks = ranks_of_own(unit, looked.embeddings, own)
    figures = recall_at(ranks, len(looked.seeds))
    figures["interval"] = bootstrap_recall(ranks, draw_counts(len(ranks), ROUNDS, 0))
    return figures


def list_report_rows(rows: Path, splits: Sequence[str]) -> dict[str, dict[str, tuple[NDArray, NDArray]]]:
    """{row id: {split: (seeds, embeddings)}} of every <rows>/<row id>/reports-<split>.npz."""
    found: dict[str, dict] = {}
    for split in splits:
        for path in sorted(rows.glob(f"*/reports-{split}.npz")):
            with np.load(path) as arrays:
                found.setdefault(path.parent.name, {})[split] = (arrays["seeds"], arrays["embeddings"])
    return found
