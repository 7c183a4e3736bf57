"""Augmentations of the CT input. No flips: sides matter in reports."""

import torch
from torch import Tensor
from torch.nn import functional as F


def augment_volumes(volumes: Tensor, generator: torch.Generator) -> Tensor:
    """float [b, 1, z, y, x] -> the same shape: gain, offset (about 10 HU), noise and shifts of at most 2 voxels."""
    b = volumes.shape[0]
    gain = 1 + 0.02 * torch.randn(b, 1, 1, 1, 1, generator=generator)
    offset = 0.008 * torch.randn(b, 1, 1, 1, 1, generator=generator)
    noise = 0.02 * torch.rand(b, 1, 1, 1, 1, generator=generator)
    jittered = volumes * gain + offset + noise * torch.randn(volumes.shape, generator=generator)
    shifted = [shift_volume(volume, generator) for volume in jittered.clamp_(-1, 1)]
    return torch.stack(shifted)


def shift_volume(volume: Tensor, generator: torch.Generator) -> Tensor:
    """[1, z, y, x], moved by -1..1 slice and -2..2 voxels in the plane; what comes in from outside is air (-1)."""
    reach = (1, 2, 2)
    moves = [int(torch.randint(-r, r + 1, (1,), generator=generator)) for r in reach]
    padded = F.pad(volume, (2, 2, 2, 2, 1, 1), value=-1.0)
    z, y, x = (r + move for r, move in zip(reach, moves, strict=True))
    return padded[:, z : z + volume.shape[1], y : y + volume.shape[2], x : x + volume.shape[3]]
