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
        self.drop = nn.Dropout(config.dropout)
        self.register_buffer("prototypes", space.prototypes.clone())
        self.register_buffer("nothing", space.nothing.clone())

    def forward(self, frames: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        taps = frames.split(self.config.states, -1)
        x = torch.cat([norm(tap) for norm, tap in zip(self.norms, taps, strict=True)], -1)
        x = self.drop(F.gelu(self.enter(x)))
        bias = (mask[:, None, None, :, 0] - 1) * 1e4
        for block in self.blocks:
            x = block(x, mask, bias)
        told = self.reader(self.last_norm(x), mask).log_softmax(-1)
        raw = told[..., 1:3].exp().flatten(1) @ self.prototypes + self.nothing
        return raw / torch.sqrt(raw.square().sum(-1, keepdim=True) + 1e-12), told
