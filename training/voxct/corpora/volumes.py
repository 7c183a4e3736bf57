"""A CT volume with its axes named, whatever file it came from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.refusals import Refused

OPPOSITE = dict(zip("LRPASI", "RLAPIS", strict=True))
SPACING_MM = (0.2, 10.0)
SPACING_NOISE_MM = 2e-6
EXTENT_MM = (80.0, 2500.0)
SMALLEST_SIZE = 8
MOST_VOXELS = 2_000_000_000


@dataclass(frozen=True)
class HuVolume:
    """values [a, b, c] in stored order; axis_codes say towards what each index increases (LPS letters);
    spacing_mm along the same axes; notes: what was decided while reading.
    """

    values: NDArray
    axis_codes: str
    spacing_mm: tuple[float, float, float]
    notes: tuple[str, ...] = ()

    def with_values(self, values: NDArray, *notes: str) -> HuVolume:
        return replace(self, values=values, notes=(*self.notes, *notes))


def snap_spacing(mm: float) -> float:
    """A spacing without the noise of computing it: float32 headers and differences of positions give 0.9999999 or
    0.699999988 for 1 and 0.7, and the truncation of sizes (ct_input.py) would make a whole voxel of that. As the app
    does (src/domain/geometry/spacing.ts); exact fractions such as 375/512 lie further from four digits and stay.
    """
    plain = math.floor(mm * 1e4 + 0.5) / 1e4
    return plain if abs(mm - plain) < SPACING_NOISE_MM else mm


def turn_axes(volume: HuVolume, codes: str) -> tuple[NDArray, tuple[float, ...]]:
    """A view with its axes permuted and flipped to `codes`, and the spacing in that order."""
    order = [next(n for n, code in enumerate(volume.axis_codes) if code in (want, OPPOSITE[want])) for want in codes]
    flips = [volume.axis_codes[axis] != want for axis, want in zip(order, codes, strict=True)]
    view = volume.values.transpose(order)[tuple(slice(None, None, -1 if flip else 1) for flip in flips)]
    return view, tuple(volume.spacing_mm[axis] for axis in order)


def check_geometry(volume: HuVolume) -> None:
    """Raises Refused for sizes and spacings that no CT of a trunk has."""
    shape, spacing = volume.values.shape, volume.spacing_mm
    if len(shape) != 3:
        raise Refused(f"has {len(shape)} axes ({'×'.join(map(str, shape))}), not 3")
    if min(shape) < SMALLEST_SIZE or np.prod(shape, dtype=np.int64) > MOST_VOXELS:
        raise Refused(f"has {'×'.join(map(str, shape))} voxels: not a CT volume")
    if not all(SPACING_MM[0] <= s <= SPACING_MM[1] for s in spacing):
        shown = " × ".join(f"{s:g}" for s in spacing)
        raise Refused(f"spacing {shown} mm lies outside {SPACING_MM[0]:g} to {SPACING_MM[1]:g} mm")
    extents = [n * s for n, s in zip(shape, spacing, strict=True)]
    if not all(EXTENT_MM[0] <= e <= EXTENT_MM[1] for e in extents):
        shown = " × ".join(f"{e:.0f}" for e in extents)
        raise Refused(f"covers {shown} mm: too small or too large for a chest")
