"""Structured volumes for parity: the self-test's probe, the bundled pack's phantom, drawn bodies."""

import json
import math
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.ctclip.body import draw_body
from voxct.data.chunks import INT8_DIVISOR

MOST_PROBE_BYTES = 1_000_000
PROBE_SEED = 7
BUNDLED_PACK = Path(__file__).resolve().parents[3] / "public/models/phantom-mini"


def choose_repeat(shape: tuple[int, int, int]) -> int:
    """Smallest enlargement, the same along every axis, that keeps the stored probe under MOST_PROBE_BYTES."""
    common = math.gcd(*shape)
    fitting = (r for r in range(1, common + 1) if common % r == 0 and math.prod(shape) / r**3 <= MOST_PROBE_BYTES)
    return next(fitting)


def draw_probe(shape: tuple[int, int, int]) -> tuple[NDArray[np.int8], int]:
    """A body as int8 [*shape / repeat] (value * 127), and repeat."""
    repeat = choose_repeat(shape)
    body = draw_body(PROBE_SEED, tuple(n // repeat for n in shape))
    return np.round(body * INT8_DIVISOR).astype(np.int8), repeat


def enlarge_probe(stored: NDArray[np.int8], repeat: int) -> NDArray[np.float32]:
    """float32 [1, 1, *shape], as the browser makes it: every voxel repeated."""
    volume = stored.astype(np.float32) / np.float32(INT8_DIVISOR)
    for axis in range(3):
        volume = volume.repeat(repeat, axis)
    return volume[None, None]


def list_parity_volumes(shape: tuple[int, int, int], count: int) -> list[NDArray[np.float32]]:
    """float32 [1, 1, *shape] each: the probe first, then a phantom (where the bundled pack is at hand), then bodies."""
    volumes = [enlarge_probe(*draw_probe(shape))]
    phantom = load_phantom(shape) if count > 1 else None
    if phantom is not None:
        volumes.append(phantom)
    volumes += [draw_body(PROBE_SEED + 1 + n, shape)[None, None] for n in range(count - len(volumes))]
    return volumes[:count]


def load_phantom(shape: tuple[int, int, int]) -> NDArray[np.float32] | None:
    """The phantom behind the bundled pack's self-test: it covers the same cube of 360 mm, so it is only resampled."""
    manifest = BUNDLED_PACK / "manifest.json"
    if not manifest.exists():
        return None
    given = json.loads(manifest.read_text(encoding="utf-8"))["ct"]["parity"]["input"]
    stored = np.frombuffer((BUNDLED_PACK / given["file"]).read_bytes(), np.int8).reshape(1, 1, *given["shape"])
    volume = torch.from_numpy(stored.astype(np.float32) / given["divisor"])
    return torch.nn.functional.interpolate(volume, size=shape, mode="trilinear", align_corners=False).numpy()
