"""Splits by patient. CT-RATE's own `valid` is the test: thresholds and early stopping see a part of `train` instead."""

import hashlib
from collections.abc import Iterable
from typing import Literal

from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.ct_rate.names import VolumeName

Split = Literal["train", "validation", "test"]
VALIDATION_SHARE = 0.05


def split_of(name: VolumeName, validation_share: float = VALIDATION_SHARE) -> Split:
    """A patient's split never depends on which other volumes are at hand."""
    if name.split == "valid":
        return "test"
    digest = hashlib.sha256(name.patient.encode()).digest()
    return "validation" if int.from_bytes(digest[:8], "big") / 2**64 < validation_share else "train"


def select_split(entries: Iterable[Entry], split: Split, validation_share: float = VALIDATION_SHARE) -> list[Entry]:
    return [entry for entry in entries if split_of(entry.name, validation_share) == split]


def first_reconstructions(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a scan, its lowest reconstruction: the unit of retrieval and of figures is the scan."""
    kept: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda each: (each.name.scan, each.name.reconstruction)):
        kept.setdefault(entry.name.scan, entry)
    return list(kept.values())
