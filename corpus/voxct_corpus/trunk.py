"""A whole chest with its organs where they lie in people, coarse: what tells its sides."""

import numpy as np

from .source import AIR, BONE, FAT, LUNG, TISSUE

LIVER, SPLEEN, BLOOD, GAS = 60, 50, 45, -1000
"""Columns, rows and slices, and the edge of a voxel, mm."""
SIZE, STEP_MM = (76, 56, 64), 5.0


def trunk(rng: np.random.Generator, size: float = 1.0) -> np.ndarray:
    """
    HU as int16 [slice, row, column]: the patient's left is the last column, his back the last row, his head the last
    slice. `size` of 1: an adult, trunk 330 mm wide. Heights and widths vary as those of people.
    """
    columns, rows, slices = SIZE
    z, y, x = np.mgrid[:slices, :rows, :columns].astype(float)
    x = (x - (columns - 1) / 2) * STEP_MM / size
    y = (y - (rows - 1) / 2) * STEP_MM / size
    z = (z - (slices - 1) / 2) * STEP_MM / size
    hu = np.full(x.shape, AIR, float)

    def paint(value: float, center: tuple, radii: tuple, where=True) -> None:
        parts = (((axis - c) / r) ** 2 for axis, c, r in zip((x, y, z), center, radii, strict=True))
        hu[(sum(parts) <= 1) & where] = value

    flat = 1e9
    paint(FAT, (0, 0, 0), (165, 112, flat))
    paint(TISSUE, (0, 0, 0), (148, 98, flat))
    dome = rng.uniform(-55, -40)
    lower = rng.uniform(8, 18)
    for side, floor in ((-1, dome), (1, dome - lower)):
        roof = 130 - ((abs(x) - 60) / 9) ** 2
        bowl = floor - 55 * (((x - side * 68) / 70) ** 2 + ((y + 5) / 80) ** 2)
        inner = np.where(y > 30, 24, 14)
        paint(LUNG, (0, 0, 0), (132, 84, flat), (x * side > inner) & (z > bowl) & (z < roof))
    below = z < dome + 1
    abdomen = below & ~np.isclose(hu, LUNG) & (hu > FAT)
    paint(-95, (0, 0, 0), (132, 84, flat), abdomen & (z < dome - 20))
    paint(LIVER, (-64, 0, dome - 72), (72, 78, 74), abdomen)
    paint(LIVER, (-5, -40, dome - 66), (62, 40, 42), abdomen)
    paint(SPLEEN, (92, 40, dome - lower - 50), (32, 36, 44), abdomen)
    paint(30, (56, -14, dome - lower - 50), (40, 46, 42), abdomen)
    paint(GAS, (56, -40, dome - lower - 44), (26, 12, 24), abdomen)
    paint(BLOOD, (22, -28, dome + 28), (58, 46, 46))
    paint(BLOOD, (22, 34, 0), (13, 13, 62))
    paint(BLOOD, (10, -5, 62), (22, 40, 13))
    paint(BONE, (0, 62, 0), (20, 20, flat))
    hu += rng.normal(0, np.where(hu > -200, 20, 40))
    return np.clip(np.round(hu), -1010, 1100).astype(np.int16)
