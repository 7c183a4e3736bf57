"""Checkpoints of a speech run: weights, their running average, optimizer and where the run stands."""

from __future__ import annotations

import os
from pathlib import Path

import torch

from voxct.speech.model import SpeechConfig, SpeechEncoder


class RunningAverage:
    """Exponential moving average of a module's weights, which is what gets exported."""

    def __init__(self, module: torch.nn.Module, decay: float = 0.93):
        self.decay = decay
        self.weights = {name: value.detach().clone() for name, value in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: torch.nn.Module) -> None:
        for name, value in module.state_dict().items():
            self.weights[name].lerp_(value, 1 - self.decay)


def save_checkpoint(file: Path, state: dict) -> None:
    """Writes beside the file and renames, so that a stop in between loses nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, file.with_suffix(".part"))
    os.replace(file.with_suffix(".part"), file)


def load_encoder(file: Path, averaged: bool = True) -> SpeechEncoder:
    """The encoder of a checkpoint in evaluation mode, by default with its averaged weights."""
    state = torch.load(file, map_location="cpu", weights_only=True)
    encoder = SpeechEncoder(SpeechConfig(**state["config"]))
    encoder.load_state_dict(state["average" if averaged else "encoder"])
    return encoder.eval()
