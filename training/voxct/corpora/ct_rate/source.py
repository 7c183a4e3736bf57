"""Where training gets a volume's input from: the cache, or the file itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.cache import DIVISORS, InputCache, find_kind, quantise
from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.ct_rate.volume import prepare_entry
from voxct.corpora.refusals import Refusal, Refused


@dataclass(frozen=True)
class Drawn:
    """stored [*shape] (value = number / divisor); index: whose it is; refused: files tried before it, in vain."""

    stored: NDArray
    index: int
    refused: tuple[Refusal, ...]


class VolumeSource:
    """Reads entries; keeps what it prepared where a cache folder is given."""

    def __init__(self, spec: dict, cache: Path | None = None, kind: str | None = None) -> None:
        """kind: int8 or int16; by default that of the cache, else int16."""
        self.spec, self.kind = spec, kind or (find_kind(cache) if cache else None) or "int16"
        self.divisor = DIVISORS[self.kind]
        self.cache = InputCache(cache, spec, self.kind) if cache else None

    def read(self, entry: Entry) -> NDArray:
        """Stored numbers [*spec.shape]. Raises Refused."""
        name = str(entry.name)
        if self.cache is None:
            return quantise(prepare_entry(entry, self.spec)[0], self.kind)
        if self.cache.has(name):
            return self.cache.read(name)
        return self.cache.write(name, prepare_entry(entry, self.spec)[0])

    def keep(self, entry: Entry) -> tuple[str, ...]:
        """Puts an entry into the cache; returns what was decided while reading. Raises Refused."""
        values, notes = prepare_entry(entry, self.spec)
        self.cache.write(str(entry.name), values)
        return notes

    def draw(self, entries: Sequence[Entry], index: int) -> Drawn:
        """The entry, or the next one that can be read: a bad file stops no batch on several GPUs."""
        refused: list[Refusal] = []
        for step in range(len(entries)):
            at = (index + step) % len(entries)
            try:
                return Drawn(self.read(entries[at]), at, tuple(refused))
            except Refused as reason:
                refused.append(Refusal(entries[at].path.name, str(reason)))
        raise RuntimeError(f"no volume can be read; the first: {refused[0]}")


def to_values(stored: NDArray, divisor: int) -> NDArray[np.float32]:
    return stored.astype(np.float32) / np.float32(divisor)
