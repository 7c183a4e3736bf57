"""An archive with reports -> a projection, its calibration and its figures. See scripts/align.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.archive.choosing import Chosen, Task, choose_projection
from voxct.archive.features import ArchiveFeatures
from voxct.archive.figures import calibrate_known, measure_aurocs, measure_calibration, measure_recall
from voxct.archive.splits import Split
from voxct.archive.text_space import UNKNOWN, ReportReader, TextSpace, to_labels
from voxct.ct.calibration import FindingCalibration
from voxct.ct.validation import to_prompt_margins
from voxct.pack.figures import Figure, Stamp

LEAST_STATED = 0.5
"""Share of the reports in which something must be read, or they are not what the reader can read."""


@dataclass(frozen=True)
class Material:
    """Of the cases that have reports, in one order. labels [n, 18]: the reports' own; truth: of a table, or the same.
    source: in words, who said what the test patients have.
    """

    features: ArchiveFeatures
    texts: NDArray[np.float32]
    labels: NDArray[np.int64]
    truth: NDArray[np.int64]
    patients: list[str]
    split: Split
    source: str


@dataclass(frozen=True)
class Aligned:
    """embeddings [n, d] unit of the material's cases; calibrations in the order of the findings."""

    chosen: Chosen
    embeddings: NDArray[np.float32]
    calibrations: list[FindingCalibration]
    figures: list[Figure]


class UnreadableReports(ValueError):
    """Says what the reader could not read."""


def read_statements(reader: ReportReader, reports: list[str]) -> NDArray[np.int64]:
    """[n, 18]. Raises UnreadableReports where most reports state nothing that the tower knows, such as in other words
    or another language.
    """
    told = np.stack([reader.read(report) for report in reports])
    stated = (told[..., 1:].max(-1) >= 0.5).any(1).mean()
    if stated < LEAST_STATED:
        raise UnreadableReports(
            f"in {stated:.0%} of {len(reports)} reports the text tower reads any finding: it reads English reports; "
            "bring labels (--labels) and a text tower of your own for others"
        )
    return to_labels(told)


def join_truth(stated: NDArray[np.int64], table: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """A table's labels before the reports', where it has one."""
    return stated if table is None else np.where(table != UNKNOWN, table, stated)


def align(
    material: Material, space: TextSpace, findings: list[dict], stamp: Stamp, say: Callable[[str], None], seed: int = 0
) -> Aligned:
    task = Task(material.features, material.texts, material.labels, material.split)
    chosen = choose_projection(task, space, say, seed)
    embeddings = embed_all(chosen, material.features)
    margins = to_prompt_margins(embeddings, space.prompts)
    validation = material.split.validation
    fitted = calibrate_known(material.truth[validation], margins[validation], space.logit_scale)
    return Aligned(chosen, embeddings, fitted, measure(material, space, embeddings, fitted, findings, stamp))


def embed_all(chosen: Chosen, features: ArchiveFeatures) -> NDArray[np.float32]:
    return chosen.projection.embed(features.means if chosen.pooling == "mean" else features.tokens)


def measure(
    material: Material, space: TextSpace, embeddings: NDArray[np.float32], fitted: list[FindingCalibration],
    findings: list[dict], stamp: Stamp,
) -> list[Figure]:  # fmt: skip
    """On the test patients alone."""
    rows = material.split.test
    truth, seen, texts = material.truth[rows], embeddings[rows], material.texts[rows]
    patients = [material.patients[row] for row in rows]
    split = f"test patients of your archive, {material.source}"
    written = to_prompt_margins(seen, space.prompts)
    figures = measure_aurocs(truth, written, patients, findings, "CT zero-shot AUROC, written prompts", split, stamp)
    if space.spoken is not None:
        spoken = to_prompt_margins(seen, space.spoken)
        told = measure_aurocs(truth, spoken, patients, findings, "CT zero-shot AUROC, spoken prompts", split, stamp)
        figures += told[:1]
    figures += measure_calibration(truth, written, fitted, space.logit_scale, split, stamp)
    return figures + measure_recall(texts, seen, patients, "Report to scan", split, stamp)
