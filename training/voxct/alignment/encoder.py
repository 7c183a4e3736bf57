"""The speech encoder of rows 4 and 6: a frozen pretrained trunk, and a plain head that each row trains."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.speech.model import Block, SpeechConfig, SpeechEncoder

WEIGHTS = ("average", "encoder")


def load_pretrained(file: Path) -> SpeechEncoder:
    """The acoustic encoder of a checkpoint {"config", "encoder", "average" if there is one}, in evaluation mode."""
    state = torch.load(file, map_location="cpu", weights_only=True)
    encoder = SpeechEncoder(SpeechConfig(**state["config"]))
    encoder.load_state_dict(next(state[name] for name in WEIGHTS if name in state))
    return encoder.eval()


def frozen_trunk(encoder: SpeechEncoder) -> SpeechEncoder:
    """A copy whose `encode` gives the frames after the last block, [batch, frames, width], and the mask."""
    trunk = copy.deepcopy(encoder)
    trunk.last_norm = nn.Identity()
    return trunk.eval().requires_grad_(False)


class PlainHead(nn.Module):
    """Frames [batch, frames, width] to a unit embedding: gated sum over the frames, then an MLP.

    As in the text tower, each frame adds what is said there and most add nothing: several findings are no harder
    than one. The head knows nothing of the 18 findings: no prototypes, no three-way answers as in the bundled encoder.
    """

    def __init__(self, width: int, dimension: int, spots: int = 2):
        super().__init__()
        inner = spots * width
        self.norm = nn.LayerNorm(width)
        self.value, self.gate = nn.Linear(width, inner), nn.Linear(width, inner)
        self.mix, self.project = nn.Linear(inner, inner), nn.Linear(inner, dimension)
        nn.init.constant_(self.gate.bias, -3.0)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """mask [batch, frames, 1]: 1 where there is speech, 0 in the padding."""
        x = self.norm(x)
        seen = (F.gelu(self.value(x)) * torch.sigmoid(self.gate(x)) * mask).sum(1)
        return F.normalize(self.project(seen + F.gelu(self.mix(seen))).float(), dim=-1)


class AlignedEncoder(nn.Module):
    """Frames of the frozen trunk (40 ms) to the unit embedding: the plain head, below it `blocks` further blocks.

    The further blocks begin as identity; AcuLa's masked modelling needs one, since the trunk itself is frozen.
    """

    def __init__(self, config: SpeechConfig, blocks: int = 0):
        super().__init__()
        self.blocks = nn.ModuleList(begin_as_identity(Block(config, 0.0)) for _ in range(blocks))
        self.head = PlainHead(config.width, config.dimension)

    def refine(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Frames [batch, frames, width] through the further blocks."""
        bias = (mask[:, None, None, :, 0] - 1) * 1e4
        for block in self.blocks:
            frames = block(frames, mask, bias)
        return frames

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        return self.head(self.refine(frames, mask), mask)


def begin_as_identity(block: Block) -> Block:
    """The block adds nothing until it has learnt to."""
    for last in (block.attend_out, block.mix_out, block.feed_out):
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
    return block
