"""Structured volumes for parity in the encoder's own range, 0 to 1: the self-test's probe and drawn bodies."""

from math import prod

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.area_input import area_spec
from voxct.ctclip.body import draw_body

PROBE_SEED = 11
DIVISOR = 127
HU_OF_BODY = 1000
"""draw_body's −1…1 in HU."""
MOST_PROBE_BYTES = 1_100_000


def draw_scaled(seed: int, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    """[*shape] in 0…1."""
    spec = area_spec(shape)
    clipped = np.clip(draw_body(seed, shape) * HU_OF_BODY, *spec["huClip"])
    return ((clipped - spec["huOffset"]) / spec["huDivisor"]).astype(np.float32)


def draw_probe(shape: tuple[int, int, int]) -> tuple[NDArray[np.int8], int]:
    """int8 [*shape / repeat] (value · 127), and how often each voxel stands along every axis."""
    repeat = next(r for r in (1, 2, 4) if prod(shape) / r**3 <= MOST_PROBE_BYTES and not any(n % r for n in shape))
    body = draw_scaled(PROBE_SEED, tuple(n // repeat for n in shape))
    return np.rint(body * DIVISOR).astype(np.int8), repeat


def enlarge_probe(stored: NDArray[np.int8], repeat: int) -> NDArray[np.float32]:
    """float32 [1, 1, *shape], as the browser makes it."""
    volume = stored.astype(np.float32) / np.float32(DIVISOR)
    for axis in range(3):
        volume = volume.repeat(repeat, axis)
    return volume[None, None]


def list_parity_volumes(shape: tuple[int, int, int], count: int) -> list[NDArray[np.float32]]:
    """float32 [1, 1, *shape] each, the probe first."""
    bodies = [draw_scaled(PROBE_SEED + n, shape)[None, None] for n in range(1, count)]
    return [enlarge_probe(*draw_probe(shape)), *bodies]
