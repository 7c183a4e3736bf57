"""A pack's own self-test, before its graphs embed an archive: are they whole and right on this machine?"""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.pack.rules import locate

ITEMS = {"file": "<f4", "int8-file": "i1", "int16-file": "<i2"}


def read_probe(given: dict, pack: Path, shape: list[int]) -> NDArray[np.float32]:
    """parity.input -> float32 [1, 1, *shape]; with `repeat` every stored voxel stands for a block of equal ones."""
    stored = np.fromfile(locate(given, pack), ITEMS[given["kind"]]).astype(np.float32)
    repeat = given.get("repeat", [1, 1, 1])
    volume = stored.reshape([n // times for n, times in zip(shape, repeat, strict=True)])
    for axis, times in enumerate(repeat):
        volume = volume.repeat(times, axis)
    return volume[None, None] / np.float32(given.get("divisor", 1))


def check_probe(embedding: NDArray[np.float32], parity: dict, variant: dict) -> None:
    """embedding [dimension] of the probe. Raises ValueError where it lies too far from what the pack expects."""
    expected = np.array(parity["expected"], np.float32)
    needed = variant.get("minCosine", parity["minCosine"])
    cosine = float(embedding @ expected / (np.linalg.norm(embedding) * np.linalg.norm(expected)))
    if not math.isfinite(cosine) or cosine < needed:
        raise ValueError(
            f"the pack's {variant['variant']} graphs fail its self-test here (cosine {cosine:.5f}, needs {needed:g}): "
            "export it again or choose another --variant"
        )
