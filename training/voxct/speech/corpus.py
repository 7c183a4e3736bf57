"""Spoken corpus on disk: one file of int16 samples at 16 kHz and one line of JSON an utterance."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voxct.findings import to_state_vector


@dataclass(frozen=True)
class Utterance:
    """`states` holds "present" or "absent" for each finding that the text mentions; `kind` is the text's origin."""

    text: str
    states: dict[str, str]
    kind: str
    voice: dict
    offset: int
    samples: int
    extra: dict = field(default_factory=dict)

    def state_row(self) -> np.ndarray:
        """int8 [18]: 1 present, -1 absent, 0 not mentioned."""
        return np.array(to_state_vector(self.states), np.int8)


class Corpus:
    """One split of the spoken corpus, or several one after the other; samples are mapped, not read."""

    def __init__(self, folder: Path, split: str | list[str]):
        parts = [split] if isinstance(split, str) else split
        self.utterances: list[Utterance] = []
        self._samples, part_of = [], []
        for number, part in enumerate(parts):
            lines = (folder / f"{part}.jsonl").read_text().splitlines()
            self.utterances += [Utterance(**json.loads(line)) for line in lines]
            part_of += [number] * len(lines)
            self._samples.append(np.memmap(folder / f"{part}.i16", np.int16, "r"))
        self._part_of = part_of
        self.states = np.stack([u.state_row() for u in self.utterances])
        self.lengths = np.array([u.samples for u in self.utterances])

    def __len__(self) -> int:
        return len(self.utterances)

    def first(self, count: int) -> Corpus:
        """The first utterances alone."""
        part = object.__new__(Corpus)
        part.__dict__ = self.__dict__ | {
            "utterances": self.utterances[:count],
            "states": self.states[:count],
            "lengths": self.lengths[:count],
        }
        return part

    def audio(self, index: int) -> np.ndarray:
        """float32 [samples] in -1..1."""
        u = self.utterances[index]
        return self._samples[self._part_of[index]][u.offset : u.offset + u.samples].astype(np.float32) / 32768.0


class CorpusWriter:
    """Appends utterances; the line of JSON is written after its samples, so a broken run leaves a readable corpus."""

    def __init__(self, folder: Path, split: str):
        folder.mkdir(parents=True, exist_ok=True)
        self._sound = (folder / f"{split}.i16").open("wb")
        self._lines = (folder / f"{split}.jsonl").open("w")
        self._offset = 0

    def add(self, audio: np.ndarray, text: str, states: dict[str, str], kind: str, voice: dict) -> None:
        """Writes one utterance of float audio in -1..1."""
        self._sound.write((np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes())
        line = Utterance(text, states, kind, voice, self._offset, len(audio))
        self._lines.write(json.dumps(line.__dict__) + "\n")
        self._offset += len(audio)

    def close(self) -> None:
        self._sound.close()
        self._lines.close()
