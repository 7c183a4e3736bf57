"""A state dict with the real one's names and random numbers: what tests and the tiny pack are made of."""

import math

import torch
from torch import Tensor

from voxct.astra.architecture import Architecture
from voxct.astra.folding import list_shapes

SMALL = Architecture(blocks=(2, 2, 3, 1), width=4, shape=(32, 64, 64))
"""Grid (2, 2, 2), tokens of 128 numbers, some 150 KB."""


def draw_state(architecture: Architecture, seed: int, dtype: torch.dtype = torch.float32) -> dict[str, Tensor]:
    """Normalisations near the identity and weights of He's scale keep activations in the range of a trained network."""
    source = torch.Generator().manual_seed(seed)
    return {name: draw(name, shape, source).to(dtype) for name, shape in list_shapes(architecture).items()}


def draw(name: str, shape: tuple[int, ...], source: torch.Generator) -> Tensor:
    if len(shape) == 1:
        kind = name.rsplit(".", 1)[1]
        if kind in ("weight", "running_var"):
            return torch.rand(shape, generator=source) + 0.5
        return torch.randn(shape, generator=source) * 0.1
    return torch.randn(shape, generator=source) * math.sqrt(2 / math.prod(shape[1:])) / 1.5
