"""Writes fixtures/golden/ct_input: small volumes and the CT encoder input that PyTorch makes of them.

The reference follows CT-CLIP's `data_inference_nii.py`: clip, transpose, `F.interpolate` (trilinear, without corner
alignment) to int(n * spacing / target), divide, centre crop, pad. How the axes must be turned is written by hand in
each case, so that the browser's own search for the closest axes is checked too.

Run from the repository root: python training/scripts/make_golden_ct_input.py
"""

import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
import torch
import torch.nn.functional as F
from make_tiny_fixture import save_json

OUT = Path(__file__).resolve().parents[2] / "fixtures" / "golden" / "ct_input"


@dataclass(frozen=True)
class Case:
    name: str
    size: tuple[int, int, int]  # i, j, k
    spacing_mm: tuple[float, float, float]  # i, j, k
    origin_lps_mm: tuple[float, float, float]
    direction_lps: tuple[tuple[float, float, float], ...]
    axis_codes: str
    shape: tuple[int, int, int]
    target_spacing_mm: tuple[float, float, float]
    # From the stored array [k, j, i] to the tensor's axes: a transpose, then the tensor axes to flip.
    transpose: tuple[int, int, int]
    flip: tuple[int, ...]
    # Value = (clipped HU - offset) / divisor; an offset of None is left out of the spec.
    hu_clip: tuple[float, float] = (-1000, 1000)
    hu_offset: float | None = None
    hu_divisor: float = 1000
    pad_value: float = -1


AXIAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SLP = (5.0, 3.75, 3.75)

CASES = [
    Case("axial", (26, 22, 17), (2.9, 2.9, 4.0), (-40.0, -30.0, 100.0), AXIAL, "SLP", (10, 16, 16), SLP, (0, 2, 1), ()),
    # Slices from the head down: k runs to Inferior.
    Case(
        "axial-head-first",
        (24, 20, 15),
        (3.3, 3.3, 2.5),
        (-40.0, -30.0, 180.0),
        ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
        "SLP",
        (9, 16, 20),
        SLP,
        (0, 2, 1),
        (0,),
    ),
    # Coronal slices: i to Left, j to Inferior, k to Posterior.
    Case(
        "coronal",
        (21, 25, 13),
        (3.1, 3.7, 6.0),
        (-30.0, -60.0, 90.0),
        ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)),
        "SLP",
        (14, 18, 18),
        SLP,
        (1, 2, 0),
        (0,),
    ),
    # A NIfTI whose i runs to Right and j to Anterior, turned by five degrees about the long axis.
    Case(
        "ras-oblique",
        (19, 23, 11),
        (4.1, 3.2, 5.5),
        (38.0, 41.0, -20.0),
        (
            (-0.9961946980917455, -0.08715574274765817, 0.0),
            (0.08715574274765817, -0.9961946980917455, 0.0),
            (0.0, 0.0, 1.0),
        ),
        "SLP",
        (12, 16, 16),
        SLP,
        (0, 2, 1),
        (1, 2),
    ),
    # Another model's axes: tensor index increases to Superior, Anterior, Right.
    Case(
        "sar",
        (18, 20, 12),
        (3.0, 4.5, 5.0),
        (0.0, 0.0, 0.0),
        AXIAL,
        "SAR",
        (12, 24, 12),
        (5.0, 3.75, 4.0),
        (0, 1, 2),
        (1, 2),
    ),
    # Three slices only, far fewer than the tensor wants.
    Case("thin", (30, 28, 3), (3.75, 3.75, 5.0), (0.0, 0.0, 0.0), AXIAL, "SLP", (8, 20, 20), SLP, (0, 2, 1), ()),
    # COLIPRI's grid (configs/targets/colipri.json): axes S, A, R at 2 mm, of a NIfTI whose axes run to R, A, S.
    Case(
        "sar-2mm",
        (22, 18, 9),
        (1.7, 1.7, 3.0),
        (20.0, 15.0, -10.0),
        ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0)),
        "SAR",
        (16, 14, 20),
        (2.0, 2.0, 2.0),
        (0, 1, 2),
        (),
    ),
    # HLIP's window and normalisation (configs/targets/hlip.json): an offset, and a padding that is no window's end.
    Case(
        "hu-offset",
        (24, 20, 10),
        (1.5, 1.5, 4.0),
        (0.0, 0.0, 0.0),
        AXIAL,
        "SPL",
        (16, 24, 36),
        (3.0, 1.0, 1.0),
        (0, 1, 2),
        (),
        hu_clip=(-1150, 350),
        hu_offset=-476.5,
        hu_divisor=339,
        pad_value=-1.986726,
    ),
]


def make_hu(size: tuple[int, int, int], seed: int) -> np.ndarray:
    """Noise of the whole int16 CT range, air outside a smooth body; shape [k, j, i]."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 400, size[::-1])
    k, j, i = np.meshgrid(*[np.linspace(-1, 1, n) for n in size[::-1]], indexing="ij")
    body = np.where(i**2 + j**2 + 0.3 * k**2 < 0.8, 40.0, -1000.0)
    return np.clip(np.rint(body + noise), -1024, 3071).astype("<i2")


def to_expected(case: Case, hu: np.ndarray) -> np.ndarray:
    """The reference tensor, float32 of `case.shape`."""
    clipped = np.clip(hu.astype(np.float32), *case.hu_clip).transpose(case.transpose)
    turned = np.flip(clipped, case.flip) if case.flip else clipped
    spacing_kji = case.spacing_mm[::-1]
    spacing = [spacing_kji[axis] for axis in case.transpose]
    new_size = [int(n * (s / t)) for n, s, t in zip(turned.shape, spacing, case.target_spacing_mm, strict=True)]
    tensor = torch.from_numpy(np.ascontiguousarray(turned))[None, None]
    resampled = F.interpolate(tensor, size=new_size, mode="trilinear", align_corners=False)[0, 0].numpy()
    return crop_or_pad((resampled - (case.hu_offset or 0)) / case.hu_divisor, case.shape, case.pad_value)


def crop_or_pad(array: np.ndarray, shape: tuple[int, int, int], pad_value: float) -> np.ndarray:
    starts = [max((n - wanted) // 2, 0) for n, wanted in zip(array.shape, shape, strict=True)]
    cropped = array[
        tuple(slice(s, min(s + wanted, n)) for s, wanted, n in zip(starts, shape, array.shape, strict=True))
    ]
    before = [(wanted - n) // 2 for n, wanted in zip(cropped.shape, shape, strict=True)]
    pads = [(b, wanted - n - b) for b, wanted, n in zip(before, shape, cropped.shape, strict=True)]
    return np.pad(cropped, pads, constant_values=pad_value).astype("<f4")


def describe(case: Case) -> dict:
    return {
        "name": case.name,
        "size": case.size,
        "spacingMm": case.spacing_mm,
        "originLpsMm": case.origin_lps_mm,
        "directionLps": case.direction_lps,
        "spec": {
            "axisCodes": case.axis_codes,
            "shape": case.shape,
            "spacingMm": case.target_spacing_mm,
            "interpolation": "trilinear",
            "sizeRounding": "truncate",
            "huClip": case.hu_clip,
            **({} if case.hu_offset is None else {"huOffset": case.hu_offset}),
            "huDivisor": case.hu_divisor,
            "padValue": case.pad_value,
            "cropRule": "centre",
        },
    }


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for seed, case in enumerate(CASES):
        hu = make_hu(case.size, seed)
        hu.tofile(OUT / f"{case.name}.volume.i16.bin")
        to_expected(case, hu).tofile(OUT / f"{case.name}.expected.f32.bin")
    save_json(OUT / "cases.json", [describe(case) for case in CASES])


if __name__ == "__main__":
    main()
