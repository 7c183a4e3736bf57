"""What must not pass for a chest phantom."""

import numpy as np
from numpy.typing import NDArray

Volume = NDArray[np.float32]


def make_strangers(volume: Volume, source: np.random.Generator) -> dict[str, Volume]:
    """Made of one phantom: volume [1, 1, z, y, x] in [-1, 1], axes S, L, P."""
    return {
        "upside down": np.ascontiguousarray(volume[:, :, ::-1]),
        "front to back": np.ascontiguousarray(volume[..., ::-1]),
        "axes swapped": np.ascontiguousarray(np.swapaxes(volume, 3, 4)),
        "Hounsfield units scaled twice": np.clip(2 * volume + 1, -1, 1),
        "Hounsfield units without offset": np.clip(volume + 1.024, -1, 1),
        "empty": np.full_like(volume, -1) + 0.01 * source.random(volume.shape, np.float32),
        "noise": source.uniform(-1, 1, volume.shape).astype(np.float32),
        "torso without lungs (made)": make_torso(volume),
        "head (made)": make_head(volume.shape[2:], source),
    }


def make_torso(volume: Volume) -> Volume:
    """An abdomen's place: the phantom's outline filled, all air inside it soft tissue."""
    inside = to_ellipsoid(volume.shape[2:], (4.0, 0.8, 0.6)) > 0
    return np.where(inside, np.where(volume < -0.5, 0.03, volume), -1).astype(np.float32)


def make_head(shape: tuple[int, ...], source: np.random.Generator) -> Volume:
    """Ellipsoids: skin, skull, brain with ventricles, air around. [1, 1, *shape]."""
    size = source.uniform(0.9, 1.1)
    radii = np.array([0.55, 0.42, 0.52]) * size
    centre = source.uniform(-0.1, 0.1, 3)
    head = np.full(shape, -1, np.float32)
    for scale, value in ((1.0, 0.05), (0.95, 0.9), (0.86, 0.035), (0.25, 0.005)):
        head[to_ellipsoid(shape, tuple(scale * radii), centre) > 0] = value
    noise = source.normal(0, 0.01, shape).astype(np.float32) * (head > -1)
    return np.clip(head + noise, -1, 1)[None, None].astype(np.float32)


def to_ellipsoid(shape: tuple[int, ...], radii: tuple[float, ...], centre: NDArray | None = None) -> NDArray[np.int8]:
    """1 inside; radii and centre in halves of the axes."""
    centre = np.zeros(3) if centre is None else centre
    axes = np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij", sparse=True)
    return (sum(((a - c) / r) ** 2 for a, c, r in zip(axes, centre, radii, strict=True)) <= 1).astype(np.int8)
