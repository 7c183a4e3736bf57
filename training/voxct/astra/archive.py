"""An archive seen by the exported trunk: features on disk, and from them what a pack knows without any label."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.ct_input import prepare_input
from voxct.corpora.progress import Progress
from voxct.corpora.refusals import Refusal, Refused, write_refusals
from voxct.ct.guard import GuardStatistics, fit_guard
from voxct.library.archive import Case, list_cases, read_case
from voxct.pack.feature_store import FeatureStore, read_features

GUARD_REGIONS = (1, 1, 1)
"""The mean of all tokens: its whitening is 17 MB, that of two regions would be 67 MB."""
FEWEST_FOR_GUARD = 40
HELD_OUT = 0.25
Encode = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""[1, 1, *shape] -> tokens [*grid, D]."""


@dataclass(frozen=True)
class Archive:
    """features [n, D] and their lines of the index; cases by id where the files are at hand."""

    features: NDArray[np.float32]
    index: list[dict]
    cases: dict[str, Case]
    root: Path | None


def embed_archive(root: Path, store: FeatureStore, encode: Encode, spec: dict) -> Archive:
    """Goes on where an earlier run was stopped; bad files are named and left. Raises ValueError if none is left."""
    cases, refusals = list_cases(root)
    progress = Progress("scans", len(cases), sum(case.id in store.ids for case in cases))
    for case in (case for case in cases if case.id not in store.ids):
        try:
            tokens = encode(prepare_input(read_case(case), spec)[None, None])
            if not np.isfinite(tokens).all():
                raise Refused("has features that are no numbers")
            store.add(to_line(root, case), tokens)
        except Refused as refused:
            refusals.append(Refusal(case.id, str(refused)))
            print(refusals[-1], file=sys.stderr, flush=True)
        progress.add()
    progress.show()
    report = store.folder / "refused.jsonl"
    print(f"{write_refusals(report, refusals)} refused: {report}", file=sys.stderr)
    if not store.ids:
        raise ValueError(f"{root} holds no chest CT that can be embedded: see {report}")
    features, index = read_features(store.folder)
    return Archive(features, index, {case.id: case for case in cases}, root)


def to_line(root: Path, case: Case) -> dict:
    return {"id": case.id, "file": case.path.relative_to(root).as_posix(), "scan": case.scan, "stamp": case.stamp}


def fit_archive_guard(archive: Archive) -> tuple[GuardStatistics | None, str]:
    """From three quarters of the scans; the limit is the 99.5th percentile of the others.
    Reconstructions of one scan stay on one side.
    """
    count = len(archive.index)
    if count < FEWEST_FOR_GUARD:
        return None, f"no guard: {count} scans are too few (from {FEWEST_FOR_GUARD} on)"
    held_out = np.array([to_share(line.get("scan", line["id"])) < HELD_OUT for line in archive.index])
    if not 0 < held_out.sum() < count - 1:
        return None, "no guard: the archive holds one scan"
    guard = fit_guard(archive.features[~held_out], archive.features[held_out], GUARD_REGIONS)
    return guard, f"guard from {int((~held_out).sum())} scans, its limit {guard.limit:.1f} from {int(held_out.sum())}"


def to_share(scan: str) -> float:
    """0…1 by hash, the same on every machine."""
    return int.from_bytes(sha256(scan.encode()).digest()[:4], "big") / 2**32
