"""How zero-shot figures grow with the cases that an archive brings: phantoms with their reports, never patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.archive.aligning import embed_all
from voxct.archive.choosing import Task, choose_projection
from voxct.archive.features import ArchiveFeatures
from voxct.archive.figures import ROUNDS
from voxct.archive.splits import Split
from voxct.archive.text_space import BundledSpace, to_labels
from voxct.ct.validation import to_prompt_margins
from voxct.metrics import bootstrap_mean_auroc, mean_auroc
from voxct.retrieval import ranks_of_own

VALIDATION = 0.2
"""Of the cases given: they are part of what an archive must bring."""


@dataclass(frozen=True)
class Phantoms:
    """Of the same cases: features, texts [n, d], labels read from the reports, truth [n, 18] that was drawn."""

    features: ArchiveFeatures
    texts: NDArray[np.float32]
    labels: NDArray[np.int64]
    truth: NDArray[np.int64]


@dataclass(frozen=True)
class Scored:
    """On the held-out cases: mean AUROC by written and by spoken prompts, report to scan Recall@5; pooling chosen."""

    written: float
    spoken: float
    recall: float
    interval: tuple[float, float]
    pooling: str


def open_phantoms(features: ArchiveFeatures, space: BundledSpace) -> Phantoms:
    """An index with `report` and `labels`, as phantoms have."""
    reports = [line["report"] for line in features.index]
    told = np.stack([space.reader.read(report) for report in reports])
    truth = np.array([line["labels"] for line in features.index])
    return Phantoms(features, space.embed(reports), to_labels(told), truth)


def score(
    phantoms: Phantoms, embeddings: NDArray[np.float32], space: BundledSpace, rows: NDArray, pooling: str
) -> Scored:
    seen, truth = embeddings[rows], phantoms.truth[rows]
    written = to_prompt_margins(seen, space.prompts)
    spoken = to_prompt_margins(seen, space.spoken)
    ranks = ranks_of_own(phantoms.texts[rows], seen, np.arange(len(rows)))
    interval = bootstrap_mean_auroc(truth, written, ROUNDS)
    return Scored(mean_auroc(truth, written), mean_auroc(truth, spoken), float((ranks <= 5).mean()), interval, pooling)


def draw_split(n: int, size: int, held_out: int, seed: int) -> Split:
    """The last `held_out` cases are the test in every draw; `size` of the others are what the archive brings."""
    chosen = np.random.default_rng(seed).permutation(n - held_out)[:size]
    cut = max(2, round(VALIDATION * size))
    return Split(np.sort(chosen[cut:]), np.sort(chosen[:cut]), np.arange(n - held_out, n))


def measure_size(
    phantoms: Phantoms, space: BundledSpace, size: int, held_out: int, draws: int, say: Callable[[str], None]
) -> list[Scored]:
    scored = []
    for seed in range(draws):
        split = draw_split(len(phantoms.features), size, held_out, seed)
        task = Task(phantoms.features, phantoms.texts, phantoms.labels, split)
        chosen = choose_projection(task, space, say, seed)
        scored.append(score(phantoms, embed_all(chosen, phantoms.features), space, split.test, chosen.pooling))
    return scored
