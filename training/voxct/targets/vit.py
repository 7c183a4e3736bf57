"""A plain ViT over a CT volume, with or without HLIP's slice attention (Zch0414/hlip, src/hlip/visual_encoder.py)."""

import torch
from torch import Tensor, nn

from voxct.targets.attention import MOST_BYTES, Block
from voxct.targets.config import EncoderConfig
from voxct.targets.pooling import ClsPooling, build_pooling


class PlainVit(nn.Module):
    """volume [b, 1, *shape] -> weighted tokens [b, *grid, width], whose mean is the pooled vector."""

    def __init__(self, config: EncoderConfig, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Linear(config.patch_voxels, config.width)
        self.places = nn.Parameter(0.02 * torch.randn(1, config.tokens, config.width))
        self.pooling = build_pooling(config)
        self.has_cls = isinstance(self.pooling, ClsPooling)
        # The CLS pooling holds the last block itself.
        sizes = (config.width, config.heads, config.feed_forward, config.norm_eps, most_bytes)
        self.blocks = nn.ModuleList(Block(*sizes) for _ in range(config.layers - self.has_cls))
        self.cls_token = nn.Parameter(0.02 * torch.randn(1, 1, config.width)) if self.has_cls else None

    def forward(self, volume: Tensor) -> Tensor:
        x = self.embed(self.cut_patches(volume)) + self.places
        if self.cls_token is not None:
            x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], dim=1)
        for number, block in enumerate(self.blocks):
            x = block(x) if self.config.attends_whole(number) else self.attend_slices(block, x, number)
        return self.pooling(x).view(-1, *self.config.grid, self.config.width)

    def cut_patches(self, volume: Tensor) -> Tensor:
        """[b, tokens, patch voxels], voxels of a patch in the order of the axes."""
        (z, y, x), (a, b, c) = self.config.grid, self.config.patch
        cut = volume.reshape(-1, z, a, y, b, x, c).permute(0, 1, 3, 5, 2, 4, 6)
        return cut.reshape(-1, z * y * x, a * b * c)

    def attend_slices(self, block: Block, x: Tensor, number: int) -> Tensor:
        """One block on each layer of tokens alone, with the CLS token in each; then CLS is their mean again.

        HLIP keeps a CLS token a slice through successive slice layers and averages them only before the next layer
        over the whole scan: here `join` and `part` do nothing between two of them.
        """
        depth = self.config.grid[0]
        first = number == 0 or self.config.attends_whole(number - 1)
        last = self.config.attends_whole(number + 1)
        slices = self.part(x, depth) if first else x
        slices = block(slices)
        return self.join(slices, depth) if last else slices

    def part(self, x: Tensor, depth: int) -> Tensor:
        """[b, cls + tokens, width] -> [b * depth, cls + tokens / depth, width]."""
        cls, tokens = x[:, : self.has_cls], x[:, self.has_cls :]
        b, count, width = tokens.shape
        rows = tokens.reshape(b * depth, count // depth, width)
        if not self.has_cls:
            return rows
        copies = cls[:, None].expand(b, depth, 1, width).reshape(b * depth, 1, width)
        return torch.cat([copies, rows], dim=1)

    def join(self, x: Tensor, depth: int) -> Tensor:
        """The inverse of part; the slices' CLS tokens become their mean."""
        cls, rows = x[:, : self.has_cls], x[:, self.has_cls :]
        b, width = len(x) // depth, x.shape[-1]
        tokens = rows.reshape(b, -1, width)
        return torch.cat([cls.reshape(b, depth, 1, width).mean(1), tokens], dim=1) if self.has_cls else tokens
