"""CTViT in miniature: volume -> tokens. Modules and their names follow CT-CLIP's ctvit.py."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.ct.attention import AxialTransformer
from voxct.ct.config import CtTowerConfig
from voxct.ct.detail import DetailBranch
from voxct.ct.position_bias import ContinuousPositionBias


class PatchRearrange(nn.Module):
    """'b c (t pt) (h p1) (w p2) -> b t h w (c pt p1 p2)' with c = 1."""

    def __init__(self, config: CtTowerConfig) -> None:
        super().__init__()
        self.grid, self.patch = config.grid, config.patch

    def forward(self, volume: Tensor) -> Tensor:
        (t, h, w), (pt, p1, p2) = self.grid, self.patch
        split = volume.reshape(-1, t, pt, h, p1, w, p2)
        return split.permute(0, 1, 3, 5, 2, 4, 6).reshape(-1, t, h, w, pt * p1 * p2)


class CosineCodebook(nn.Module):
    """Vector quantisation at inference: every token becomes the codebook row nearest to it by cosine, as stored.

    Rows of a trained CT-CLIP codebook are running means of unit vectors: near unit length, not of it.
    """

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.register_buffer("embed", F.normalize(torch.randn(1, size, width), dim=-1))

    def forward(self, tokens: Tensor) -> Tensor:
        codes = (F.normalize(tokens, dim=-1) @ F.normalize(self.embed[0], dim=-1).T).argmax(-1)
        return self.embed[0][codes]


class CtVit(nn.Module):
    """volume [b, 1, *shape] in [-1, 1] -> tokens [b, *grid, width], axes S, L, P."""

    def __init__(self, config: CtTowerConfig) -> None:
        super().__init__()
        self.config = config
        self.to_patch_emb = nn.Sequential(
            PatchRearrange(config),
            nn.LayerNorm(config.patch_voxels) if config.patch_norm else nn.Identity(),
            nn.Linear(config.patch_voxels, config.width),
            nn.LayerNorm(config.width),
        )
        self.detail = DetailBranch(config) if config.detail_width else None
        _, height, columns = config.grid
        self.spatial_rel_pos_bias = ContinuousPositionBias(config.bias_width, config.heads, height, columns)
        self.enc_spatial_transformer = AxialTransformer(config, config.spatial_layers, attended=2)
        self.enc_temporal_transformer = AxialTransformer(config, config.temporal_layers, attended=1)
        self.vq = CosineCodebook(config.codebook, config.width) if config.codebook else nn.Identity()

    def forward(self, volume: Tensor) -> Tensor:
        return self.encode(volume, self.spatial_rel_pos_bias())[1]

    def encode(self, volume: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens after the spatial transformer and at the end, [b, *grid, width] each; bias of spatial attention."""
        local = None if self.detail is None else self.detail.describe(volume)
        spatial = self.enc_spatial_transformer(self.embed_patches(volume, local), bias)
        columns = self.enc_temporal_transformer(spatial.permute(0, 2, 3, 1, 4).contiguous())
        tokens = self.vq(columns.permute(0, 3, 1, 2, 4).contiguous())
        return spatial, tokens if local is None else self.detail.read_out(tokens, local)

    def embed_patches(self, volume: Tensor, local: Tensor | None) -> Tensor:
        if local is None:
            return self.to_patch_emb(volume)
        rearrange, patch_norm, project, norm = self.to_patch_emb
        return norm(project(patch_norm(rearrange(volume))) + self.detail.project(local))
