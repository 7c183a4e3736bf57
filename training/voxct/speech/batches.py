"""Batches of clips of like length: altered voices heard through rooms and noises; some of them say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from voxct.speech.alphabet import ALPHABET, to_targets
from voxct.speech.augment import heard, nothing_said
from voxct.speech.corpus import Corpus
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.throat import other_throat

PAIR_SECONDS = 11.0  # two clips are joined when the longest of a batch, twice, stays below this
SPACE = np.array([ALPHABET.index(" ")])


@dataclass(frozen=True)
class Batch:
    """audio [n, samples] zero padded, lengths [n], states [n, 18] (1, -1, 0), letters [sum] and letter_counts [n].

    `indices` [n, 2] says which one or two utterances of the corpus a clip speaks, -1 for none: noise, speech backwards.
    """

    audio: Tensor
    lengths: Tensor
    states: Tensor
    letters: Tensor
    letter_counts: Tensor
    indices: np.ndarray


class BatchMaker:
    """Endless batches of about `seconds` of audio each, the next one made while the last is learnt from."""

    def __init__(self, corpus: Corpus, seconds: float, seed: int, nothing_share: float = 0.08, pair_share: float = 0.3):
        self.corpus, self.seconds, self.nothing_share = corpus, seconds, nothing_share
        self.pair_share = pair_share
        self.rng = np.random.default_rng(seed)
        self.strength = 1.0
        # Which finding a "no" belongs to is the hardest thing to hear: texts that affirm and deny come twice an epoch.
        both = (corpus.states == 1).any(1) & (corpus.states == -1).any(1)
        self.drawn = np.concatenate([np.arange(len(corpus)), np.flatnonzero(both)])
        self.targets = [to_targets(u.text) for u in corpus.utterances]

    def __iter__(self) -> Iterator[Batch]:
        with ThreadPoolExecutor(1) as pool:
            rows = self.rows()
            waiting = pool.submit(self.make, next(rows))
            while True:
                ready, waiting = waiting, pool.submit(self.make, next(rows))
                yield ready.result()

    def rows(self) -> Iterator[np.ndarray]:
        """Indices of one batch after the other: a fresh random order each epoch, sorted within pools of like length."""
        while True:
            order = self.rng.permutation(self.drawn)
            for pool in np.array_split(order, max(1, len(order) // 1200)):
                parts = self.cut(pool[np.argsort(self.corpus.lengths[pool], kind="stable")])
                for i in self.rng.permutation(len(parts)):
                    yield parts[i]

    def cut(self, pool: np.ndarray) -> list[np.ndarray]:
        """A sorted pool cut so that the longest clip times the number of clips stays near `seconds`."""
        parts, start = [], 0
        for end in range(1, len(pool) + 1):
            longest = self.corpus.lengths[pool[end - 1]] / SAMPLE_RATE_HZ + 0.4
            if end == len(pool) or longest * (end - start + 1) > self.seconds:
                parts.append(pool[start:end])
                start = end
        return parts

    def make(self, rows: np.ndarray) -> Batch:
        """One batch; clips, rooms and noises are drawn anew each time. Short clips are at times spoken in pairs."""
        longest = self.corpus.lengths[rows].max() / SAMPLE_RATE_HZ
        paired = len(rows) > 3 and longest * 2 < PAIR_SECONDS and self.rng.random() < self.pair_share
        pairs = self.pair(rows) if paired else one_each(rows)
        clips = []
        for pair in pairs:
            clip = self.speak(pair)
            if self.rng.random() < self.nothing_share:
                pair[:] = -1
                clips.append(nothing_said(len(clip), self.rng, clip))
            else:
                babble = self.corpus.audio(self.rng.integers(len(self.corpus)))
                clips.append(heard(clip, self.rng, babble, self.strength))
        return collate(clips, pairs, self.corpus.states, self.targets)

    def pair(self, rows: np.ndarray) -> np.ndarray:
        """Half as many clips, each of two texts [n, 2]; where the two contradict each other the second is left out."""
        order = self.rng.permutation(rows)
        half = len(order) // 2
        pairs = np.stack([order[:half], order[half : 2 * half]], 1)
        states = self.corpus.states
        contradict = (states[pairs[:, 0]] * states[pairs[:, 1]] < 0).any(1)
        pairs[contradict, 1] = -1
        return pairs

    def speak(self, pair: np.ndarray) -> np.ndarray:
        """The clip of a pair, with up to half a second between the two."""
        first = other_throat(self.corpus.audio(pair[0]), self.rng)
        if pair[1] < 0:
            return first
        gap = np.zeros(int(self.rng.uniform(0, 0.5) * SAMPLE_RATE_HZ), np.float32)
        return np.concatenate([first, gap, other_throat(self.corpus.audio(pair[1]), self.rng)])


def one_each(rows: np.ndarray) -> np.ndarray:
    """Pairs [n, 2] of clips that speak a single text."""
    return np.stack([rows, np.full_like(rows, -1)], 1)


def collate(clips: list[np.ndarray], pairs: np.ndarray, states: np.ndarray, targets: list[np.ndarray]) -> Batch:
    """Clips padded to the longest; index -1 states nothing and spells nothing."""
    lengths = np.array([len(c) for c in clips])
    audio = np.zeros((len(clips), lengths.max()), np.float32)
    for row, clip in zip(audio, clips, strict=True):
        row[: len(clip)] = clip
    letters = [spell(pair, targets) for pair in pairs]
    stated = np.where(pairs[..., None] >= 0, states[pairs], 0).sum(1).clip(-1, 1)
    return Batch(
        torch.from_numpy(audio),
        torch.from_numpy(lengths),
        torch.from_numpy(stated.astype(np.int64)),
        torch.from_numpy(np.concatenate(letters)),
        torch.tensor([len(part) for part in letters]),
        pairs,
    )


def spell(pair: np.ndarray, targets: list[np.ndarray]) -> np.ndarray:
    """CTC target of a pair: the two texts with a space between, or one, or nothing."""
    parts = [targets[i] for i in pair if i >= 0]
    if len(parts) == 2:
        parts.insert(1, SPACE)
    return np.concatenate([*parts, np.zeros(0, np.int64)])


def mask_mel(mel: Tensor, rng: np.random.Generator) -> Tensor:
    """SpecAugment (Park et al. 2019) in place: 2 bands of 10 bins and 3 stretches of 0.15 s at most fall silent."""
    _, frames, bins = mel.shape
    for clip in mel:
        for _ in range(rng.integers(0, 3)):
            low = rng.integers(0, bins - 10)
            clip[:, low : low + rng.integers(1, 11)] = -1.0
        for _ in range(rng.integers(0, 4)):
            start = rng.integers(0, max(1, frames - 15))
            clip[start : start + rng.integers(1, 16)] = -1.0
    return mel
