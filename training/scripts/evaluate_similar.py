"""Is a scan found by altered copies of itself, within a small archive? The table of training/RESULTS.md.

python -m scripts.make_altered_scans --scans SCANS… --out ARCHIVE
python -m scripts.embed_features --pack PACK --archive ARCHIVE --out FEATURES [--any-body]
python -m scripts.evaluate_similar --features FEATURES [--among FEATURES…]
A query is a copy. It asks its own original and every file of the other scans (and the cases of --among); its scan's
other copies are left out. Right: the own original comes first. The mean of what is asked is subtracted.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.astra.altered import ALTERATIONS
from voxct.pack.feature_store import read_features
from voxct.pack.linear_head import LinearHead

ORIGINAL = "original"


@dataclass(frozen=True)
class Row:
    """own: cosine with the own original; best: the highest with anything of another scan; rank of the own one."""

    alteration: str
    scan: str
    own: float
    best: float
    rank: int


def rank_copies(features: NDArray, names: list[str], among: NDArray | None = None, centred: bool = True) -> list[Row]:
    """names: <scan>--<alteration>; among [m, D]: cases that are nobody's own."""
    parts = [name.rsplit("--", 1) for name in names]
    others = np.zeros((0, features.shape[1])) if among is None else among
    rows = []
    for query, (scan, alteration) in enumerate(parts):
        if alteration == ORIGINAL or [scan, ORIGINAL] not in parts:
            continue
        own = parts.index([scan, ORIGINAL])
        gallery = [n for n, part in enumerate(parts) if part[0] != scan]
        asked = np.concatenate([features[[own, *gallery]], others])
        mean = asked.mean(0) if centred else np.zeros(features.shape[1])
        head = LinearHead(np.eye(features.shape[1], dtype=np.float32), mean.astype(np.float32))
        scores = head.embed(asked) @ head.embed(features[query])
        rows.append(
            Row(alteration, scan, float(scores[0]), float(scores[1:].max()), 1 + int((scores[1:] >= scores[0]).sum()))
        )
    return rows


def to_table(rows: list[Row]) -> str:
    lines = ["| copy | own scan first | cosine with the own | highest with another |", "|---|---|---|---|"]
    kinds = [kind for kind in ALTERATIONS if any(row.alteration == kind for row in rows)]
    lines += [to_line(kind, [row for row in rows if row.alteration == kind]) for kind in kinds]
    return "\n".join([*lines, to_line("all", rows)])


def to_line(name: str, rows: list[Row]) -> str:
    own, best = [row.own for row in rows], [row.best for row in rows]
    return f"| {name} | {count_first(rows)} | {min(own):.2f} to {max(own):.2f} | {min(best):.2f} to {max(best):.2f} |"


def count_first(rows: list[Row]) -> str:
    return f"{sum(row.rank == 1 for row in rows)} of {len(rows)}"


def main(folder: Path, among: list[Path]) -> str:
    features, index = read_features(folder)
    others = np.concatenate([read_features(each)[0] for each in among]) if among else None
    names = [line["id"] for line in index]
    scans = len({name.rsplit("--", 1)[0] for name in names})
    beside = f" beside {len(others)} other cases" if others is not None else ""
    plain = rank_copies(features, names, others, centred=False)
    return "\n\n".join(
        [
            f"{scans} scans and their copies, {len(names)} files{beside}; chance at most 1 in {scans}.",
            to_table(rank_copies(features, names, others)),
            "Without subtracting the mean:",
            to_table(plain),
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--among", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    print(main(given.features, given.among))
