"""A CT encoder's input from HU: the Python twin of src/domain/ct/toCtInput.ts. `spec` is the manifest's ct.input.

`trilinear`, in the order of CT-CLIP's data_inference_nii.py: clip, turn the axes, F.interpolate (trilinear, no corner
alignment) to int(n * spacing / target), divide, centre crop, pad (configs/ct_input.json). `area`, Astra's: see
area_input.py.
"""

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from voxct.corpora.area_input import to_area_input
from voxct.corpora.volumes import HuVolume, snap_spacing, turn_axes


def ct_clip_spec(shape: tuple[int, int, int], spacing_mm: tuple[float, float, float]) -> dict:
    """CT-CLIP's input (axes S, L, P; window of +-1000 HU) at a model's size and spacing."""
    return {
        "axisCodes": "SLP",
        "shape": list(shape),
        "spacingMm": list(spacing_mm),
        "interpolation": "trilinear",
        "sizeRounding": "truncate",
        "huClip": [-1000, 1000],
        "huDivisor": 1000,
        "padValue": -1,
        "cropRule": "centre",
    }


def prepare_input(volume: HuVolume, spec: dict) -> NDArray[np.float32]:
    """Values [*spec.shape] along spec.axisCodes."""
    values, spacing_mm = turn_axes(volume, spec["axisCodes"])
    return to_input(values, spacing_mm, spec)


def to_input(values: NDArray, spacing_mm: tuple[float, ...] | list[float], spec: dict) -> NDArray[np.float32]:
    """HU [a, b, c] and their spacing in mm, both along the spec's axes already -> [*spec.shape]."""
    if spec.get("interpolation") == "area":
        return to_area_input(values, spec)
    spacings = [snap_spacing(mm) for mm in spacing_mm]
    size = [max(1, int(n * (s / t))) for n, s, t in zip(values.shape, spacings, spec["spacingMm"], strict=True)]
    clipped = torch.from_numpy(np.clip(np.asarray(values, np.float32), *spec["huClip"]))[None, None]
    resampled = F.interpolate(clipped, size=size, mode="trilinear", align_corners=False)[0, 0].numpy()
    out = np.full(spec["shape"], spec["padValue"], np.float32)
    pairs = [overlap(n, wanted) for n, wanted in zip(size, spec["shape"], strict=True)]
    kept = resampled[tuple(source for source, _ in pairs)]
    out[tuple(to for _, to in pairs)] = (kept - np.float32(spec.get("huOffset", 0))) / np.float32(spec["huDivisor"])
    return out


def overlap(n: int, wanted: int) -> tuple[slice, slice]:
    """Where an axis of n is read and written in one of `wanted`: crop or pad about the centre."""
    start, before, length = max((n - wanted) // 2, 0), max((wanted - n) // 2, 0), min(n, wanted)
    return slice(start, start + length), slice(before, before + length)
