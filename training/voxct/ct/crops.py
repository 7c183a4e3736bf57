"""Crops of three tokens a side around chosen tokens: cheap, balanced lessons for the detail branch."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from voxct.data.chunks import INT8_DIVISOR, Chunk

WEAK_FINDINGS = (9, 6, 1, 4, 10, 16, 12, 11, 0, 14)
"""CT-RATE numbers of findings that may fill little of a token: nodule, lymphadenopathy, calcifications, opacity."""
SURE_SHARE = 5
"""Of 255: below it (but above 0) a token is neither positive nor negative: a few voxels at a rim say nothing."""


@dataclass(frozen=True)
class CropIndex:
    """Rows (chunk, case, z, h, w) of tokens that surely hold each weak finding, and of tokens of the body."""

    positives: dict[int, NDArray[np.int32]]
    body: NDArray[np.int32]


def index_tokens(chunks: list[Chunk], source: np.random.Generator, body_per_case: int = 24) -> CropIndex:
    """Body tokens are drawn from the middle of the field of view, where lungs and mediastinum lie."""
    positives: dict[int, list[NDArray]] = {finding: [] for finding in WEAK_FINDINGS}
    body = []
    for number, chunk in enumerate(chunks):
        tokens = np.asarray(chunk.tokens)
        for finding in WEAK_FINDINGS:
            found = np.argwhere(tokens[..., finding] >= SURE_SHARE)
            positives[finding].append(np.insert(found, 0, number, axis=1))
        n = len(chunk.cases) * body_per_case
        cells = np.stack([source.integers(0, len(chunk.cases), n), *source.integers(1, 11, (3, n))], 1)
        body.append(np.insert(cells, 0, number, axis=1))
    found = {finding: np.concatenate(rows).astype(np.int32) for finding, rows in positives.items()}
    return CropIndex(found, np.concatenate(body).astype(np.int32))


def draw_rows(index: CropIndex, size: int, source: np.random.Generator) -> NDArray[np.int32]:
    """Half of the rows hold a weak finding (each finding alike often), the other half are any body tokens."""
    findings = source.choice([f for f in WEAK_FINDINGS if len(index.positives[f])], size // 2)
    held = [index.positives[f][source.integers(len(index.positives[f]))] for f in findings]
    return np.concatenate([np.stack(held), index.body[source.integers(len(index.body), size=size - size // 2)]])


def cut_crops(chunks: list[Chunk], rows: NDArray[np.int32], patch: tuple[int, int, int]) -> tuple[Tensor, Tensor]:
    """float [n, 1, 3 * patch] in [-1, 1], air outside; shares uint8 [n, 18] of the middle token."""
    crops = np.full((len(rows), 1, *(3 * p for p in patch)), -1.0, np.float32)
    shares = np.zeros((len(rows), 18), np.uint8)
    for n, (number, case, *cell) in enumerate(rows):
        volume = chunks[number].volumes[case]
        starts = [p * (c - 1) for p, c in zip(patch, cell, strict=True)]
        lows = [max(s, 0) for s in starts]
        highs = [min(s + 3 * p, size) for s, p, size in zip(starts, patch, volume.shape, strict=True)]
        into = tuple(slice(low - s, high - s) for s, low, high in zip(starts, lows, highs, strict=True))
        crops[n, 0][into] = volume[tuple(slice(a, b) for a, b in zip(lows, highs, strict=True))] / INT8_DIVISOR
        shares[n] = chunks[number].tokens[case][tuple(cell)]
    return torch.from_numpy(crops), torch.from_numpy(shares)
