"""The words and n-grams that the transcript's decoder knows, as one file of the pack.

The same file is read by src/domain/speech/language.ts. Little-endian, every array padded to a multiple of 4 bytes:

    uint32 length of the header, the header (JSON, padded with spaces), then for each n-gram length 1..order
    word uint16 [n] · logProb int16 [n] · and, but for the longest, logBackoff int16 [n] · firstChild uint32 [n + 1]

Logarithms are natural ones in units of 1/1024. The n-grams of one length are sorted by the n-gram they extend, then by
word; the children of n-gram i are firstChild[i] to firstChild[i + 1] of the next length. Words are sorted, so that the
n-gram i of length 1 is word i.
"""

from __future__ import annotations

import json
import struct
from bisect import bisect_left
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from voxct.speech.ngrams import END, START, Estimate, Gram

FORMAT = "voxct-language/1"
UNITS = 1024
EMPTY = -1  # the state of no words before


@dataclass(frozen=True)
class DecodingSettings:
    """Weights of the beam search, in natural logarithms; chosen on the validation split."""

    languageWeight: float
    wordBonus: float
    unknownWord: float
    unknownLetter: float
    beam: int
    margin: float
    doubtLimit: float


class Language:
    """N-grams with back-off. A state is the longest known run of words before, a number to be handed back."""

    def __init__(self, words: list[str], levels: list[dict[str, np.ndarray]], settings: DecodingSettings):
        self.words = words
        self.settings = settings
        self.order = len(levels)
        self.ids = {word: index for index, word in enumerate(words)}
        self._levels = [{name: array.tolist() for name, array in level.items()} for level in levels]
        self._starts = np.cumsum([0, *(len(level["word"]) for level in levels)]).tolist()
        self._suffixes = self._link_suffixes()
        self._steps: dict[tuple[int, int], tuple[float, int]] = {}
        self.start = self._shorten(self.ids[START])
        self.end = self.ids[END]

    def step(self, state: int, word: int) -> tuple[float, int]:
        """(log P of the word after the state, the next state)."""
        key = (state, word)
        if key not in self._steps:
            self._steps[key] = self._find_step(state, word)
        return self._steps[key]

    def log_prob(self, word: int) -> float:
        """log P of the word after any words."""
        return self._levels[0]["log_prob"][word] / UNITS

    def continuations(self, state: int) -> list[tuple[int, float]]:
        """Words that the state's own n-grams go on with, with their log P."""
        level = self._levels[self._level_of(state) + 1]
        return [(level["word"][child], level["log_prob"][child] / UNITS) for child in self._children(state)]

    def back_off(self, state: int) -> tuple[float, int]:
        """Log weight of going to the shorter state, and that state."""
        level = self._level_of(state)
        return self._levels[level]["log_backoff"][state - self._starts[level]] / UNITS, self._suffixes[state]

    def _find_step(self, state: int, word: int) -> tuple[float, int]:
        units = 0
        while True:
            found = self._find_child(state, word)
            if found is not None:
                level = self._level_of(found)
                units += self._levels[level]["log_prob"][found - self._starts[level]]
                return units / UNITS, self._shorten(found)
            level = self._level_of(state)
            units += self._levels[level]["log_backoff"][state - self._starts[level]]
            state = self._suffixes[state]

    def _shorten(self, entry: int) -> int:
        """The longest end of an n-gram that some longer n-gram begins with."""
        while entry != EMPTY and not self._children(entry):
            entry = self._suffixes[entry]
        return entry

    def _children(self, state: int) -> range:
        level = self._level_of(state)
        if level == self.order - 1:
            return range(0)
        first, at = self._levels[level]["first_child"], state - self._starts[level]
        return range(first[at], first[at + 1])

    def _find_child(self, state: int, word: int) -> int | None:
        if state == EMPTY:
            return word
        children, level = self._children(state), self._level_of(state) + 1
        if not children:
            return None
        words = self._levels[level]["word"]
        at = bisect_left(words, word, children.start, children.stop)
        return self._starts[level] + at if at < children.stop and words[at] == word else None

    def _level_of(self, entry: int) -> int:
        level = 0
        while entry >= self._starts[level + 1]:
            level += 1
        return level

    def _link_suffixes(self) -> list[int]:
        suffixes = [EMPTY] * self._starts[-1]
        self._suffixes = suffixes
        for entry in range(self._starts[-2]):
            for child in self._children(entry):
                level = self._level_of(entry) + 1
                index, word = self._starts[level] + child, self._levels[level]["word"][child]
                shorter = suffixes[entry]
                while (found := self._find_child(shorter, word)) is None:
                    shorter = suffixes[shorter]
                suffixes[index] = found
        return suffixes


def to_language(estimates: dict[Gram, Estimate], settings: DecodingSettings) -> Language:
    """Estimates in the order and precision of the file."""
    return read_language(to_bytes(estimates, settings))


def to_bytes(estimates: dict[Gram, Estimate], settings: DecodingSettings) -> bytes:
    """The file's content."""
    words = sorted(gram[0] for gram in estimates if len(gram) == 1)
    ids = {word: index for index, word in enumerate(words)}
    order = max(map(len, estimates))
    levels = [sorted(tuple(ids[w] for w in gram) for gram in estimates if len(gram) == n + 1) for n in range(order)]
    header = {
        "format": FORMAT,
        "counts": [len(level) for level in levels],
        "settings": asdict(settings),
        "words": words,
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    parts = [struct.pack("<I", len(text)), text]
    for n, level in enumerate(levels):
        rows = [estimates[tuple(words[w] for w in gram)] for gram in level]
        parts += [_padded([gram[-1] for gram in level], "<u2"), _padded(_units([r.log_prob for r in rows]), "<i2")]
        if n + 1 < order:
            at = {gram: index for index, gram in enumerate(level)}
            parents = [at[gram[:-1]] for gram in levels[n + 1]]
            first = np.searchsorted(parents, np.arange(len(level) + 1))
            parts += [_padded(_units([r.log_backoff for r in rows]), "<i2"), _padded(first, "<u4")]
    return b"".join(parts)


def _units(logs: list[float]) -> np.ndarray:
    return np.clip(np.round(np.array(logs) * UNITS), -(2**15), 2**15 - 1)


def _padded(values: list[int] | np.ndarray, kind: str) -> bytes:
    content = np.asarray(values).astype(kind).tobytes()
    return content + b"\0" * (-len(content) % 4)


def read_language(content: bytes) -> Language:
    """Raises ValueError where the content is no language file."""
    (length,) = struct.unpack_from("<I", content)
    header = json.loads(content[4 : 4 + length])
    if header["format"] != FORMAT:
        raise ValueError(f"not a {FORMAT} file: {header['format']}")
    at = 4 + length

    def take(kind: str, count: int) -> np.ndarray:
        nonlocal at
        array = np.frombuffer(content, kind, count, at)
        at += array.nbytes + -array.nbytes % 4
        return array

    levels = []
    for n, count in enumerate(header["counts"]):
        level = {"word": take("<u2", count), "log_prob": take("<i2", count)}
        if n + 1 < len(header["counts"]):
            level |= {"log_backoff": take("<i2", count), "first_child": take("<u4", count + 1)}
        levels.append(level)
    if at != len(content):
        raise ValueError(f"{len(content)} bytes where the header promises {at}")
    return Language(header["words"], levels, DecodingSettings(**header["settings"]))


def load_language(file: Path) -> Language:
    """Reads a language file of a pack."""
    return read_language(file.read_bytes())
