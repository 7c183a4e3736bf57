"""One resumable training run of the speech encoder in phases: letters, teacher, contrast (configs/speech.json)."""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from voxct.speech.batches import Batch, BatchMaker, mask_mel
from voxct.speech.checkpoint import RunningAverage, save_checkpoint
from voxct.speech.corpus import Corpus
from voxct.speech.logmel import frames_of
from voxct.speech.losses import (
    MarginHead,
    contrastive_loss,
    cosine_loss,
    ctc_loss,
    polarity_loss,
    states_agree,
    three_way,
    to_margins,
)
from voxct.speech.model import SpeechConfig, SpeechEncoder, encoder_frames
from voxct.speech.targets import Teacher


@dataclass
class Scans:
    """Frozen CT encoder's embeddings [cases, d] of training cases and their labels [cases, 18] (0/1)."""

    embeddings: Tensor
    labels: Tensor


class Trainer(nn.Module):
    """The encoder with the heads that only training needs."""

    def __init__(self, config: dict, corpus: Corpus, teacher: Teacher | None, scans: Scans | None):
        super().__init__()
        self.train_config, self.teacher, self.scans = config["train"], teacher, scans
        self.encoder = SpeechEncoder(SpeechConfig.from_json(config["model"]))
        self.margin_head = MarginHead()
        self.log_scale = nn.Parameter(torch.tensor(1 / 0.07).log())
        self.maker = BatchMaker(corpus, self.train_config["batchSeconds"], self.train_config["seed"])
        self.rng = np.random.default_rng(self.train_config["seed"] + 1)

    def losses(self, batch: Batch, weights: dict) -> dict[str, Tensor]:
        """Every loss of the phase by its name, unweighted."""
        with torch.no_grad():
            mel = mask_mel(self.encoder.logmel(batch.audio), self.rng)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.train_config["bfloat16"]):
            frames, mask = self.encoder.encode(mel, batch.lengths)
            embedding, calls = self.encoder.embed(frames, mask)
            letters = self.encoder.letters(frames)
        counts = torch.tensor([encoder_frames(frames_of(int(n))) for n in batch.lengths])
        log_probs = torch.log_softmax(letters.float(), -1)
        present, absent = self.train_config["presentWeight"], self.train_config["absentWeight"]
        out = {
            "ctc": ctc_loss(log_probs, counts, batch.letters, batch.letter_counts),
            "head": three_way(calls, batch.states, present, absent),
            "polarity": polarity_loss(calls, batch.states),
        }
        if self.teacher is not None:
            margins = to_margins(embedding, self.teacher.prompts)
            out["margin"] = three_way(self.margin_head(margins), batch.states, present, absent)
            out["cosine"] = cosine_loss(embedding, *self.teacher.targets(batch.indices))
        if self.scans is not None and weights.get("contrast"):
            out["contrast"] = self.contrast(embedding, batch.states)
        return out

    def contrast(self, embedding: Tensor, states: Tensor) -> Tensor:
        """InfoNCE of the clips that state something against as many scans, one drawn to agree with each clip."""
        stating = states.abs().sum(1) > 0
        states, embedding = states[stating], embedding[stating]
        offered = torch.from_numpy(self.rng.integers(0, len(self.scans.labels), 4000))
        fits = states_agree(states, self.scans.labels[offered]).float() + 1e-9
        drawn = offered[torch.multinomial(fits, 1)[:, 0]]
        agree = states_agree(states, self.scans.labels[drawn])
        return contrastive_loss(embedding, self.scans.embeddings[drawn], agree, self.log_scale)


@dataclass
class Progress:
    """Where a run stands: steps done in all, and seconds spent in the phase."""

    step: int = 0
    phase: str = ""
    phase_seconds: float = 0.0
    phase_steps: int = 0


def learning_rate(phase: dict, progress: Progress) -> float:
    """Linear warm-up by steps, then a cosine between two rates by the share of the phase's minutes that passed."""
    share = min(1.0, progress.phase_seconds / (phase["minutes"] * 60))
    start, end = phase["learningRate"]
    rate = end + (start - end) * 0.5 * (1 + math.cos(math.pi * share))
    return rate * min(1.0, (progress.phase_steps + 1) / phase["warmupSteps"])


def run_phase(trainer: Trainer, phase: dict, state: dict, folder: Path, validate) -> None:
    """Trains until the phase's minutes are spent; saves every two minutes; `validate(encoder)` gives figures to log."""
    config, progress, average = trainer.train_config, state["progress"], state["average"]
    optimizer, last_save = state["optimizer"], time.monotonic()
    window: dict[str, list[float]] = {}
    trainer.train()
    started = time.monotonic()
    for batch in trainer.maker:
        trainer.maker.strength = phase["strength"] * min(1.0, 0.3 + 0.7 * progress.step / config["easySteps"])
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(phase, progress)
        losses = trainer.losses(batch, phase["weights"])
        total = sum(losses[name] * weight for name, weight in phase["weights"].items() if name in losses)
        optimizer.zero_grad()
        total.backward()
        norm = nn.utils.clip_grad_norm_(trainer.parameters(), 1.0)
        if torch.isfinite(norm):
            optimizer.step()
        for name, value in losses.items():
            window.setdefault(name, []).append(value.item())
        progress.step += 1
        progress.phase_steps += 1
        now = time.monotonic()
        progress.phase_seconds, started = progress.phase_seconds + now - started, now
        if progress.step % 10 == 0:
            average.update(trainer.encoder)
        done = progress.phase_seconds >= phase["minutes"] * 60
        if progress.step % 50 == 0 or done:
            log(folder, progress, optimizer, {k: float(np.mean(v)) for k, v in window.items()})
            window = {}
        if progress.step % config["validateSteps"] == 0 or done:
            log(folder, progress, optimizer, {"validation": validate(trainer, average)})
            trainer.train()
        if time.monotonic() - last_save > 120 or done:
            save(folder, trainer, state)
            last_save = time.monotonic()
        if done:
            return


def save(folder: Path, trainer: Trainer, state: dict) -> None:
    """last.pt: everything a resumed run needs."""
    save_checkpoint(
        folder / "last.pt",
        {
            "config": asdict(trainer.encoder.config),
            "encoder": trainer.encoder.state_dict(),
            "trainer": trainer.state_dict(),
            "average": state["average"].weights,
            "optimizer": state["optimizer"].state_dict(),
            "progress": asdict(state["progress"]),
        },
    )


def restore(file: Path, trainer: Trainer) -> dict:
    """Run state from last.pt, or a fresh one where there is none."""
    learnt = [p for p in trainer.parameters() if p.requires_grad]
    decay = trainer.train_config["weightDecay"]
    optimizer = torch.optim.AdamW(learnt, lr=1e-3, betas=(0.9, 0.98), weight_decay=decay)
    state = {"progress": Progress(), "optimizer": optimizer}
    if file.exists():
        saved = torch.load(file, map_location="cpu", weights_only=True)
        trainer.load_state_dict(saved["trainer"])
        optimizer.load_state_dict(saved["optimizer"])
        state["progress"] = Progress(**saved["progress"])
    state["average"] = RunningAverage(trainer.encoder)
    if file.exists():
        state["average"].weights = saved["average"]
    return state


def log(folder: Path, progress: Progress, optimizer: torch.optim.Optimizer, values: dict) -> None:
    """One line of JSON in log.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    rate = optimizer.param_groups[0]["lr"]
    with (folder / "log.jsonl").open("a") as file:
        file.write(json.dumps({"time": time.time(), **asdict(progress), "learningRate": rate, **values}) + "\n")
