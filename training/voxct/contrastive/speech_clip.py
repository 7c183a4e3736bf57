"""SpeechCT-CLIP as a task of the loop (arXiv 2510.02322): L = InfoNCE(speech, CT) + lambda (1 - cos(speech, text)).

The CT and the text tower are frozen, so their embeddings are given; lambda is not reported in the paper, 1 by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from voxct.contrastive.batches import StepSampler, plan_batches
from voxct.contrastive.checkpoints import save_atomically
from voxct.contrastive.loop import LoopConfig
from voxct.contrastive.losses import distil, info_nce
from voxct.contrastive.recordings import Recordings, join_windows
from voxct.contrastive.speech_judge import Paired, SpeechJudge
from voxct.contrastive.volumes import add_refusals, load_steps


class SpeechClipTask:
    """See voxct.contrastive.loop.Task."""

    def __init__(self, train: Paired, judge: SpeechJudge, distillation: float, config: LoopConfig) -> None:
        """judge: holds the tower that is trained, and what it is validated on."""
        self.train, self.judge, self.distillation, self.config = train, judge, distillation, config
        self.modules, self.place, self.out, self.samples = judge.tower, judge.place, judge.out, judge.samples
        names = [each.entry.name.scan for each in train.spoken]
        self.plan = plan_batches(names, config.batch, config.seed, self.place.rank, self.place.world)
        numbers = {scan: n for n, scan in enumerate(dict.fromkeys(names))}
        self.scans = torch.tensor([numbers[scan] for scan in names])

    def batches(self, first: int, last: int) -> Iterator[dict]:
        dataset, device = Recordings(self.train.spoken, self.samples), self.place.device
        sampler = StepSampler(self.plan, first, last)
        for batch in load_steps(dataset, sampler, self.config.workers, device.type == "cuda", join_windows):
            add_refusals(self.out / f"refused-{self.place.rank}.jsonl", batch["refused"])
            rows = batch["index"].numpy()
            yield {
                "windows": batch["windows"].to(device, non_blocking=True),
                "owners": batch["owners"].to(device),
                "scans": self.scans[batch["index"]].to(device),
                "ct": torch.from_numpy(self.train.ct[rows]).to(device),
                "text": torch.from_numpy(self.train.text[rows]).to(device),
            }

    def loss(self, modules: nn.Module, batch: dict) -> tuple[Tensor, dict[str, float]]:
        self.modules.train()
        speech, log_scale = modules(batch["windows"], batch["owners"], len(batch["ct"]))
        contrast = info_nce(speech, batch["ct"], batch["scans"], log_scale)
        distance = distil(speech, batch["text"])
        figures = {
            "info_nce": contrast.item(),
            "distance": distance.item(),
            "logit_scale": float(log_scale.detach().exp()),
        }
        return contrast + self.distillation * distance, figures

    def validate(self) -> dict:
        return self.judge.measure()

    @torch.no_grad()
    def export(self, out: Path) -> None:
        """speech.pt as export_speech reads it, and spoken_prompts.npy as export_ct_clip does."""
        encoder = self.modules.encoder
        state = {name: value.detach().cpu() for name, value in encoder.state_dict().items()}
        save_atomically(out / "speech.pt", {"config": asdict(encoder.config), "state": state})
        if self.judge.prompts:
            np.save(out / "spoken_prompts.npy", self.judge.hear_prompts())
