"""Batches for training on labels alone: no texts, no masks."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.data.chunks import Chunk, load_split


class ShuffledCases:
    """Draws every case once a round, in random order."""

    def __init__(self, chunks: list[Chunk], seed: int) -> None:
        self.chunks = chunks
        self.places = [(c, row) for c, chunk in enumerate(chunks) for row in range(len(chunk.cases))]
        self.source = np.random.default_rng(seed)
        self.queue: list[int] = []

    def draw(self, size: int) -> tuple[Tensor, Tensor]:
        """int8 volumes [size, 1, *shape] and float labels [size, 18]."""
        while len(self.queue) < size:
            self.queue.extend(self.source.permutation(len(self.places)).tolist())
        chosen, self.queue = self.queue[:size], self.queue[size:]
        rows = [self.places[index] for index in chosen]
        volumes = np.stack([self.chunks[c].volumes[row] for c, row in rows])
        labels = torch.tensor([self.chunks[c].cases[row].labels for c, row in rows], dtype=torch.float32)
        return torch.from_numpy(volumes)[:, None], labels


def load_train(folders: Sequence[Path]) -> list[Chunk]:
    """Train chunks of all folders."""
    return [chunk for folder in folders for chunk in load_split(folder, "train")]
