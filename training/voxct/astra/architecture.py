"""Sizes of the trunk, so that the real one and a small one of the same shape take the same way."""

from dataclasses import dataclass
from math import prod

EXPANSION = 4
"""Channels of a bottleneck's output a plane (He et al. 2015)."""
STEM_KERNEL = (3, 7, 7)
STEM_STRIDE = (1, 2, 2)
POOL = 3
POOL_STRIDE = 2
IMAGE_CHANNELS = 3
"""The inflated network was one for colour images: it sees the one channel three times."""


@dataclass(frozen=True)
class Architecture:
    """blocks: bottlenecks a stage; width: channels of the stem; shape: voxels of the input along S, R, A."""

    blocks: tuple[int, ...] = (3, 8, 36, 3)
    width: int = 64
    shape: tuple[int, int, int] = (160, 224, 224)

    @property
    def dimension(self) -> int:
        """Channels of a token."""
        return self.planes(len(self.blocks) - 1) * EXPANSION

    @property
    def grid(self) -> tuple[int, int, int]:
        """Tokens along S, R, A: the pool halves S, stem and pool quarter the plane, every later stage halves all."""
        halvings = len(self.blocks) - 1
        depth, height, column = (ceil_halved(n, k) for n, k in zip(self.shape, (1, 2, 2), strict=True))
        return tuple(ceil_halved(n, halvings) for n in (depth, height, column))

    @property
    def tokens(self) -> int:
        return prod(self.grid)

    def planes(self, stage: int) -> int:
        return self.width * 2**stage

    def inputs(self, stage: int) -> int:
        """Channels that a stage is given."""
        return self.width if stage == 0 else self.planes(stage - 1) * EXPANSION

    def list_blocks(self) -> list[tuple[int, int]]:
        """(stage, index) of every bottleneck in order."""
        return [(stage, index) for stage, count in enumerate(self.blocks) for index in range(count)]


REAL = Architecture()


def ceil_halved(n: int, times: int) -> int:
    """Places left after strided layers with padding of half a kernel."""
    for _ in range(times):
        n = -(-n // 2)
    return n
