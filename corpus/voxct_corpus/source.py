"""Source voxels: small chests that hold what a HU check looks for, no two slices alike."""

import numpy as np

AIR, FAT, TISSUE, LUNG, BONE = -1000, -90, 40, -830, 700


def chest(rng: np.random.Generator, columns: int = 32, rows: int = 32, slices: int = 6) -> np.ndarray:
    """
    HU as int16 [slice, row, column], −1010…1100: body with a rim of fat, two lungs, a heart on the patient's left (the
    right of the picture), spine and liver. Noise of its own in every slice tells slices apart.
    """
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    volume = np.empty((slices, rows, columns), np.int16)
    for k in range(slices):
        swell = 1 + 0.1 * np.sin(k * 0.7)
        picture = np.full((rows, columns), AIR, float)

        def ellipse(cx: float, cy: float, rx: float, ry: float) -> np.ndarray:
            return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1

        picture[ellipse(0, 0, 0.92, 0.75)] = FAT
        picture[ellipse(0, 0, 0.84, 0.67)] = TISSUE
        picture[ellipse(-0.42, 0, 0.33 * swell, 0.5)] = LUNG
        picture[ellipse(0.42, 0, 0.33 * swell, 0.5)] = LUNG
        picture[ellipse(0.18, -0.15, 0.25, 0.28)] = TISSUE + 10
        picture[ellipse(0, 0.52, 0.13, 0.14)] = BONE
        picture += rng.normal(0, np.where(picture > -200, 35, 12))
        volume[k] = np.clip(np.round(picture), -1010, 1100)
    return volume


def texture(rng: np.random.Generator, columns: int = 32, rows: int = 32, slices: int = 6) -> np.ndarray:
    """A chest turned to noise that every codec must keep: all values of −1000…1000 HU, hard to compress."""
    return (chest(rng, columns, rows, slices) + rng.integers(-14, 15, (slices, rows, columns))).astype(np.int16)
