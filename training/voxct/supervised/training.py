"""Trains the supervised baseline by the clock; the weights with the best validation AUROC are kept.

In single precision: under bf16 autocast gradients were NaN now and then on the CPU; the cause was not found.
"""

import copy
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from voxct.ct.augment import augment_volumes
from voxct.ct.training import to_rate_factor
from voxct.data.chunks import INT8_DIVISOR, Chunk, to_model_input
from voxct.data.shuffled import ShuffledCases
from voxct.metrics import mean_auroc
from voxct.supervised.network import PlainCnn, to_label_weights


@dataclass(frozen=True)
class SupervisedConfig:
    minutes: float = 12.0
    batch_size: int = 16
    rate: float = 2e-3
    weight_decay: float = 0.02
    warmup_steps: int = 50
    validate_minutes: float = 2.0
    max_steps: int = 1_000_000
    widths: tuple[int, ...] = (16, 32, 64, 128)


@torch.no_grad()
def compute_logits(network: PlainCnn, chunks: list[Chunk], batch_size: int = 8) -> np.ndarray:
    """float32 [n, 18] of all cases, in order."""
    network.eval()
    parts = []
    for chunk in chunks:
        for start in range(0, len(chunk.cases), batch_size):
            volumes = torch.from_numpy(to_model_input(np.asarray(chunk.volumes[start : start + batch_size])))
            parts.append(network(volumes).numpy())
    return np.concatenate(parts)


class SupervisedTrainer:
    """Network, optimizer, and the weights that did best on validation so far."""

    def __init__(
        self, train: list[Chunk], validation: list[Chunk], config: SupervisedConfig, out: Path, seed: int
    ) -> None:
        self.validation, self.config, self.out = validation, config, out
        self.network = PlainCnn(config.widths)
        self.optimizer = torch.optim.AdamW(self.network.parameters(), config.rate, weight_decay=config.weight_decay)
        self.weights = to_label_weights(torch.from_numpy(np.concatenate([chunk.labels for chunk in train])))
        self.cases, self.generator = ShuffledCases(train, seed), torch.Generator().manual_seed(seed)
        self.truth = np.concatenate([chunk.labels for chunk in validation])
        self.step_count, self.best = 0, {"mean_auroc": -1.0}
        self.kept = copy.deepcopy(self.network.state_dict())

    def run(self) -> tuple[PlainCnn, dict]:
        """Returns the network as it was at its best validation, and that figure; appends to log.jsonl."""
        started, next_validation = time.monotonic(), 60 * self.config.validate_minutes
        means: list[float] = []
        while True:
            seconds = time.monotonic() - started
            share = max(seconds / 60 / self.config.minutes, self.step_count / self.config.max_steps)
            if share >= 1 or seconds > next_validation:
                next_validation = seconds + 60 * self.config.validate_minutes
                self.validate(seconds, float(np.mean(means)) if means else 0.0)
                means = []
            if share >= 1:
                break
            means.append(self.step(to_rate_factor(share, self.step_count, self.config.warmup_steps)))
        self.network.load_state_dict(self.kept)
        return self.network.eval(), self.best

    def step(self, factor: float) -> float:
        self.network.train()
        volumes, labels = self.cases.draw(self.config.batch_size)
        logits = self.network(augment_volumes(volumes.float() / INT8_DIVISOR, self.generator))
        loss: Tensor = F.binary_cross_entropy_with_logits(logits, labels, pos_weight=self.weights)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.param_groups[0]["lr"] = self.config.rate * factor
        self.optimizer.step()
        self.step_count += 1
        return loss.item()

    def validate(self, seconds: float, loss: float) -> None:
        figure = round(mean_auroc(self.truth, compute_logits(self.network, self.validation)), 4)
        row = {"step": self.step_count, "seconds": round(seconds), "loss": round(loss, 4), "mean_auroc": figure}
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(row) + "\n")
        if figure > self.best["mean_auroc"]:
            self.best, self.kept = row, copy.deepcopy(self.network.state_dict())
