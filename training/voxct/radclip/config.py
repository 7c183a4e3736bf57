"""Sizes of the RadCLIP tower. RadCLIP itself: CLIP ViT-L/14 on 224 x 224 slices, width 768."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RadClipConfig:
    """shape along the network's axes S, L, P."""

    shape: tuple[int, int, int] = (72, 96, 96)
    slab: int = 3
    """Adjacent slices that make one image, as its channels; CLIP's images have three."""
    channels: tuple[int, int] = (24, 48)
    """Of the convolutions at a half and a quarter of the in-plane resolution."""
    width: int = 96
    blocks: int = 2
    heads: int = 3
    feed_forward: int = 192
    pool_heads: int = 8
    latent: int = 128

    @property
    def grid(self) -> tuple[int, int, int]:
        """Images along S, patches of 8 x 8 pixels along L and P."""
        return self.shape[0] // self.slab, self.shape[1] // 8, self.shape[2] // 8
