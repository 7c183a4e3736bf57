"""Speech-RATE: the spoken findings of CT-RATE's volumes.

Layout: dataset/{train,valid}/train_1/train_1_a/train_1_a_1_findings.wav
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.ct_rate.names import VolumeName
from voxct.corpora.refusals import Refusal, Refused

SUFFIX = "_findings.wav"


@dataclass(frozen=True)
class Spoken:
    """A volume of CT-RATE and the recording of its findings."""

    entry: Entry
    path: Path


def list_recordings(root: Path) -> tuple[dict[str, Path], list[Refusal]]:
    """By volume name."""
    dataset = root / "dataset" if (root / "dataset").is_dir() else root
    found: dict[str, Path] = {}
    refusals = []
    for path in sorted(dataset.rglob(f"*{SUFFIX}")):
        try:
            found[str(VolumeName.parse(path.name.removesuffix(SUFFIX)))] = path
        except Refused as refused:
            refusals.append(Refusal(path.relative_to(dataset).as_posix(), str(refused)))
    if not found:
        raise FileNotFoundError(f"{root} holds no recording named *{SUFFIX}: not a copy of Speech-RATE")
    return found, refusals


def pair_recordings(entries: Iterable[Entry], recordings: dict[str, Path]) -> tuple[list[Spoken], list[Refusal]]:
    """Volumes with their recording; those without one are refused by name."""
    paired, refusals = [], []
    for entry in entries:
        path = recordings.get(str(entry.name))
        if path is None:
            refusals.append(Refusal(f"{entry.name}{SUFFIX}", "is not in this copy of Speech-RATE"))
        else:
            paired.append(Spoken(entry, path))
    return paired, refusals
