"""SpeechCT-CLIP's adaptation as a task of the one loop: InfoNCE against scans + lambda (1 - cos) to the text teacher.

Beside them the cross-entropy of the statuses, and of present against absent, as in the recipe of the small encoder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.contrastive.checkpoints import save_atomically
from voxct.speech.branch.features import FeatureStore
from voxct.speech.branch.model import SpeechBranch
from voxct.speech.losses import contrastive_loss, states_agree
from voxct.text.pack_space import PackSpace
from voxct.text.status_task import count_statuses

WEIGHTS = (1.0, 4.0, 4.0, 4.0, 4.0)
MASKED_S, MASKS = 0.3, 3
PAIR_SHARE = 0.5
PACES = (0.85, 1.18)
"""A clip's own pace is this many times another's."""
FRAMES_A_SECOND = 25


@dataclass(frozen=True)
class LossWeights:
    """lambda of the distillation; the paper does not report it."""

    contrast: float = 0.1
    distillation: float = 1.0
    status: float = 1.0
    polarity: float = 0.3


class BranchModules(nn.Module):
    """The branch and the temperature that only training needs."""

    def __init__(self, branch: SpeechBranch) -> None:
        super().__init__()
        self.branch = branch
        self.log_scale = nn.Parameter(torch.tensor(1 / 0.07).log())


class BranchTask:
    """See voxct.contrastive.loop.Task. `teacher` f32[len(train), d]: the text tower's embedding of each row's words."""

    def __init__(self, modules: BranchModules, train: FeatureStore, held_out: FeatureStore, teacher: Tensor,
                 space: PackSpace, weights: LossWeights, seconds: float, seed: int) -> None:  # fmt: skip
        self.modules, self.train, self.held_out = modules, train, held_out
        self.teacher, self.space, self.weights, self.seed = teacher, space, weights, seed
        self.statuses = torch.tensor([row.statuses for row in train.rows])
        self.lengths = np.array([row.frames for row in train.rows])
        self.most_frames = round(seconds * FRAMES_A_SECOND)

    def batches(self, first: int, last: int) -> Iterator[dict]:
        """Clips of like length, as many as fill `seconds`; each step draws its own."""
        by_length = np.argsort(self.lengths, kind="stable")
        for step in range(first, last):
            rng = np.random.default_rng((self.seed, step))
            start = int(rng.integers(len(by_length)))
            longest = self.lengths[by_length[min(start + 400, len(by_length) - 1)]]
            pool = by_length[max(0, start - 400) : start + 400]
            rows = rng.choice(pool, min(len(pool), max(8, self.most_frames // int(longest))), replace=False)
            yield self.collate(rows, rng)

    def collate(self, rows: np.ndarray, rng: np.random.Generator) -> dict:
        """Half of the batches speak in pairs, one clip behind the other: few texts make many, and no place is fixed."""
        first, second = self.pair(rows)
        if len(first) and rng.random() < PAIR_SHARE:
            pairs = zip(first, second, strict=True)
            parts = [np.concatenate([self.hear(a, rng), self.hear(b, rng)]) for a, b in pairs]
            statuses = self.statuses[first] + self.statuses[second]
            teacher = self.space.embed_states(to_states(statuses))
        else:
            parts, statuses, teacher = (
                [self.hear(n, rng) for n in rows],
                self.statuses[rows],
                self.teacher[rows],
            )
        frames, mask = pad_frames(parts)
        hide_frames(frames, rng)
        return {"frames": frames, "mask": mask, "statuses": statuses, "teacher": teacher}

    def hear(self, row: int, rng: np.random.Generator) -> np.ndarray:
        return change_pace(self.train.frames(int(row)), rng.uniform(*PACES))

    def pair(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Neighbours of the drawn rows in which no finding is mentioned twice."""
        half = len(rows) // 2
        first, second = rows[:half], rows[half : 2 * half]
        apart = ~((self.statuses[first] > 0) & (self.statuses[second] > 0)).any(1).numpy()
        return first[apart], second[apart]

    def loss(self, modules: nn.Module, batch: dict) -> tuple[Tensor, dict[str, float]]:
        modules.train()
        embedding, told = modules.branch(batch["frames"], batch["mask"])
        embedding, told = embedding.float(), told.float()
        states = to_states(batch["statuses"])
        parts = {
            "contrast": self.contrast(embedding, states, modules.log_scale),
            "distillation": 1 - (embedding * batch["teacher"]).sum(-1).mean(),
            "status": F.nll_loss(told.flatten(0, 1), batch["statuses"].flatten(), torch.tensor(WEIGHTS)),
            "polarity": polarity(told, states),
        }
        total = sum(getattr(self.weights, name) * part for name, part in parts.items())
        return total, {name: part.item() for name, part in parts.items()}

    def contrast(self, embedding: Tensor, states: Tensor, log_scale: Tensor) -> Tensor:
        """Clips that state something against all scans; every scan that bears all of it out is a positive."""
        stating = states.abs().sum(1) > 0
        agree = states_agree(states[stating], self.space.labels)
        if not agree.any():
            return embedding.sum() * 0
        return contrastive_loss(embedding[stating], self.space.scans, agree, log_scale)

    def validate(self) -> dict:
        called = call_all(self.modules.branch, self.held_out)
        return count_statuses(called.argmax(-1), np.array([row.statuses for row in self.held_out.rows]))

    def export(self, out: Path) -> None:
        branch = self.modules.branch
        save_atomically(out / "branch.pt", {"config": asdict(branch.config), "state": branch.state_dict()})


def to_states(statuses: Tensor) -> Tensor:
    """Indices into STATUSES -> 1 present, -1 absent, 0 all else."""
    return (statuses == 1).long() - (statuses == 2).long()


def polarity(told: Tensor, states: Tensor) -> Tensor:
    """Mean over firm statements of the logistic loss of present against absent."""
    lead = (told[..., 1] - told[..., 2]) * states
    return (F.softplus(-lead) * states.abs()).sum() / states.abs().sum().clamp(min=1)


def pad_frames(parts: list[np.ndarray]) -> tuple[Tensor, Tensor]:
    """float32 [n, longest, width] and the mask [n, longest, 1]."""
    frames = torch.zeros(len(parts), max(map(len, parts)), parts[0].shape[1])
    mask = torch.zeros(*frames.shape[:2], 1)
    for row, part in enumerate(parts):
        frames[row, : len(part)] = torch.from_numpy(part.astype(np.float32))
        mask[row, : len(part)] = 1
    return frames, mask


def change_pace(frames: np.ndarray, pace: float) -> np.ndarray:
    """Frames [n, width] of speech that is `pace` times as fast: each the nearest one in time."""
    count = max(1, round(len(frames) / pace))
    return frames[np.minimum((np.arange(count) * pace).round().astype(int), len(frames) - 1)]


def hide_frames(frames: Tensor, rng: np.random.Generator) -> None:
    """Up to three stretches of .3 s a clip fall silent (SpecAugment, Park et al. 2019), in place."""
    longest = round(MASKED_S * FRAMES_A_SECOND)
    for clip in frames:
        for _ in range(rng.integers(0, MASKS + 1)):
            start = rng.integers(0, max(1, len(clip) - longest))
            clip[start : start + rng.integers(1, longest + 1)] = 0


@torch.no_grad()
def call_all(branch: SpeechBranch, store: FeatureStore, batch: int = 16) -> np.ndarray:
    """P(status) of every row, [n, 18, 5], rows of like length together."""
    branch.eval()
    order = np.argsort([row.frames for row in store.rows], kind="stable")
    told = np.zeros((len(store), 18, 5), np.float32)
    for at in range(0, len(order), batch):
        rows = order[at : at + batch]
        frames, mask = pad_frames([store.frames(int(row)) for row in rows])
        told[rows] = branch(frames, mask)[1].exp().numpy()
    return told
