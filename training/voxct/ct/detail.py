"""What a linear patch embedding cannot tell: a nodule of two voxels from a vessel. A small convolutional branch."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.ct.config import CtTowerConfig

SLAB = 2
"""Slices a slab; each slab sees one slice more on either side."""
CELL = 2
"""Pixels a side that become channels before the first convolution."""
MIXED = 96
"""Local features a token."""
READ = 192
"""Hidden width of the read-out."""


class DetailBranch(nn.Module):
    """Local features of a volume; `project` adds them to the patch embedding, `read_out` to the final tokens.

    Both additions are zero at the start.

    Slabs of two slices with their neighbours pass three 2-D convolutions (3-D ones are slow on WebGPU), to a quarter
    of the in-plane resolution; the cells of a token are then projected together.
    """

    def __init__(self, config: CtTowerConfig) -> None:
        super().__init__()
        self.config = config
        channels, seen = config.detail_width, (SLAB + 2) * CELL * CELL
        self.first = nn.Conv2d(seen, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, stride=2, padding=1)
        self.third = nn.Conv2d(channels, channels, 3, padding=1)
        cells = (config.patch[0] // SLAB) * (config.patch[1] // 4) * (config.patch[2] // 4)
        self.mix = nn.Linear(cells * channels, MIXED)
        self.project = nn.Linear(MIXED, config.width)
        self.weigh = nn.Linear(config.width + MIXED, READ)
        self.amplify = nn.Linear(READ, config.width)
        for last in (self.project, self.amplify):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def read_out(self, tokens: Tensor, local: Tensor) -> Tensor:
        """Final tokens with what local features say in their context added. No norm follows: the mean over 1,728 tokens
        drowns a finding of two tokens unless those two may become as loud as they need to be.
        """
        return tokens + self.amplify(F.gelu(self.weigh(torch.cat([tokens, local], -1))))

    def describe(self, volume: Tensor) -> Tensor:
        """Local features of every token, [b, *grid, MIXED]; any volume of whole tokens, not only `config.shape`."""
        x = F.gelu(self.first(to_slabs(volume)))
        x = F.gelu(self.second(x))
        x = F.gelu(self.third(x) + x)
        grid = [size // step for size, step in zip(volume.shape[2:], self.config.patch, strict=True)]
        return F.gelu(self.mix(self.gather_cells(x, *grid)))

    def gather_cells(self, x: Tensor, t: int, h: int, w: int) -> Tensor:
        """[b * slabs, channels, rows, columns] -> [b, t, h, w, cells * channels]."""
        slabs = self.config.patch[0] // SLAB
        rows, columns = self.config.patch[1] // 4, self.config.patch[2] // 4
        split = x.reshape(-1, t, slabs, x.shape[1], h, rows, w, columns)
        return split.permute(0, 1, 4, 6, 2, 5, 7, 3).reshape(-1, t, h, w, slabs * rows * columns * x.shape[1])


def to_slabs(volume: Tensor) -> Tensor:
    """[b, 1, z, y, x] -> [b * z / 2, 16, y / 2, x / 2]: four slices by four pixels as channels; air outside."""
    b, _, z, y, x = volume.shape
    padded = F.pad(volume[:, 0], (0, 0, 0, 0, 1, 1), value=-1.0)
    parts = [padded[:, start : start + z].reshape(b, z // SLAB, SLAB, y, x) for start in (0, 2)]
    slices = [parts[0][:, :, 0], parts[0][:, :, 1], parts[1][:, :, 0], parts[1][:, :, 1]]
    cells = [
        part.reshape(b * (z // SLAB), y // CELL, CELL, x // CELL, CELL).permute(0, 2, 4, 1, 3).flatten(1, 2)
        for part in slices
    ]
    return torch.cat(cells, 1)
