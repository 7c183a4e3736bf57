"""A chest drawn from ellipsoids: a structured volume where no phantom is at hand. Noise would test nothing here:
its tokens all look alike, and no code of a trained codebook is near them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, zoom

AIR, FAT, SOFT, LUNG, BONE, BLOOD, TRACHEA = -1000, -90, 45, -850, 450, 160, -990
"""HU."""


@dataclass(frozen=True)
class Ellipsoid:
    """centre and radii in the cube [-1, 1]³ along S, L, P; drawn over what is there, if in `inside` (HU)."""

    centre: tuple[float, float, float]
    radii: tuple[float, float, float]
    hu: float
    inside: tuple[float, float] = (-2000.0, 3000.0)


def draw_body(seed: int, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    """float32 [*shape] in [-1, 1] (HU / 1000), axes S, L, P, over a cube of 360 mm. Another body for each seed."""
    source = np.random.default_rng(seed)
    volume = np.full(shape, AIR, np.float32)
    axes = [(np.arange(n, dtype=np.float32) + 0.5) * (2 / n) - 1 for n in shape]
    for part in list_parts(source):
        paint(volume, axes, part)
    volume += draw_texture(source, shape) * (volume > -950)
    return (np.clip(volume, -1000, 1000) / 1000).astype(np.float32)


def list_parts(source: np.random.Generator) -> list[Ellipsoid]:
    size = source.uniform(0.85, 1.05)

    def scaled(*radii: float) -> tuple[float, float, float]:
        return tuple(size * radius * source.uniform(0.93, 1.07) for radius in radii)

    parts = [
        Ellipsoid((0, 0, 0), scaled(3.0, 0.88, 0.66), FAT),
        Ellipsoid((0, 0, 0), scaled(3.0, 0.80, 0.58), SOFT),
    ]
    for side in (-1, 1):
        parts.append(Ellipsoid((0.05, side * 0.40, -0.02), scaled(0.80, 0.30, 0.42), LUNG + source.uniform(-60, 60)))
    parts += [
        Ellipsoid((-0.15, 0.12, -0.18), scaled(0.36, 0.32, 0.26), SOFT + 10),
        Ellipsoid((0.75, 0, -0.02), scaled(0.5, 0.06, 0.06), TRACHEA),
        Ellipsoid((0.1, 0.06, 0.30), scaled(2.0, 0.07, 0.07), BLOOD),
        Ellipsoid((0, 0, 0.48), scaled(3.0, 0.10, 0.11), BONE),
        Ellipsoid((0.1, 0, -0.56), scaled(0.7, 0.08, 0.035), BONE),
        Ellipsoid((-0.95, -0.35, 0), scaled(0.45, 0.45, 0.45), SOFT + 20),
    ]
    return parts + list_ribs() + list_vessels(source) + list_lesions(source)


def list_ribs() -> list[Ellipsoid]:
    return [
        Ellipsoid((z, side * 0.62, y), (0.035, 0.05, 0.12), BONE, inside=(0, 100))
        for z in np.linspace(-0.8, 0.8, 9)
        for side in (-1, 1)
        for y in (-0.2, 0.15)
    ]


def list_vessels(source: np.random.Generator) -> list[Ellipsoid]:
    """Inside lung alone."""
    return [
        Ellipsoid(
            (source.uniform(-0.6, 0.7), side * source.uniform(0.2, 0.6), source.uniform(-0.35, 0.35)),
            (source.uniform(0.01, 0.12), source.uniform(0.01, 0.10), source.uniform(0.01, 0.10)),
            40,
            inside=(-1000, -700),
        )
        for side in (-1, 1)
        for _ in range(40)
    ]


def list_lesions(source: np.random.Generator) -> list[Ellipsoid]:
    """A few opacities and calcified spots, so that two bodies differ in more than size."""
    return [
        Ellipsoid(
            (source.uniform(-0.6, 0.7), source.choice([-1, 1]) * source.uniform(0.2, 0.6), source.uniform(-0.3, 0.4)),
            tuple(source.uniform(0.03, 0.22, 3)),
            hu,
            inside=(-1000, -700),
        )
        for hu in source.choice([-600.0, -300.0, 20.0, 300.0], 6)
    ]


def paint(volume: NDArray[np.float32], axes: list[NDArray[np.float32]], part: Ellipsoid) -> None:
    """In place, within the ellipsoid's bounding box."""
    spans = [
        slice(*np.searchsorted(axis, (centre - radius, centre + radius)))
        for axis, centre, radius in zip(axes, part.centre, part.radii, strict=True)
    ]
    box = volume[tuple(spans)]
    z, y, x = (
        ((axis[span] - centre) / radius) ** 2
        for axis, span, centre, radius in zip(axes, spans, part.centre, part.radii, strict=True)
    )
    inside = z[:, None, None] + y[None, :, None] + x[None, None, :] < 1
    inside &= (box >= part.inside[0]) & (box <= part.inside[1])
    box[inside] = part.hu


def draw_texture(source: np.random.Generator, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    """Smooth noise of some 25 HU, the same grain in millimetres at every resolution."""
    coarse = tuple(min(n, 48) for n in shape)
    noise = gaussian_filter(source.standard_normal(coarse).astype(np.float32), 0.7)
    noise *= 25 / noise.std()
    return zoom(noise, [n / c for n, c in zip(shape, coarse, strict=True)], order=1)
