"""The 2-D encoder: every image alone, three adjacent slices as its channels -> patch tokens."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.radclip.config import RadClipConfig

CELL = 2
"""Pixels a side that become channels before the first convolution."""


def to_images(volume: Tensor, slab: int) -> Tensor:
    """[b, 1, z, y, x] -> [b * z / slab, slab * 4, y / 2, x / 2]."""
    b, _, z, y, x = volume.shape
    split = volume.reshape(b * (z // slab), slab, y // CELL, CELL, x // CELL, CELL)
    return split.permute(0, 1, 3, 5, 2, 4).reshape(-1, slab * CELL * CELL, y // CELL, x // CELL)


class ConvStem(nn.Module):
    """Images [n, slab * 4, y / 2, x / 2] -> [n, width, y / 8, x / 8]: plain 3 x 3 convolutions, which WebGPU runs."""

    def __init__(self, config: RadClipConfig) -> None:
        super().__init__()
        fine, coarse = config.channels
        self.first = nn.Conv2d(config.slab * CELL * CELL, fine, 3, padding=1)
        self.second = nn.Conv2d(fine, coarse, 3, stride=2, padding=1)
        self.third = nn.Conv2d(coarse, coarse, 3, padding=1)
        self.fourth = nn.Conv2d(coarse, config.width, 3, stride=2, padding=1)

    def forward(self, images: Tensor) -> Tensor:
        x = F.gelu(self.second(F.gelu(self.first(images))))
        return self.fourth(F.gelu(self.third(x) + x))


class SliceBlock(nn.Module):
    """Pre-norm attention and feed-forward over one image's patches, x [n, patches, width]."""

    def __init__(self, config: RadClipConfig) -> None:
        super().__init__()
        width, self.heads = config.width, config.heads
        self.norm = nn.LayerNorm(width)
        self.to_qkv = nn.ModuleList(nn.Linear(width, width, bias=False) for _ in range(3))
        self.to_out = nn.Linear(width, width)
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, config.feed_forward), nn.GELU(), nn.Linear(config.feed_forward, width)
        )

    def forward(self, x: Tensor) -> Tensor:
        n, length, width = x.shape
        seen = self.norm(x)
        q, k, v = (f(seen).view(n, length, self.heads, -1).transpose(1, 2) for f in self.to_qkv)
        shares = (q * q.shape[-1] ** -0.5 @ k.transpose(-1, -2)).softmax(-1)
        x = x + self.to_out((shares @ v).transpose(1, 2).reshape(n, length, width))
        return x + self.feed_forward(x)


class SliceEncoder(nn.Module):
    """volume [b, 1, *shape] in [-1, 1] -> patch tokens [b, *grid, width]. Knows nothing of an image's place along S."""

    def __init__(self, config: RadClipConfig) -> None:
        super().__init__()
        self.config = config
        _, rows, columns = config.grid
        self.stem = ConvStem(config)
        self.norm_in = nn.LayerNorm(config.width)
        self.places = nn.Parameter(0.02 * torch.randn(1, rows * columns, config.width))
        self.blocks = nn.ModuleList(SliceBlock(config) for _ in range(config.blocks))
        self.norm_out = nn.LayerNorm(config.width)

    def forward(self, volume: Tensor) -> Tensor:
        x = self.stem(to_images(volume, self.config.slab))
        x = self.norm_in(x.flatten(2).transpose(1, 2)) + self.places
        for block in self.blocks:
            x = block(x)
        return self.norm_out(x).view(-1, *self.config.grid, self.config.width)
