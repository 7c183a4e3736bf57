"""The CT tower's training loop: time-boxed, resumable, fed by a pool that grows while it runs."""

import json
import math
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from voxct.ct.augment import augment_volumes
from voxct.ct.ctclip import CtClipImage, save_image_tower
from voxct.ct.objective import LossWeights, Texts, TrainingHeads, to_positive_weight, total_loss
from voxct.ct.optimizer import PairedOptimizer
from voxct.ct.replicas import Replicas
from voxct.ct.validation import validate_image_tower
from voxct.data.chunks import INT8_DIVISOR, Chunk
from voxct.data.pool import Batch, TrainingPool

IDENTITY_WHEN_ZERO = ("dsconv.weight", "dsconv.bias", "to_out.weight", "3.4.weight")
"""A transformer layer with these parameters at zero passes its input on."""


@dataclass(frozen=True)
class CtTrainingConfig:
    minutes: float = 75.0
    """The learning rate's schedule."""
    stop_minutes: float = float("inf")
    """Ends a phase before its schedule does."""
    max_steps: int = 1_000_000
    batch_size: int = 8
    workers: int = 2
    adam_rate: float = 1.5e-3
    muon_rate: float = 3e-3
    weight_decay: float = 0.02
    warmup_steps: int = 50
    validate_minutes: float = 6.0
    negatives: int = 512
    autocast: bool = True
    weights: LossWeights = field(default_factory=LossWeights)


class CtTrainer:
    """Holds everything that a checkpoint has to bring back."""

    def __init__(
        self, tower: CtClipImage, pool: TrainingPool, prompts: Tensor, config: CtTrainingConfig, out: Path, seed: int
    ) -> None:
        self.tower, self.pool, self.prompts, self.config, self.out = tower, pool, prompts, config, out
        self.modules = nn.ModuleDict({"tower": tower, "heads": TrainingHeads(tower.config.width)})
        self.optimizer = PairedOptimizer(self.modules, config.adam_rate, config.muon_rate, config.weight_decay)
        self.replicas = Replicas(self.modules, config.workers)
        self.generators = [torch.Generator().manual_seed(seed * 1000 + index) for index in range(config.workers)]
        self.step_count, self.seconds_before = 0, 0.0
        self.positive_weight: Tensor | None = None

    def resume(self) -> bool:
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return False
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.modules.load_state_dict(saved["modules"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step_count, self.seconds_before = saved["step"], saved["seconds"]
        return True

    def start_from(self, checkpoint: Path) -> None:
        """Weights of an earlier phase; optimizer and clock start anew. Layers that it lacks begin as identity."""
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)["modules"]
        missing = self.modules.load_state_dict(saved, strict=False).missing_keys
        for name, parameter in self.modules.named_parameters():
            if name in missing and name.endswith(IDENTITY_WHEN_ZERO):
                parameter.data.zero_()

    def save(self, seconds: float) -> None:
        state = {"modules": self.modules.state_dict(), "optimizer": self.optimizer.state_dict()}
        temporary = self.out / "checkpoint.tmp"
        torch.save({**state, "step": self.step_count, "seconds": seconds}, temporary)
        temporary.replace(self.out / "checkpoint.pt")
        scale = float(self.modules["heads"].temperature.detach().exp())
        save_image_tower(self.out / "ct.pt", self.tower, {"logit_scale": scale, "step": self.step_count})

    def work(self, modules: nn.Module, batch: Batch, index: int, texts: Texts) -> dict[str, float]:
        volumes = augment_volumes(batch.volumes[:, None].float() / INT8_DIVISOR, self.generators[index])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.config.autocast):
            loss, parts = total_loss(
                modules["tower"], modules["heads"], volumes, batch, texts, self.positive_weight, self.config.weights
            )
        loss.backward()
        return parts

    def step(self, factor: float) -> dict[str, float]:
        share = self.config.batch_size // self.config.workers
        batches = [self.pool.draw(share) for _ in range(self.config.workers)]
        texts = self.draw_texts()
        parts = self.replicas.step(lambda modules, index: self.work(modules, batches[index], index, texts))
        nn.utils.clip_grad_norm_(self.modules.parameters(), 1.0)
        self.optimizer.step(factor)
        self.step_count += 1
        return {name: sum(part[name] for part in parts) / len(parts) for name in parts[0]}

    def draw_texts(self) -> Texts:
        reports, labels = self.pool.all_reports()
        chosen = torch.randperm(len(reports))[: self.config.negatives]
        return Texts(self.prompts, reports[chosen], labels[chosen])

    def run(self, validation: list[Chunk]) -> None:
        """Trains until the minutes or the steps are used up; logs to log.jsonl."""
        self.pool.grow()
        self.positive_weight = to_positive_weight(torch.tensor(self.pool.chunks[0].chunk.tokens[:100]))
        started = time.monotonic() - self.seconds_before
        next_validation = self.seconds_before + 60 * self.config.validate_minutes
        means: dict[str, float] = {}
        while True:
            seconds = time.monotonic() - started
            share = max(seconds / 60 / self.config.minutes, self.step_count / self.config.max_steps)
            if share >= 1 or seconds / 60 >= self.config.stop_minutes:
                break
            parts = self.step(to_rate_factor(share, self.step_count, self.config.warmup_steps))
            means = {name: 0.98 * means.get(name, value) + 0.02 * value for name, value in parts.items()}
            if self.step_count % 25 == 0:
                held = self.pool.grow()
                self.log({"step": self.step_count, "seconds": round(seconds), "held": held, **round_all(means)})
            if seconds > next_validation:
                next_validation = seconds + 60 * self.config.validate_minutes
                self.finish(validation, seconds)
        self.finish(validation, time.monotonic() - started)

    def finish(self, validation: list[Chunk], seconds: float) -> None:
        torch.set_num_threads(1)
        figures = validate_image_tower(self.tower, validation, self.prompts)
        self.tower.train()
        scale = float(self.modules["heads"].temperature.detach().exp())
        self.log({"step": self.step_count, "seconds": round(seconds), "logit_scale": round(scale, 2), **figures})
        self.save(seconds)

    def log(self, row: dict) -> None:
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(row) + "\n")


def to_rate_factor(share: float, step: int, warmup: int) -> float:
    """Warm-up by steps, constant until 40 % of the time, then a cosine to 2 %."""
    ramp = min(1.0, (step + 1) / warmup)
    late = min(max((share - 0.4) / 0.6, 0.0), 1.0)
    return ramp * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * late)))


def round_all(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
