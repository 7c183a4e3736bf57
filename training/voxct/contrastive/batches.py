"""Which scans are in which batch: a function of seed and step alone, so that a resumed run goes on where it stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class BatchPlan:
    """Endless epochs over scans; of a scan's reconstructions an epoch takes one, so that no batch holds two.

    rows: by scan, its indices in the list of entries. batch: scans a process and step.
    """

    rows: tuple[tuple[int, ...], ...]
    batch: int
    seed: int
    rank: int = 0
    world: int = 1

    @property
    def steps_of_epoch(self) -> int:
        return len(self.rows) // (self.batch * self.world)

    def batch_at(self, step: int) -> list[int]:
        """Indices of entries for this process. The last scans of an epoch that fill no batch wait for the next one."""
        epoch, at = divmod(step, self.steps_of_epoch)
        rng = np.random.default_rng((self.seed, epoch))
        order = rng.permutation(len(self.rows))
        picks = rng.integers(1 << 30, size=len(self.rows))
        start = (at * self.world + self.rank) * self.batch
        return [self.rows[scan][picks[scan] % len(self.rows[scan])] for scan in order[start : start + self.batch]]

    def from_step(self, first: int, last: int) -> Iterator[list[int]]:
        return (self.batch_at(step) for step in range(first, last))


def plan_batches(scans: Sequence[str], batch: int, seed: int, rank: int, world: int) -> BatchPlan:
    """scans: of every entry, the scan that it is a reconstruction of."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index, scan in enumerate(scans):
        rows[scan].append(index)
    if len(rows) < batch * world:
        raise ValueError(f"{len(rows)} scans fill no batch of {batch} on {world} process(es): use a smaller --batch")
    return BatchPlan(tuple(map(tuple, rows.values())), batch, seed, rank, world)


class StepSampler:
    """For DataLoader(batch_sampler=…)."""

    def __init__(self, plan: BatchPlan, first: int, last: int) -> None:
        self.plan, self.first, self.last = plan, first, last

    def __iter__(self) -> Iterator[list[int]]:
        return self.plan.from_step(self.first, self.last)

    def __len__(self) -> int:
        return max(0, self.last - self.first)
