"""Copies of a scan as another reconstruction, scanner or field of view might give it: is the own scan found by them?"""

from collections.abc import Callable
from pathlib import Path

import nibabel
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, zoom

from voxct.corpora.volumes import HuVolume

SPACING_FACTOR = 1.4
SMOOTHING_MM = 1.0
NOISE_HU = 40.0
CROPPED_SHARE = 0.85
Alteration = Callable[[HuVolume, np.random.Generator], HuVolume]


def change_spacing(volume: HuVolume, _: np.random.Generator) -> HuVolume:
    """Voxels 1.4 times as long along every axis, trilinear."""
    values = zoom(volume.values.astype(np.float32), 1 / SPACING_FACTOR, order=1)
    return replace(volume, values, [SPACING_FACTOR] * 3)


def smooth(volume: HuVolume, _: np.random.Generator) -> HuVolume:
    """A softer kernel: Gaussian, standard deviation 1 mm along every axis."""
    widths = [SMOOTHING_MM / spacing for spacing in volume.spacing_mm]
    return replace(volume, gaussian_filter(volume.values.astype(np.float32), widths))


def add_noise(volume: HuVolume, source: np.random.Generator) -> HuVolume:
    """A lower dose: white noise of 40 HU."""
    return replace(volume, volume.values + source.normal(0, NOISE_HU, volume.values.shape).astype(np.float32))


def keep_every(step: int) -> Alteration:
    """Slices left out: every `step`-th stays."""

    def keep(volume: HuVolume, _: np.random.Generator) -> HuVolume:
        axis = next(n for n, code in enumerate(volume.axis_codes) if code in "SI")
        factors = [step if n == axis else 1 for n in range(3)]
        return replace(volume, volume.values[tuple(slice(None, None, factor) for factor in factors)], factors)

    return keep


def crop(volume: HuVolume, _: np.random.Generator) -> HuVolume:
    """The middle 85 % along every axis."""
    margins = [round(n * (1 - CROPPED_SHARE) / 2) for n in volume.values.shape]
    box = tuple(slice(margin, n - margin) for margin, n in zip(margins, volume.values.shape, strict=True))
    return replace(volume, volume.values[box])


ALTERATIONS: dict[str, Alteration] = {
    "spacing": change_spacing,
    "smoothed": smooth,
    "noisy": add_noise,
    "every-second-slice": keep_every(2),
    "every-fifth-slice": keep_every(5),
    "cropped": crop,
}


def replace(volume: HuVolume, values: NDArray, factors: list[float] | None = None) -> HuVolume:
    spacing = tuple(s * f for s, f in zip(volume.spacing_mm, factors or [1, 1, 1], strict=True))
    return HuVolume(values, volume.axis_codes, spacing)


def write_scan(volume: HuVolume, path: Path) -> None:
    """int16 NIfTI with its axes in the affine, origin at the first voxel."""
    affine = np.eye(4)
    affine[:3, :3] = 0
    for n, (code, spacing) in enumerate(zip(volume.axis_codes, volume.spacing_mm, strict=True)):
        affine["RLAPSI".index(code) // 2, n] = spacing if code in "RAS" else -spacing
    values = np.clip(np.rint(volume.values), -32768, 32767).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(values, affine), path)
