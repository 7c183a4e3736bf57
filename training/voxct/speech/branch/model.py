"""The trainable branch on the frozen Whisper encoder: what was said of each finding, and the embedding of the pack.

SpeechCT-CLIP (arXiv 2510.02322) adapts upper layers of Whisper base and a pooled projection, and freezes what lies
below. Here the published encoder stays whole, since the transcript needs it; the branch hears its fourth layer beside
its last, by 40 ms frames, and learns two layers of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.findings import FINDING_IDS
from voxct.speech.model import Block, SpeechConfig
from voxct.text.pack_space import PackSpace
from voxct.text.statuses import STATUSES


@dataclass(frozen=True)
class BranchConfig:
    """`taps`: outputs of the encoder that are heard, each `states` wide."""

    states: int = 512
    taps: int = 2
    width: int = 256
    blocks: int = 2
    heads: int = 4
    kernel: int = 15
    dropout: float = 0.1
    deafness: float = 0.0
    """Share of the encoder's channels that training does not hear in a frame."""
    pooled: int = 1
    """Frames of 40 ms that are averaged: 2 halves the work."""


class StatusReader(nn.Module):
    """Frames [b, n, width], mask [b, n, 1] -> logits [b, 18, 5]. As StateReader, with four ways to be mentioned.

    Each finding is spotted in some frames, and its status is read from these frames alone, which have heard the others.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.spot = nn.Linear(width, len(FINDING_IDS))
        self.shared = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, len(STATUSES) - 1))
        self.own = nn.Linear(width, len(FINDING_IDS) * (len(STATUSES) - 1))
        nn.init.constant_(self.spot.bias, -6.0)
        nn.init.zeros_(self.own.weight)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        spots = self.spot(x).float() + (mask - 1) * 1e4
        loudest = torch.amax(spots, 1, keepdim=True)
        rises = torch.exp(spots - loudest)
        total = rises.sum(1, keepdim=True)
        spotted = (torch.log(total) + loudest)[:, 0, :, None]
        places = (rises / total).transpose(1, 2)
        status = places @ self.shared(x).float()
        own = self.own(x).float().unflatten(-1, (len(FINDING_IDS), -1))
        status = status + (places[..., None] * own.transpose(1, 2)).sum(2)
        return torch.cat([torch.zeros_like(spotted), spotted + status], -1)


class SpeechBranch(nn.Module):
    """frames [b, n, taps * states] of 40 ms, mask [b, n, 1] (1 where speech is) -> embedding [b, d], unit, and
    log P(status) [b, 18, 5].

    The embedding is the pack's mixture of prototypes, so its dual directions read P(present) and P(absent) from it.
    """

    def __init__(self, config: BranchConfig, space: PackSpace) -> None:
        super().__init__()
        self.config = config
        self.norms = nn.ModuleList(nn.LayerNorm(config.states) for _ in range(config.taps))
        self.enter = nn.Linear(config.taps * config.states, config.width)
        sizes = SpeechConfig(width=config.width, heads=config.heads, kernel=config.kernel)
        self.blocks = nn.ModuleList(Block(sizes, config.dropout) for _ in range(config.blocks))
        self.last_norm = nn.LayerNorm(config.width)
        self.reader = StatusReader(config.width)
        self.drop, self.deaf = nn.Dropout(config.dropout), nn.Dropout(config.deafness)
        self.register_buffer("prototypes", space.prototypes.clone())
        self.register_buffer("nothing", space.nothing.clone())

    def listen(self, frames: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """[b, n / pooled, width], after the branch's own layers, and its mask."""
        if self.config.pooled > 1:
            frames, mask = pool_frames(frames, mask, self.config.pooled)
        taps = frames.split(self.config.states, -1)
        x = torch.cat([norm(tap) for norm, tap in zip(self.norms, taps, strict=True)], -1)
        x = self.drop(F.gelu(self.enter(self.deaf(x))))
        bias = (mask[:, None, None, :, 0] - 1) * 1e4
        for block in self.blocks:
            x = block(x, mask, bias)
        return self.last_norm(x), mask

    def forward(self, frames: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        told = self.reader(*self.listen(frames, mask)).log_softmax(-1)
        raw = told[..., 1:3].exp().flatten(1) @ self.prototypes + self.nothing
        return raw / torch.sqrt(raw.square().sum(-1, keepdim=True) + 1e-12), told


def pool_frames(frames: Tensor, mask: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Means over `count` neighbours, of those that are speech; a last group may be short."""

    def pool(x: Tensor) -> Tensor:
        return F.avg_pool1d(F.pad(x.transpose(1, 2), (0, count - 1)), count).transpose(1, 2)

    share = pool(mask)
    return pool(frames * mask) / share.clamp(min=1 / count), (share > 0).to(mask.dtype)


class ProjectedBranch(SpeechBranch):
    """The paper's form: pooled by attention and projected, free of the text's prototypes. What is said of each
    finding is not learnt: log P(status) is that of "not mentioned" for all.
    """

    def __init__(self, config: BranchConfig, space: PackSpace) -> None:
        super().__init__(config, space)
        self.look = nn.Linear(config.width, 1)
        self.project = nn.Sequential(
            nn.Linear(2 * config.width, config.width), nn.GELU(), nn.Linear(config.width, space.dimension)
        )
        self.reader.requires_grad_(False)

    def forward(self, frames: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        x, mask = self.listen(frames, mask)
        weights = (self.look(x).float() + (mask - 1) * 1e4).softmax(1)
        mean = (x * mask).sum(1) / mask.sum(1)
        pooled = torch.cat([(x * weights).sum(1), mean], -1)
        told = x.new_full((len(x), len(FINDING_IDS), len(STATUSES)), -1e4)
        told[..., 0] = 0
        return F.normalize(self.project(pooled).float(), dim=-1), told
