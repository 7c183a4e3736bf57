"""Scans cut otherwise than a chest CT: what a guard must refuse although every voxel of it is a chest's."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Hu = NDArray[np.float32]
Spacing = tuple[float, float, float]
"""mm along S, L, P, as the HU's axes."""

SMALL_FIELD_MM = 180.0
LUNG_SLAB_MM = 100.0
APEX_MM = 70.0
ABDOMEN_MM = 110.0
MIDDLE_MM = 120.0
THICK_MM = 5.0


def take(hu: Hu, spacing: Spacing, middle: tuple[float, float, float], size_mm: tuple[float | None, ...]) -> Hu:
    """The box of a size about a place; middle in shares of the axes, None: the whole axis."""
    parts = []
    for n, mm, share, wanted in zip(hu.shape, spacing, middle, size_mm, strict=True):
        length = n if wanted is None else min(n, round(wanted / mm))
        start = int(np.clip(round(share * n - length / 2), 0, n - length))
        parts.append(slice(start, start + length))
    return hu[tuple(parts)]


def thicken(hu: Hu, spacing: Spacing) -> tuple[Hu, Spacing]:
    """Means of neighbouring sagittal planes, as a reformat in thick ones has them."""
    count = max(1, round(THICK_MM / spacing[1]))
    whole = hu.shape[1] // count * count
    means = hu[:, :whole].reshape(hu.shape[0], -1, count, hu.shape[2]).mean(2, dtype=np.float32)
    return means, (spacing[0], spacing[1] * count, spacing[2])


def small_field(right: float, front: float) -> Callable[[Hu, Spacing], tuple[Hu, Spacing]]:
    size = (None, SMALL_FIELD_MM, SMALL_FIELD_MM)
    return lambda hu, spacing: (take(hu, spacing, (0.5, right, front), size), spacing)


def lung_slab(right: float, height: float) -> Callable[[Hu, Spacing], tuple[Hu, Spacing]]:
    return lambda hu, spacing: (
        take(hu, spacing, (height, right, 0.5), (LUNG_SLAB_MM, hu.shape[1] * spacing[1] / 2, None)),
        spacing,
    )


def sagittal_middle(hu: Hu, spacing: Spacing) -> tuple[Hu, Spacing]:
    return thicken(take(hu, spacing, (0.5, 0.5, 0.5), (None, MIDDLE_MM, None)), spacing)


def apex(hu: Hu, spacing: Spacing) -> tuple[Hu, Spacing]:
    return take(hu, spacing, (1, 0.5, 0.5), (APEX_MM, None, None)), spacing


def abdomen(hu: Hu, spacing: Spacing) -> tuple[Hu, Spacing]:
    return take(hu, spacing, (0, 0.5, 0.5), (ABDOMEN_MM, None, None)), spacing


RECUTS: dict[str, Callable[[Hu, Spacing], tuple[Hu, Spacing]]] = {
    "field of view of 180 mm, right lung": small_field(0.3, 0.5),
    "field of view of 180 mm, left lung": small_field(0.7, 0.5),
    "field of view of 180 mm, heart": small_field(0.5, 0.4),
    "slab of the right lung": lung_slab(0.25, 0.5),
    "slab of the left lung": lung_slab(0.75, 0.6),
    "sagittal reformat of the middle": sagittal_middle,
    "apex": apex,
    "lowest part": abdomen,
}
"""Right is where L is small."""
REAL_ALONE: dict[str, Callable[[Hu, Spacing], tuple[Hu, Spacing]]] = {"sagittal reformat": thicken}
"""Of a phantom this is another scanner's picture, which the guard lets pass."""
