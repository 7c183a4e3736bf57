"""The CT tower's training loop with RadCLIP's tower and losses."""

from pathlib import Path

import torch
from torch import nn

from voxct.ct.augment import augment_volumes
from voxct.ct.objective import Texts
from voxct.ct.training import CtTrainer
from voxct.data.chunks import INT8_DIVISOR, Chunk, list_chunks, load_split
from voxct.data.pool import Batch
from voxct.radclip.objective import radclip_loss


class RadClipTrainer(CtTrainer):
    def work(self, modules: nn.Module, batch: Batch, index: int, texts: Texts) -> dict[str, float]:
        volumes = augment_volumes(batch.volumes[:, None].float() / INT8_DIVISOR, self.generators[index])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.config.autocast):
            loss, parts = radclip_loss(
                modules["tower"], modules["heads"], volumes, batch, texts, self.positive_weight, self.config.weights
            )
        loss.backward()
        return parts

    def run_with_scans(self, scans: Path) -> None:
        """As run, with validation chunks that may appear while training goes on, as train chunks may."""
        self.scans = scans
        self.run([])

    def finish(self, validation: list[Chunk], seconds: float) -> None:
        if list_chunks(self.scans, "validation"):
            super().finish(load_split(self.scans, "validation"), seconds)
        else:
            self.save(seconds)
