"""The training loop that CT-CLIP and SpeechCT-CLIP share: mixed precision, validation, early stopping, resume."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from voxct.contrastive.checkpoints import NAME, read_random_state, restore_random_state, save_atomically
from voxct.contrastive.distributed import Place, gather_objects, wait_for_all
from voxct.contrastive.precision import Precision, autocast, choose_precision, make_scaler


@dataclass(frozen=True)
class LoopConfig:
    """Defaults are CT-CLIP's and SpeechCT-CLIP's: Adam, rate 1.25e-6, 100,000 steps of 8."""

    steps: int = 100_001
    batch: int = 8
    """Scans a process and step."""
    rate: float = 1.25e-6
    warmup: int = 0
    decay: bool = False
    """Cosine to 1 % at the last step; the papers keep the rate."""
    weight_decay: float = 0.0
    clip_norm: float = 1.0
    precision: Precision = "auto"
    validate_every: int = 1000
    save_every: int = 500
    log_every: int = 20
    patience: int = 10
    """Validations without a better score after which training stops; 0 = never."""
    workers: int = 4
    seed: int = 1


class Task(Protocol):
    """What is trained. `modules` gets every forward pass of training: it may be wrapped for several processes."""

    modules: nn.Module

    def batches(self, first: int, last: int) -> Iterator[dict]:
        """Of this process, for steps first..last - 1, on the device."""

    def loss(self, modules: nn.Module, batch: dict) -> tuple[Tensor, dict[str, float]]: ...

    def validate(self) -> dict:
        """The same figures on every process; "score": higher is better."""

    def export(self, out: Path) -> None:
        """Writes the weights into `out`; called for the best so far."""


class Trainer:
    """Holds everything that a checkpoint brings back."""

    def __init__(self, task: Task, config: LoopConfig, place: Place, out: Path) -> None:
        self.task, self.config, self.place, self.out = task, config, place, out
        self.precision = choose_precision(config.precision, place.device)
        self.scaler = make_scaler(self.precision, place.device)
        self.trained = [p for p in task.modules.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=config.rate, weight_decay=config.weight_decay)
        self.step, self.best, self.unimproved = 0, -math.inf, 0
        out.mkdir(parents=True, exist_ok=True)

    def resume(self) -> bool:
        """From OUT/checkpoint.pt. With another number of processes the random states of the first ones are taken."""
        path = self.out / NAME
        if not path.exists():
            return False
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.task.modules.load_state_dict(saved["modules"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scaler.load_state_dict(saved["scaler"])
        self.step, self.best, self.unimproved = saved["step"], saved["best"], saved["unimproved"]
        if self.place.rank < len(saved["random"]):
            restore_random_state(saved["random"][self.place.rank])
        return True

    def save(self) -> None:
        random = gather_objects(read_random_state())
        if self.place.is_first:
            state = {"modules": self.task.modules.state_dict(), "optimizer": self.optimizer.state_dict()}
            counts = {"step": self.step, "best": self.best, "unimproved": self.unimproved}
            save_atomically(self.out / NAME, {**state, **counts, "scaler": self.scaler.state_dict(), "random": random})
        wait_for_all()

    def run(self) -> float:
        """Trains to the last step or until validation stops it. Returns the best score."""
        if self.step == 0:
            torch.manual_seed(self.config.seed * 1009 + self.place.rank)
        wrapped = self.wrap()
        started, before = time.monotonic(), self.step
        for batch in self.task.batches(self.step, self.config.steps):
            if self.is_over():
                break
            figures = self.train_step(wrapped, batch)
            self.step += 1
            if self.step % self.config.log_every == 0 or self.step == self.config.steps:
                each = (time.monotonic() - started) / (self.step - before)
                self.log(
                    {"step": self.step, "rate": self.rate_at(self.step), "seconds_a_step": round(each, 3), **figures}
                )
            if self.step % self.config.validate_every == 0 or self.step == self.config.steps:
                self.judge()
            elif self.step % self.config.save_every == 0:
                self.save()
        return self.best

    def wrap(self) -> nn.Module:
        """Buffers are equal on all processes already: the codebook sums its counts over them."""
        if self.place.world == 1:
            return self.task.modules
        devices = [self.place.device.index] if self.place.device.type == "cuda" else None
        return DistributedDataParallel(self.task.modules, device_ids=devices, forward_sync_buffers=False)

    def train_step(self, wrapped: nn.Module, batch: dict) -> dict[str, float]:
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate_at(self.step)
        with autocast(self.precision, self.place.device):
            loss, parts = self.task.loss(wrapped, batch)
        if not torch.isfinite(loss):
            raise FloatingPointError(
                f"the loss is {loss.item()} at step {self.step}: lower --rate or use --precision fp32"
            )
        self.scaler.scale(loss).backward()
        self.scaler.unscale_(self.optimizer)
        nn.utils.clip_grad_norm_(self.trained, self.config.clip_norm)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.optimizer.zero_grad(set_to_none=True)
        return {"loss": round(loss.item(), 5), **{name: round(value, 5) for name, value in parts.items()}}

    def rate_at(self, step: int) -> float:
        ramp = min(1.0, (step + 1) / max(self.config.warmup, 1))
        share = min(1.0, step / self.config.steps)
        late = 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)) if self.config.decay else 1.0
        return self.config.rate * ramp * late

    def judge(self) -> None:
        """Validates, exports the weights where they are the best so far, saves."""
        figures = self.task.validate()
        better = figures["score"] > self.best
        self.best, self.unimproved = (figures["score"], 0) if better else (self.best, self.unimproved + 1)
        if better and self.place.is_first:
            self.task.export(self.out)
        self.log({"step": self.step, "best": better, **figures})
        self.save()

    def is_over(self) -> bool:
        return 0 < self.config.patience <= self.unimproved

    def log(self, row: dict) -> None:
        if self.place.is_first:
            with (self.out / "log.jsonl").open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")
            print(json.dumps(row), flush=True)
