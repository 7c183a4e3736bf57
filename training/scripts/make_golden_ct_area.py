"""Writes fixtures/golden/ct_area: small volumes and what an area resize of their foreground makes of them.

The reference is plain numpy up to the resize, which is torch's `adaptive_avg_pool3d`: axes turned, bounding box of all
voxels above `foregroundHu`, resize straight to the shape, then clip and scale (Astra, arXiv 2605.31437). How the axes
must be turned is written by hand in each case, so that the browser's own search for the closest axes is checked too.

Run from the repository root: python training/scripts/make_golden_ct_area.py
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
import torch
import torch.nn.functional as F
from make_tiny_fixture import save_json

OUT = Path(__file__).resolve().parents[2] / "fixtures" / "golden" / "ct_area"
AXIAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
TURN = math.radians(20)
OBLIQUE = (
    (-math.cos(TURN), -math.sin(TURN), 0.0),
    (math.sin(TURN), -math.cos(TURN), 0.0),
    (0.0, 0.0, 1.0),
)
SHAPE = (10, 14, 12)
"""Along S, R, A."""


@dataclass(frozen=True)
class Case:
    """transpose, flip: from the stored array [k, j, i] to the axes S, R, A."""

    name: str
    size: tuple[int, int, int]  # i, j, k
    spacing_mm: tuple[float, float, float]  # i, j, k
    direction_lps: tuple[tuple[float, float, float], ...]
    transpose: tuple[int, int, int]
    flip: tuple[int, ...]
    body: str = "round"
    origin_lps_mm: tuple[float, float, float] = (-40.0, -30.0, 100.0)


FEET_FIRST = (*AXIAL[:2], (0.0, 0.0, -1.0))
CORONAL = ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 1.0, 0.0))
SAGITTAL = ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0))
RAS = ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0))

CASES = [
    # i runs to the left, j to the back: both against R and A.
    Case("axial", (26, 22, 17), (0.8, 0.8, 2.5), AXIAL, (0, 2, 1), (1, 2)),
    Case("feet-first", (24, 29, 15), (0.7, 0.7, 5.0), FEET_FIRST, (0, 2, 1), (0, 1, 2)),
    Case("coronal", (21, 25, 13), (1.0, 3.7, 6.0), CORONAL, (1, 2, 0), (0, 1, 2)),
    Case("sagittal", (23, 26, 18), (1.1, 0.9, 4.0), SAGITTAL, (1, 0, 2), (0, 1, 2)),
    Case("ras", (28, 22, 20), (1.0, 1.0, 1.0), RAS, (0, 2, 1), ()),
    Case("oblique", (19, 23, 11), (4.1, 3.2, 5.5), OBLIQUE, (0, 2, 1), ()),
    # Fewer voxels along every axis than the input has.
    Case("smaller-than-the-grid", (5, 4, 3), (60.0, 70.0, 90.0), AXIAL, (0, 2, 1), (1, 2)),
    Case("one-slice", (26, 22, 1), (1.0, 1.0, 5.0), AXIAL, (0, 2, 1), (1, 2)),
    # Exactly the input's shape.
    Case("as-large-as-the-grid", (14, 12, 10), (1.0, 1.0, 1.0), AXIAL, (0, 2, 1), (1, 2), "full"),
    # A small body in a corner of a large field; what lies at the limit is no foreground.
    Case("corner", (40, 44, 30), (1.0, 1.0, 1.0), AXIAL, (0, 2, 1), (1, 2), "corner"),
    Case("one-voxel", (16, 15, 14), (1.0, 1.0, 1.0), AXIAL, (0, 2, 1), (1, 2), "voxel"),
    Case("air", (20, 18, 12), (1.0, 1.0, 1.0), AXIAL, (0, 2, 1), (1, 2), "air"),
]
SPEC = {
    "axisCodes": "SRA",
    "shape": SHAPE,
    "interpolation": "area",
    "foregroundHu": -1000,
    "huClip": (-1000, 200),
    "huOffset": -1000,
    "huDivisor": 1200,
}


def make_hu(case: Case, seed: int) -> np.ndarray:
    """Noise of the whole int16 CT range in a body; outside air of -1000 and a scanner's padding of -2048. [k, j, i]."""
    rng = np.random.default_rng(seed)
    shape = case.size[::-1]
    noise = np.clip(np.rint(rng.normal(-200, 700, shape)), -999, 3071)
    outside = np.where(rng.random(shape) < 0.5, -1000, -2048)
    k, j, i = np.meshgrid(*[np.linspace(-1, 1, n) if n > 1 else np.zeros(1) for n in shape], indexing="ij")
    body = {
        "round": (i - 0.1) ** 2 + (j + 0.1) ** 2 + 0.4 * k**2 < 0.7,
        "full": np.ones(shape, bool),
        "corner": (i > 0.4) & (i < 0.85) & (j < -0.5) & (k > 0.2) & (k < 0.7),
        "voxel": (np.indices(shape) == np.array([3, 4, 5]).reshape(3, 1, 1, 1)).all(0),
        "air": np.zeros(shape, bool),
    }[case.body]
    return np.where(body, noise, outside).astype("<i2")


def crop_to_foreground(volume: np.ndarray) -> np.ndarray:
    """The whole where nothing lies above."""
    places = np.argwhere(volume > SPEC["foregroundHu"])
    if len(places) == 0:
        return volume
    return volume[tuple(slice(a, b + 1) for a, b in zip(places.min(0), places.max(0), strict=True))]


def to_expected(case: Case, hu: np.ndarray) -> np.ndarray:
    """The reference tensor, float32 of SHAPE."""
    turned = np.flip(hu.transpose(case.transpose), case.flip)
    cropped = torch.from_numpy(np.ascontiguousarray(crop_to_foreground(turned)).astype(np.float64))
    resized = F.adaptive_avg_pool3d(cropped[None, None], SHAPE)[0, 0].numpy()
    return ((np.clip(resized, *SPEC["huClip"]) - SPEC["huOffset"]) / SPEC["huDivisor"]).astype("<f4")


def describe(case: Case) -> dict:
    return {
        "name": case.name,
        "size": case.size,
        "spacingMm": case.spacing_mm,
        "originLpsMm": case.origin_lps_mm,
        "directionLps": case.direction_lps,
        "spec": SPEC,
    }


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for seed, case in enumerate(CASES):
        hu = make_hu(case, seed)
        hu.tofile(OUT / f"{case.name}.volume.i16.bin")
        to_expected(case, hu).tofile(OUT / f"{case.name}.expected.f32.bin")
    save_json(OUT / "cases.json", [describe(case) for case in CASES])


if __name__ == "__main__":
    main()
