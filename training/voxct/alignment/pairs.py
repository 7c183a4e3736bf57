"""Batches of utterances with a scan each that bears out all that was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from voxct.alignment.frames import FrameStore
from voxct.findings import to_state_vector
from voxct.speech.losses import states_agree

POOL = 12  # batches that are sorted by length together


@dataclass(frozen=True)
class Pairs:
    """frames [n, frames, width], mask [n, frames, 1], text [n, d] unit, ct [n, d] unit, agree bool [n, n].

    The rows of `ct` belong to the rows named by `stating`: utterances that state something which some scan bears out.
    `clips` names the clips of each row (one, or two after each other).
    """

    frames: Tensor
    mask: Tensor
    text: Tensor
    stating: Tensor
    ct: Tensor
    agree: Tensor
    clips: list[list[int]]


@dataclass(frozen=True)
class Scans:
    """Embeddings [cases, d] of the frozen CT encoder, unit length, and labels [cases, 18] (0/1)."""

    embeddings: Tensor
    labels: Tensor

    @staticmethod
    def load(file) -> Scans:
        arrays = np.load(file)
        vectors = torch.from_numpy(arrays["embeddings"].astype(np.float32))
        return Scans(F.normalize(vectors, dim=-1), torch.from_numpy(arrays["labels"].astype(np.int64)))


class PairMaker:
    """Endless batches. With odds `join_share` a batch speaks two utterances after each other in every row."""

    def __init__(self, store: FrameStore, texts: Tensor, scans: Scans, size: int, join_share: float, seed: int):
        """texts [clips, d]: the teacher's embedding before its length is set to 1, so that texts can be summed."""
        self.store, self.texts, self.scans, self.size, self.join_share = store, texts, scans, size, join_share
        self.states = torch.tensor([to_state_vector(clip["states"]) for clip in store.about])
        self.rng = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)

    def __iter__(self) -> Iterator[Pairs]:
        while True:
            order = self.rng.permutation(len(self.store))
            for start in range(0, len(order) - self.size + 1, self.size * POOL):
                pool = order[start : start + self.size * POOL]
                pool = pool[np.argsort(self.store.counts[pool], kind="stable")]
                cuts = range(0, len(pool) - self.size + 1, self.size)
                for cut in self.rng.permutation(list(cuts)):
                    yield self.make(pool[cut : cut + self.size])

    def rows(self, drawn: np.ndarray) -> list[list[int]]:
        """One clip a row, or two that do not contradict each other."""
        if self.rng.random() >= self.join_share:
            return [[int(i)] for i in drawn]
        order = self.rng.permutation(drawn)
        half = len(order) // 2
        pairs = zip(order[:half], order[half : 2 * half], strict=True)
        return [[int(a)] if clash(self.states[a], self.states[b]) else [int(a), int(b)] for a, b in pairs]

    def make(self, drawn: np.ndarray) -> Pairs:
        clips = self.rows(drawn)
        frames, mask = self.store.batch(clips)
        states = torch.stack([self.states[row].sum(0).clamp(-1, 1) for row in clips])
        text = F.normalize(torch.stack([self.texts[row].sum(0) for row in clips]), dim=-1)
        fits = states_agree(states, self.scans.labels)
        stating = (states != 0).any(1) & fits.any(1)
        chosen = torch.multinomial(fits[stating].float(), 1, generator=self.generator)[:, 0]
        agree = states_agree(states[stating], self.scans.labels[chosen])
        return Pairs(frames, mask, text, stating, self.scans.embeddings[chosen], agree, clips)


def clash(first: Tensor, second: Tensor) -> bool:
    """One says present what the other denies."""
    return bool((first * second < 0).any())
