"""The status tower as a task of the one training loop (voxct/contrastive/loop.py)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.text.statements import drop_words
from voxct.text.status_tower import StatusTeacher, StatusTower, save_status_tower
from voxct.text.statuses import STATUSES, StatusText, draw_joined, write_digits
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import to_padded_ids
from voxct.text.training import hide_words

WEIGHTS = (1.0, 3.0, 3.0, 3.0, 3.0)
"""Of the statuses: most findings are not mentioned in most texts."""
JOINED_SHARE = 0.3
WORD_DROP, UNKNOWN_SHARE, DIGITS_SHARE = 0.03, 0.03, 0.5


class StatusTask:
    """See voxct.contrastive.loop.Task. A step's batch is a function of seed and step."""

    def __init__(self, tower: StatusTower, tokenizer: WordTokenizer, train: list[StatusText],
                 held_out: list[StatusText], batch: int, seed: int, joined: float = JOINED_SHARE) -> None:  # fmt: skip
        self.modules, self.tokenizer = tower, tokenizer
        self.train, self.held_out, self.batch, self.seed, self.joined = train, held_out, batch, seed, joined

    def batches(self, first: int, last: int) -> Iterator[dict]:
        for step in range(first, last):
            source = random.Random(f"{self.seed} {step}")
            if source.random() < self.joined:
                drawn = [draw_joined(self.train, source, source.choice((2, 4, 10))) for _ in range(self.batch // 3)]
            else:
                drawn = source.sample(self.train, min(self.batch, len(self.train)))
            ids = self.to_ids([hear_badly(text.text, source) for text in drawn])
            yield {"ids": hide_words(ids, UNKNOWN_SHARE), "statuses": torch.tensor([text.statuses for text in drawn])}

    def to_ids(self, texts: list[str]) -> Tensor:
        return to_padded_ids([self.tokenizer.encode(text, self.modules.config.max_length) for text in texts])

    def loss(self, modules: nn.Module, batch: dict) -> tuple[Tensor, dict[str, float]]:
        modules.train()
        _, told = modules(batch["ids"])
        weights = torch.tensor(WEIGHTS)
        loss = F.nll_loss(told.float().flatten(0, 1), batch["statuses"].flatten(), weights)
        return loss, {}

    def validate(self) -> dict:
        return measure_statuses(StatusTeacher(self.modules, self.tokenizer), self.held_out) | self.unfreeze()

    def unfreeze(self) -> dict:
        """A teacher freezes its tower."""
        self.modules.requires_grad_(True)
        return {}

    def export(self, out: Path) -> None:
        save_status_tower(out, self.modules, self.tokenizer)


def hear_badly(text: str, source: random.Random) -> str:
    """Some words missing, and half of the texts with digits."""
    text = write_digits(text) if source.random() < DIGITS_SHARE else text
    return drop_words(text, source, WORD_DROP) if source.random() < 0.5 else text


def measure_statuses(teacher: StatusTeacher, texts: list[StatusText]) -> dict:
    """Share of stated findings read with their status, a status; of opposite polarity; texts with a false mention.

    score: the mean of the four shares, less false mentions.
    """
    _, told = teacher.encode([text.text for text in texts])
    return count_statuses(told.argmax(-1).numpy(), np.array([text.statuses for text in texts]))


def count_statuses(called: np.ndarray, truth: np.ndarray) -> dict:
    """called, truth int [n, 18]."""
    found = {
        f"{name}_found": round(float((called[truth == n] == n).mean()), 4)
        for n, name in enumerate(STATUSES)
        if n > 0 and (truth == n).any()
    }
    turned = ((called == 1) & (truth == 2)) | ((called == 2) & (truth == 1))
    firm = np.isin(truth, (1, 2)).sum()
    false = ((called > 0) & (truth == 0)).any(1).mean()
    figures = {**found, "turned": round(float(turned.sum() / max(firm, 1)), 4), "false_mention": round(float(false), 4)}
    return {**figures, "score": round(float(np.mean(list(found.values())) - false), 4)}
