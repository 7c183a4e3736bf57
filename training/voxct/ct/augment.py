"""Augmentations of the CT input. No flips: sides matter in reports."""

import torch
from torch import Tensor
from torch.nn import functional as F


def augment_volumes(volumes: Tensor, generator: torch.Generator) -> Tensor:
    """float [b, 1, z, y, x] -> the same shape: another scanner's blur, gain, offset, noise, shifts."""
    b = volumes.shape[0]
    volumes = torch.stack([blur_volume(volume, generator) for volume in volumes])
    gain = 1 + 0.02 * torch.randn(b, 1, 1, 1, 1, generator=generator)
    offset = 0.008 * torch.randn(b, 1, 1, 1, 1, generator=generator)
    noise = 0.02 * torch.rand(b, 1, 1, 1, 1, generator=generator)
    jittered = volumes * gain + offset + noise * torch.randn(volumes.shape, generator=generator)
    shifted = [shift_volume(volume, generator) for volume in jittered.clamp_(-1, 1)]
    return torch.stack(shifted)


BLUR_CHANCE = 0.3


def blur_volume(volume: Tensor, generator: torch.Generator) -> Tensor:
    """[1, z, y, x]. At times thicker slices (along z) or a softer kernel (in the plane): weights (w, 1 - 2w, w)."""
    for axis in ("z", "plane"):
        if float(torch.rand(1, generator=generator)) < BLUR_CHANCE:
            weight = 0.25 * float(torch.rand(1, generator=generator))
            for dim in (1,) if axis == "z" else (2, 3):
                volume = smooth_along(volume, dim, weight)
    return volume


def smooth_along(volume: Tensor, dim: int, weight: float) -> Tensor:
    """Neighbours mixed in along one axis; the ends keep their values."""
    inner = volume.narrow(dim, 1, volume.shape[dim] - 2)
    before, after = (volume.narrow(dim, start, volume.shape[dim] - 2) for start in (0, 2))
    mixed = (1 - 2 * weight) * inner + weight * (before + after)
    ends = volume.narrow(dim, 0, 1), volume.narrow(dim, volume.shape[dim] - 1, 1)
    return torch.cat([ends[0], mixed, ends[1]], dim)


def shift_volume(volume: Tensor, generator: torch.Generator) -> Tensor:
    """[1, z, y, x], moved by -1..1 slice and -2..2 voxels in the plane; what comes in from outside is air (-1)."""
    reach = (1, 2, 2)
    moves = [int(torch.randint(-r, r + 1, (1,), generator=generator)) for r in reach]
    padded = F.pad(volume, (2, 2, 2, 2, 1, 1), value=-1.0)
    z, y, x = (r + move for r, move in zip(reach, moves, strict=True))
    return padded[:, z : z + volume.shape[1], y : y + volume.shape[2], x : x + volume.shape[3]]
