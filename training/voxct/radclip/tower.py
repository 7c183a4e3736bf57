"""The image side of RadCLIP: 2-D encoder, slice pooling, projection into the frozen text space.

Its parts carry the names of the CT-CLIP tower's (visual_transformer, to_visual_latent), so that validation, parity and
the pack's code take either.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from voxct.ct.attention import to_unit
from voxct.radclip.config import RadClipConfig
from voxct.radclip.pooling import SlicePooling
from voxct.radclip.slices import SliceEncoder


class SliceTransformer(nn.Module):
    """volume [b, 1, *shape] -> weighted tokens [b, *grid, width], axes S, L, P."""

    def __init__(self, config: RadClipConfig) -> None:
        super().__init__()
        self.encoder = SliceEncoder(config)
        self.pooling = SlicePooling(config.grid[0], config.width, config.pool_heads)

    def forward(self, volume: Tensor) -> Tensor:
        return self.pooling(self.encoder(volume))


class PooledProjection(nn.Module):
    """tokens [b, z, h, w, width] -> un-normalised latent [b, latent]: their mean times one matrix."""

    def __init__(self, width: int, latent: int) -> None:
        super().__init__()
        self.shared = nn.Parameter(torch.randn(width, latent) * width**-0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        return tokens.mean((1, 2, 3)) @ self.shared


class RadClipImage(nn.Module):
    """volume [b, 1, *shape] -> unit embedding [b, latent]."""

    def __init__(self, config: RadClipConfig) -> None:
        super().__init__()
        self.config = config
        self.visual_transformer = SliceTransformer(config)
        self.to_visual_latent = PooledProjection(config.width, config.latent)

    def forward(self, volume: Tensor) -> Tensor:
        return to_unit(self.to_visual_latent(self.visual_transformer(volume)))


class PooledHead(nn.Module):
    """tokens [1, z, h, w, width], directions [n, latent] -> embedding [1, latent], heat [n, z, h, w].

    heat = (W d) . token / (tokens * |e|) with d of unit length; the sum of a direction's heat is cos(d, e).
    """

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.register_buffer("weight", weight.detach().clone())

    def forward(self, tokens: Tensor, directions: Tensor) -> tuple[Tensor, Tensor]:
        _, depth, height, columns, width = tokens.shape
        rows = tokens.reshape(depth * height * columns, width)
        latent = rows.mean(0, keepdim=True) @ self.weight
        length = (latent.square().sum(-1, keepdim=True) + 1e-12).sqrt()
        pulled = to_unit(directions) @ self.weight.T
        heat = (pulled @ rows.T) / (depth * height * columns * length)
        return latent / length, heat.reshape(-1, depth, height, columns)


def load_radclip(path: Path | str) -> RadClipImage:
    """A file of save_image_tower."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    tower = RadClipImage(RadClipConfig(**saved["config"]))
    tower.load_state_dict(saved["state"])
    return tower.eval()
