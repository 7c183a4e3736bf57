"""The growing training set: chunks join as the generator finishes them, with the latents of their texts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.data.chunks import Case, Chunk, list_chunks, load_chunk
from voxct.findings import to_state_vector
from voxct.text.teacher import TextTeacher

CROPS = 4


@dataclass(frozen=True)
class TextedChunk:
    """A chunk with report latents [n, d], crop latents [n, CROPS, d] and crop states [n, CROPS, 18]."""

    chunk: Chunk
    reports: Tensor
    crops: Tensor
    crop_states: Tensor


@dataclass(frozen=True)
class Batch:
    volumes: Tensor
    """int8 [b, *shape]"""
    token_shares: Tensor
    """uint8 [b, *grid, 18]"""
    labels: Tensor
    """float [b, 18]"""
    reports: Tensor
    crops: Tensor
    crop_states: Tensor


def draw_crop(case: Case, source: random.Random) -> tuple[str, list[int]]:
    """One to three of the report's sentences, as a radiologist might say them in one breath."""
    count = min(source.randint(1, 3), len(case.sentences))
    drawn = source.sample(case.sentences, count)
    states: dict[str, str] = {}
    for _, sentence_states in drawn:
        states |= sentence_states
    return " ".join(text for text, _ in drawn), to_state_vector(states)


def add_texts(chunk: Chunk, teacher: TextTeacher) -> TextedChunk:
    source = random.Random(chunk.cases[0].seed)
    crops = [draw_crop(case, source) for case in chunk.cases for _ in range(CROPS)]
    crop_latents = teacher.encode([text for text, _ in crops])
    reports = teacher.encode([case.report for case in chunk.cases], batch_size=32)
    shape = (len(chunk.cases), CROPS, -1)
    states = torch.tensor([states for _, states in crops])
    return TextedChunk(chunk, reports, crop_latents.view(shape), states.view(shape))


class TrainingPool:
    """Draws batches from all chunks that lie in the folders so far."""

    def __init__(self, folders: Path | Sequence[Path], split: str, teacher: TextTeacher, seed: int) -> None:
        self.folders = [folders] if isinstance(folders, Path) else list(folders)
        self.split, self.teacher = split, teacher
        self.chunks: list[TextedChunk] = []
        self.known: set[Path] = set()
        self.queue: list[tuple[int, int]] = []
        self.source = random.Random(seed)

    def grow(self) -> int:
        """Takes in chunks that have appeared. Returns the number of cases now held."""
        for path in [path for folder in self.folders for path in list_chunks(folder, self.split)]:
            if path not in self.known:
                self.known.add(path)
                self.chunks.append(add_texts(load_chunk(path), self.teacher))
                fresh = [(len(self.chunks) - 1, row) for row in range(len(self.chunks[-1].chunk.cases))]
                self.queue.extend(fresh)
                self.source.shuffle(self.queue)
        return sum(len(texted.chunk.cases) for texted in self.chunks)

    def draw(self, size: int) -> Batch:
        """Every case once a round, in random order."""
        while len(self.queue) < size:
            everything = [(c, row) for c, t in enumerate(self.chunks) for row in range(len(t.chunk.cases))]
            self.source.shuffle(everything)
            self.queue.extend(everything)
        chosen, self.queue = self.queue[:size], self.queue[size:]
        return self.gather(chosen)

    def gather(self, chosen: list[tuple[int, int]]) -> Batch:
        parts = [(self.chunks[c], row) for c, row in chosen]
        picks = [self.source.randrange(CROPS) for _ in parts]
        return Batch(
            volumes=torch.from_numpy(np.stack([t.chunk.volumes[row] for t, row in parts])),
            token_shares=torch.from_numpy(np.stack([t.chunk.tokens[row] for t, row in parts])),
            labels=torch.tensor([t.chunk.cases[row].labels for t, row in parts], dtype=torch.float32),
            reports=torch.stack([t.reports[row] for t, row in parts]),
            crops=torch.stack([t.crops[row, pick] for (t, row), pick in zip(parts, picks, strict=True)]),
            crop_states=torch.stack([t.crop_states[row, pick] for (t, row), pick in zip(parts, picks, strict=True)]),
        )

    def all_reports(self) -> tuple[Tensor, Tensor]:
        """Report latents [n, d] and labels [n, 18] of every case held: the negatives of the contrast."""
        labels = np.concatenate([t.chunk.labels for t in self.chunks])
        return torch.cat([t.reports for t in self.chunks]), torch.from_numpy(labels).float()
