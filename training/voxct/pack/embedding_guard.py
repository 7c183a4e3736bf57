"""A guard for a pack whose training scans are not at hand: how far an embedding lies from those of known chests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.covariance import LedoitWolf

from voxct.corpora.ct_input import prepare_input
from voxct.corpora.refusals import Refusal, Refused
from voxct.ctclip.session import StagedSession
from voxct.library.archive import list_cases, read_case
from voxct.pack.files import PackFolder

FEWEST = 20
FOLDS = 10
PERCENTILE = 99.5
ROOM = 1.1
"""The largest of few distances is no 99.5th percentile yet."""
SHIPPED_RULES = {"body": "chest"}
WITHOUT_STATISTICS = "Nothing but the view of a chest is checked: it has no statistics of the scans it was trained on."


@dataclass(frozen=True)
class EmbeddingGuard:
    """mean [d], precision [d, d] (inverse covariance, shrunk), limit of the Mahalanobis distance; n scans behind it."""

    mean: NDArray[np.float32]
    precision: NDArray[np.float32]
    limit: float
    n: int

    def distance(self, embeddings: NDArray) -> NDArray[np.float64]:
        difference = (embeddings - self.mean).astype(np.float64)
        return np.sqrt(np.maximum(0, np.einsum("ni,ij,nj->n", difference, self.precision, difference)))

    def to_section(self, pack: PackFolder) -> dict:
        """The manifest's outOfDistribution."""
        stored = np.concatenate([self.mean, self.precision.ravel()])
        return {**SHIPPED_RULES, "statistics": pack.write_floats("guard.bin", stored), "limit": self.limit,
                "space": "embedding"}  # fmt: skip


def fit_embedding_guard(embeddings: NDArray) -> EmbeddingGuard:
    """Ledoit and Wolf's covariance (2004) of unit embeddings [n, d]; the limit from distances by fits that have not
    seen the scan, since those of the fit's own scans are too small. ValueError for too few scans.
    """
    unit = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    if len(unit) < FEWEST:
        raise ValueError(f"{len(unit)} chest scans make no guard: {FEWEST} or more are needed")
    order = np.random.default_rng(0).permutation(len(unit))
    unseen = [
        fit(np.delete(unit, fold, axis=0)).distance(unit[fold]) for fold in np.array_split(order, min(FOLDS, len(unit)))
    ]
    distances = np.concatenate(unseen)
    fitted = fit(unit)
    return EmbeddingGuard(fitted.mean, fitted.precision, ROOM * float(np.percentile(distances, PERCENTILE)), len(unit))


def fit(unit: NDArray) -> EmbeddingGuard:
    estimate = LedoitWolf().fit(unit.astype(np.float64))
    return EmbeddingGuard(estimate.location_.astype(np.float32), estimate.precision_.astype(np.float32), 0.0, len(unit))


def embed_chests(
    folder: Path, session: StagedSession, spec: dict, dimension: int
) -> tuple[NDArray[np.float32], list[Refusal]]:
    """Unit embeddings [n, dimension] of the scans of a folder (NIfTI, DICOM), and which can't be used and why."""
    cases, refusals = list_cases(folder)
    directions, rows = np.eye(1, dimension, dtype=np.float32), []
    for case in cases:
        try:
            volume = prepare_input(read_case(case), spec)
        except Refused as refused:
            refusals.append(Refusal(case.id, str(refused)))
            continue
        rows.append(session.look(session.encode(volume[None, None]), directions)[0][0])
    return np.stack(rows) if rows else np.zeros((0, dimension), np.float32), refusals


def choose_guard(
    validation: NDArray | None,
    chests: Path | None,
    open_session: Callable[[], StagedSession],
    spec: dict,
    dimension: int,
) -> tuple[EmbeddingGuard | None, list[Refusal]]:
    """From the validation split's embeddings where it is large enough, else from a folder of chest scans; None without
    either: a small validation split still calibrates. ValueError for a folder of too few.
    """
    if validation is not None and len(validation) >= FEWEST:
        return fit_embedding_guard(validation), []
    if chests is None:
        return None, []
    embeddings, refusals = embed_chests(chests, open_session(), spec, dimension)
    return fit_embedding_guard(embeddings), refusals


def add_guard(manifest: dict, pack: PackFolder, guard: EmbeddingGuard | None) -> dict:
    """The manifest with its guard; without statistics the app checks by the shipped rules that a chest is in view."""
    limits = manifest.get("limits", [])
    if guard is None:
        return {**manifest, "outOfDistribution": dict(SHIPPED_RULES), "limits": [*limits, WITHOUT_STATISTICS]}
    told = f"Its guard knows {guard.n} chest scans; what it refuses was measured on nothing else."
    return {**manifest, "outOfDistribution": guard.to_section(pack), "limits": [*limits, told]}
