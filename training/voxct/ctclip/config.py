"""Sizes of CT-CLIP (scripts/run_zero_shot.py of its repository) and of a reduced one for tests."""

from dataclasses import dataclass, field

SIDE_MM = 360.0
"""Edge of the cube that CT-CLIP sees: 240 x 1.5 mm = 480 x 0.75 mm."""


@dataclass(frozen=True)
class TextConfig:
    """BERT. The default is microsoft/BiomedVLP-CXR-BERT-specialized."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 768
    layers: int = 12
    heads: int = 12
    feed_forward: int = 3072


@dataclass(frozen=True)
class CtClipConfig:
    """shape and patch along the network's axes S, L, P; `layers` in each of the two transformers."""

    shape: tuple[int, int, int] = (240, 480, 480)
    patch: tuple[int, int, int] = (10, 20, 20)
    width: int = 512
    layers: int = 4
    heads: int = 8
    head_width: int = 32
    feed_forward: int = 1365
    bias_width: int = 512
    codebook: int = 8192
    latent: int = 512
    text: TextConfig = field(default_factory=TextConfig)

    @property
    def grid(self) -> tuple[int, int, int]:
        z, y, x = (size // step for size, step in zip(self.shape, self.patch, strict=True))
        return z, y, x

    @property
    def patch_voxels(self) -> int:
        return self.patch[0] * self.patch[1] * self.patch[2]

    @property
    def frame_pixels(self) -> int:
        return self.patch[1] * self.patch[2]

    @property
    def spacing_mm(self) -> tuple[float, float, float]:
        z, y, x = (SIDE_MM / size for size in self.shape)
        return z, y, x


FULL = CtClipConfig()
REDUCED = CtClipConfig(
    shape=(24, 48, 48), patch=(4, 8, 8), width=64, heads=2, feed_forward=170, bias_width=64, codebook=128, latent=64,
    text=TextConfig(vocabulary=160, positions=64, width=128, layers=2, heads=2, feed_forward=256),
)  # fmt: skip
"""Every module and every quirk, 6 x 6 x 6 tokens; feed_forward is no multiple of 4, as in the full one."""
