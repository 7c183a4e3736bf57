"""One run of row 4 or 6 on stored frames: InfoNCE + lambda (1 - cos), and AcuLa's losses where they are asked for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from voxct.alignment.acula import Acula
from voxct.alignment.encoder import AlignedEncoder
from voxct.alignment.losses import cosine_distance, info_nce
from voxct.alignment.pairs import PairMaker, Pairs


@dataclass(frozen=True)
class Recipe:
    """Weights of the losses (0 leaves one out) and the schedule. Rates: linear warm-up, then a cosine to a fiftieth."""

    contrast: float = 1.0
    distillation: float = 0.0
    """lambda of SpeechCT-CLIP."""
    cka: float = 0.0
    masked: float = 0.0
    mask_false_negatives: bool = True
    steps: int = 450
    warmup_steps: int = 40
    rate: float = 2e-3
    weight_decay: float = 0.02


class Aligner(nn.Module):
    """The encoder with what only training needs: the temperature, and AcuLa's projectors and decoder."""

    def __init__(self, encoder: AlignedEncoder, recipe: Recipe, acula: Acula | None = None):
        super().__init__()
        self.encoder, self.recipe, self.acula = encoder, recipe, acula
        self.log_scale = nn.Parameter(torch.tensor(1 / 0.07).log())

    def losses(self, pairs: Pairs) -> dict[str, Tensor]:
        """Every loss whose weight is not 0, unweighted."""
        recipe, out = self.recipe, {}
        with torch.autocast("cpu", torch.bfloat16):
            speech = self.encoder(pairs.frames, pairs.mask)
        if recipe.contrast and pairs.stating.sum() > 1:
            agree = pairs.agree if recipe.mask_false_negatives else torch.eye(len(pairs.agree), dtype=torch.bool)
            out["contrast"] = info_nce(speech[pairs.stating], pairs.ct, agree, self.log_scale)
        if recipe.distillation:
            out["distillation"] = cosine_distance(speech, pairs.text)
        if recipe.cka:
            out["cka"] = self.acula.cka_loss(speech, pairs.clips)
        if recipe.masked:
            with torch.autocast("cpu", torch.bfloat16):
                out["masked"] = self.acula.masked_loss(self.encoder, pairs.frames, pairs.mask)
        return out


def rate_share(step: int, recipe: Recipe) -> float:
    if step < recipe.warmup_steps:
        return (step + 1) / recipe.warmup_steps
    passed = (step - recipe.warmup_steps) / max(1, recipe.steps - recipe.warmup_steps)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, passed)))


def train_alignment(aligner: Aligner, maker: PairMaker, report: Callable[[dict], None], every: int = 50) -> None:
    """Trains in place for the recipe's steps; `report` gets the mean losses of each `every` steps."""
    recipe = aligner.recipe
    optimizer = torch.optim.AdamW(aligner.parameters(), betas=(0.9, 0.98), weight_decay=recipe.weight_decay)
    window: dict[str, list[float]] = {}
    started = time.monotonic()
    aligner.train()
    for step, pairs in zip(range(recipe.steps), maker, strict=False):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * rate_share(step, recipe)
        losses = aligner.losses(pairs)
        total = sum(losses[name] * getattr(recipe, name) for name in losses)
        optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(aligner.parameters(), 1.0)
        optimizer.step()
        for name, value in losses.items():
            window.setdefault(name, []).append(value.item())
        if (step + 1) % every == 0 or step + 1 == recipe.steps:
            figures = {name: round(float(np.mean(values)), 4) for name, values in window.items()}
            report({"step": step + 1, "seconds": round(time.monotonic() - started, 1), **figures})
            window = {}
    aligner.eval()
