"""A CT encoder's input by area (Astra's chest preprocessing): crop to the foreground, average, clip, scale.

The averages are those of torch's adaptive_avg_pool (interpolate's mode `area`): place i of N takes the voxels
⌊i·n/N⌋ … ⌈(i+1)·n/N⌉ − 1 of n, each with the same weight. Spacing plays no part: any scan fills the shape.
"""

import numpy as np
from numpy.typing import NDArray


def area_spec(shape: tuple[int, int, int]) -> dict:
    """Astra's: axes S, R, A; crop to the box of HU > -1000; (HU + 1000) / 1200 in 0…1."""
    return {
        "axisCodes": "SRA",
        "shape": list(shape),
        "interpolation": "area",
        "foregroundHu": -1000,
        "huClip": [-1000, 200],
        "huOffset": -1000,
        "huDivisor": 1200,
    }


def to_area_input(values: NDArray, spec: dict) -> NDArray[np.float32]:
    """HU [a, b, c] along the spec's axes -> [*spec.shape], scaled."""
    resized = crop_to_foreground(values, spec["foregroundHu"])
    for axis, size in enumerate(spec["shape"]):
        resized = average_axis(resized, axis, size)
    clipped = np.clip(resized, *np.float32(spec["huClip"]))
    return (clipped - np.float32(spec.get("huOffset", 0))) / np.float32(spec["huDivisor"])


def crop_to_foreground(values: NDArray, threshold: float) -> NDArray:
    """The smallest box that holds every voxel above the threshold; a volume without any stays whole."""
    above = values > threshold
    box = []
    for axis in range(3):
        places = np.flatnonzero(above.any(axis=tuple(other for other in range(3) if other != axis)))
        if not len(places):
            return values
        box.append(slice(int(places[0]), int(places[-1]) + 1))
    return values[tuple(box)]


def average_axis(values: NDArray, axis: int, size: int) -> NDArray[np.float32]:
    """Bins may overlap by a voxel, and repeat voxels where the axis has fewer than `size`."""
    moved = np.moveaxis(values, axis, 0)
    n = len(moved)
    out = np.empty((size, *moved.shape[1:]), np.float32)
    for place in range(size):
        start, end = place * n // size, -(-(place + 1) * n // size)
        np.mean(moved[start:end], axis=0, dtype=np.float32, out=out[place])
    return np.moveaxis(out, 0, axis)
