"""Sizes of the CT tower. CT-CLIP itself: dim 512, shape 240x480x480, patch 10x20x20, 4+4 layers, 8 heads of 32, VQ."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CtTowerConfig:
    """shape and patch along the network's axes S, L, P."""

    shape: tuple[int, int, int] = (72, 96, 96)
    patch: tuple[int, int, int] = (6, 8, 8)
    width: int = 128
    spatial_layers: int = 3
    temporal_layers: int = 3
    heads: int = 4
    head_width: int = 32
    feed_forward: int = 256
    bias_width: int = 64
    latent: int = 128
    codebook: int = 0
    patch_norm: bool = False
    """CT-CLIP normalises every patch before the projection, which hides its mean HU; off in the bundled pack."""
    detail_width: int = 0
    """Channels of the convolutional detail branch beside the patch embedding; 0 = none, as in CT-CLIP."""

    @property
    def grid(self) -> tuple[int, int, int]:
        z, y, x = (size // step for size, step in zip(self.shape, self.patch, strict=True))
        return z, y, x

    @property
    def patch_voxels(self) -> int:
        return self.patch[0] * self.patch[1] * self.patch[2]
