"""Volumes of CT-RATE as batches: stored integers travel to the device and become values there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from voxct.contrastive.batches import StepSampler
from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.ct_rate.source import Drawn, VolumeSource
from voxct.corpora.refusals import Refusal, read_refusals, write_refusals


class Volumes(Dataset):
    """index -> Drawn, of this entry or of the next one that can be read."""

    def __init__(self, entries: Sequence[Entry], source: VolumeSource) -> None:
        self.entries, self.source = entries, source

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Drawn:
        return self.source.draw(self.entries, index)


def collate(drawn: list[Drawn]) -> dict:
    """stored [b, *shape], index [b], refused."""
    return {
        "stored": torch.stack([torch.from_numpy(each.stored) for each in drawn]),
        "index": torch.tensor([each.index for each in drawn]),
        "refused": [refusal for each in drawn for refusal in each.refused],
    }


def load_steps(dataset: Dataset, sampler: StepSampler, workers: int, pin: bool, join=collate) -> Iterator[dict]:
    """The batches of the sampler's steps. A generator of its own: the loader must not draw from the training's."""
    own = torch.Generator()
    return iter(
        DataLoader(dataset, batch_sampler=sampler, num_workers=workers, collate_fn=join, pin_memory=pin, generator=own)
    )


def to_volume(stored: Tensor, divisor: int, device: torch.device) -> Tensor:
    """[b, *shape] integers -> float32 [b, 1, *shape]."""
    return stored.to(device, non_blocking=True)[:, None].float() / divisor


def leave_out_refused(entries: Sequence[Entry], report: Path) -> list[Entry]:
    """Without the files that prepare_ct_rate.py or an earlier run refused."""
    known = {refusal.file for refusal in read_refusals(report)}
    return [entry for entry in entries if entry.path.name not in known]


def add_refusals(report: Path, refusals: list[Refusal]) -> None:
    if refusals:
        write_refusals(report, [*read_refusals(report), *refusals])
