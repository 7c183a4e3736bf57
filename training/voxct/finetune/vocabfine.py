"""VocabFine: the CT-CLIP tower tuned through its prompts (CT-CLIP, scripts/ct_vocabfine_train.py).

For every finding the sentence that fits the label and its opposite compete: softmax over the two scaled cosines,
squared error against (1, 0). The reference tunes both towers; here the text tower is frozen: three encoders share it.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.ct.augment import augment_volumes
from voxct.ct.ctclip import CtClipImage
from voxct.ct.training import to_rate_factor
from voxct.ct.validation import validate_image_tower
from voxct.data.chunks import INT8_DIVISOR, Chunk
from voxct.data.shuffled import ShuffledCases


@dataclass(frozen=True)
class VocabFineConfig:
    minutes: float = 4.0
    rate: float = 1e-4
    """The reference has 1e-5 for ten epochs of 46,717 volumes; ours has a few minutes."""
    weight_decay: float = 0.1
    batch_size: int = 8
    warmup_steps: int = 20
    max_steps: int = 1_000_000


def vocabfine_loss(embedding: Tensor, prompts: Tensor, labels: Tensor, scale: float) -> Tensor:
    """embedding [b, d], prompts [18, 2, d], labels [b, 18]. Mean over findings of (1 - P(the sentence that fits))^2."""
    margins = scale * embedding @ (prompts[:, 0] - prompts[:, 1]).T
    fits = torch.sigmoid(margins * (2 * labels - 1))
    return (1 - fits).square().mean()


def tune_with_prompts(
    tower: CtClipImage, prompts: Tensor, scale: float, train: list[Chunk], validation: list[Chunk],
    config: VocabFineConfig, log_path: Path, seed: int,
) -> dict:  # fmt: skip
    """Tunes the tower in place and validates it at the end. The last weights count, whatever they give."""
    optimizer = torch.optim.AdamW(tower.parameters(), lr=config.rate, weight_decay=config.weight_decay)
    batches, generator = ShuffledCases(train, seed), torch.Generator().manual_seed(seed)
    tower.train()
    started, step, losses = time.monotonic(), 0, []
    while True:
        share = max((time.monotonic() - started) / 60 / config.minutes, step / config.max_steps)
        if share >= 1:
            break
        volumes, labels = batches.draw(config.batch_size)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            embedding = tower(augment_volumes(volumes.float() / INT8_DIVISOR, generator)).float()
        loss = vocabfine_loss(embedding, prompts, labels, scale)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
        optimizer.param_groups[0]["lr"] = config.rate * to_rate_factor(share, step, config.warmup_steps)
        optimizer.step()
        losses.append(loss.item())
        step += 1
    figures = validate_image_tower(tower, validation, prompts)
    report = {"steps": step, "first_loss": mean_of(losses[:20]), "last_loss": mean_of(losses[-20:]), **figures}
    log_path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return report


def mean_of(values: list[float]) -> float:
    return round(float(np.mean(values)), 4)
