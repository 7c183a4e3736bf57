"""One pass of the text tower's training and its validation."""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from voxct.findings import list_prompts
from voxct.metrics import mean_auroc
from voxct.text.losses import align_to_prompts, contrast_equal_states, spread_prompts, to_margins
from voxct.text.statements import Statement, draw_long_statement, drop_words
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTower, to_padded_ids


@dataclass(frozen=True)
class TextTrainingConfig:
    steps: int = 1500
    batch_size: int = 96
    long_batch_size: int = 32
    long_share: float = 0.3
    learning_rate: float = 2e-3
    warmup_steps: int = 60
    weight_decay: float = 0.05
    temperature: float = 0.07
    word_drop: float = 0.03
    unknown_share: float = 0.02
    contrast_weight: float = 0.3
    spread_weight: float = 0.3
    minutes: float = 10.0


class Alignment(nn.Module):
    """Learned scale and offset of the prompt loss and a direct three-way head; they do not leave the training."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.head = nn.Linear(width, 3 * 18)
        nn.init.zeros_(self.head.weight)
        self.log_scale = nn.Parameter(torch.tensor(math.log(8.0)))
        self.offset = nn.Parameter(torch.tensor(0.35))


def draw_batch(
    pool: list[Statement], config: TextTrainingConfig, source: random.Random, long_share: float
) -> list[Statement]:
    """Single sentences and report-like joins take turns at random; some words are left out."""
    if source.random() < long_share:
        drawn = [
            draw_long_statement(pool, source, most=source.choice((3, 5, 5, 14))) for _ in range(config.long_batch_size)
        ]
    else:
        drawn = source.sample(pool, min(config.batch_size, len(pool)))
    return [Statement(drop_words(s.text, source, config.word_drop), s.states) for s in drawn]


def to_ids(texts: list[str], tokenizer: WordTokenizer, max_length: int) -> Tensor:
    return to_padded_ids([tokenizer.encode(text, max_length) for text in texts])


def to_learning_rate(step: int, steps: int, warmup: int, peak: float) -> float:
    """Linear warm-up, then a cosine to a fiftieth of the peak."""
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min((step - warmup) / max(steps - warmup, 1), 1.0)
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))


def text_loss(tower: TextTower, alignment: Alignment, ids: Tensor, states: Tensor, prompt_ids: Tensor,
              config: TextTrainingConfig) -> tuple[Tensor, dict[str, float]]:  # fmt: skip
    prompts = tower(prompt_ids).view(18, 2, -1)
    pooled = tower.pool(ids)
    latents = nn.functional.normalize(tower.to_text_latent(pooled), dim=-1)
    direct = tell_states_apart(alignment.head(pooled), states)
    align = align_to_prompts(latents, prompts, states, alignment.log_scale.exp(), alignment.offset)
    contrast = contrast_equal_states(latents, states, config.temperature)
    spread = spread_prompts(prompts)
    total = 3 * direct + align + config.contrast_weight * contrast + config.spread_weight * spread
    return total, {"direct": direct.item(), "align": align.item(), "contrast": contrast.item(), "spread": spread.item()}


def train_text_tower(tower: TextTower, tokenizer: WordTokenizer, pool: list[Statement], config: TextTrainingConfig,
                     seed: int, report: Callable[[dict], None]) -> None:  # fmt: skip
    """Trains in place. Stops at `steps` or `minutes`, whichever comes first; the rate follows the slower of the two."""
    source = random.Random(seed)
    alignment = Alignment(tower.config.width)
    optimizer = torch.optim.AdamW(
        [*tower.parameters(), *alignment.parameters()], betas=(0.9, 0.98), weight_decay=config.weight_decay
    )
    prompt_ids = to_ids(list_prompts(), tokenizer, tower.config.max_length)
    started = time.monotonic()
    for step in range(config.steps):
        elapsed_share = (time.monotonic() - started) / 60 / config.minutes
        if elapsed_share >= 1:
            break
        progress = max(step, int(elapsed_share * config.steps))
        rate = to_learning_rate(progress, config.steps, config.warmup_steps, config.learning_rate)
        for group in optimizer.param_groups:
            group["lr"] = rate
        batch = draw_batch(pool, config, source, config.long_share if 3 * progress > config.steps else 0.0)
        ids = hide_words(to_ids([s.text for s in batch], tokenizer, tower.config.max_length), config.unknown_share)
        loss, parts = text_loss(tower, alignment, ids, torch.tensor([s.states for s in batch]), prompt_ids, config)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
        optimizer.step()
        if step % 25 == 0:
            report(
                {
                    "step": step,
                    "seconds": round(time.monotonic() - started, 1),
                    "long": len(batch) == config.long_batch_size,
                    **parts,
                }
            )


def tell_states_apart(logits: Tensor, states: Tensor) -> Tensor:
    """Three-way cross entropy a finding: not mentioned, present, absent. logits [n, 54], states [n, 18]."""
    weight = torch.tensor([1.0, 3.0, 3.0])
    return nn.functional.cross_entropy(logits.view(-1, 3), (states % 3).flatten(), weight=weight)


def hide_words(ids: Tensor, share: float) -> Tensor:
    """Turns a share of the words into [UNK] (id 2), so that an unknown word does no harm later."""
    hidden = (torch.rand(ids.shape) < share) & (ids > 2)
    return ids.masked_fill(hidden, 2)


@torch.no_grad()
def validate_text_tower(encode: Callable[[list[str]], Tensor], statements: list[Statement]) -> dict[str, float]:
    """AUROC. said: present against all else; denied: absent against all else; polarity: among the mentioned."""
    states = np.array([s.states for s in statements])
    prompts = encode(list_prompts()).view(18, 2, -1)
    margins = to_margins(encode([s.text for s in statements]), prompts).numpy()
    mentioned = states != 0
    directions = torch.nn.functional.normalize(prompts[:, 0] - prompts[:, 1], dim=-1)
    overlap = (directions @ directions.T - torch.eye(18)).abs()
    return {
        "n": len(statements),
        "said_auroc": mean_auroc((states > 0).astype(int), margins),
        "denied_auroc": mean_auroc((states < 0).astype(int), -margins),
        "polarity_auroc": mean_auroc((states[mentioned] > 0).astype(int)[:, None], margins[mentioned][:, None]),
        "margin_present": float(margins[states > 0].mean()),
        "margin_absent": float(margins[states < 0].mean()),
        "margin_other_abs": float(np.abs(margins[states == 0]).mean()),
        "worst_direction_overlap": float(overlap.max()),
    }
