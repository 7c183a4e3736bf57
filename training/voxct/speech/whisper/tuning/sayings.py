"""Spoken clips as what a decoder learns from: sound that one context holds, and how it is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.whisper.greedy import LONGEST
from voxct.speech.whisper.tuning.written import to_written

LONGEST_S = LONGEST / SAMPLE_RATE_HZ
EDGE_S = 0.12


@dataclass(frozen=True)
class Saying:
    """`start_s` to `end_s` of the file."""

    file: Path
    start_s: float
    end_s: float
    text: str
    voice: str
    kind: str

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s

    def read(self) -> NDArray[np.float32]:
        """float32 [samples] at 16 kHz."""
        start, stop = (int(at * SAMPLE_RATE_HZ) for at in (self.start_s, self.end_s))
        return soundfile.read(self.file, start=start, stop=stop, dtype="float32")[0]


def read_sayings(folder: Path, half: str | None = None, longest_s: float = LONGEST_S) -> list[Saying]:
    """Of a folder of speak_queue.py; `half` of the hand-written set. A clip too long is cut between its clauses."""
    found: list[Saying] = []
    for line in (folder / "clips.jsonl").read_text(encoding="utf-8").splitlines(keepends=True):
        if line.endswith("\n"):
            row = json.loads(line)
            if half is None or row["half"] == half:
                found += cut_sayings(row, folder, longest_s)
    return found


def cut_sayings(row: dict, folder: Path, longest_s: float) -> list[Saying]:
    """Successive clauses as long as they fit; a clause that does not fit by itself is left out."""
    texts = [clause if isinstance(clause, str) else clause["text"] for clause in row["clauses"]]
    groups: list[list[int]] = []
    for number, (_, end_s) in enumerate(row["times"]):
        if groups and end_s - row["times"][groups[-1][0]][0] + 2 * EDGE_S <= longest_s:
            groups[-1].append(number)
        else:
            groups.append([number])
    found = []
    for group in groups:
        start_s = max(0.0, row["times"][group[0]][0] - EDGE_S)
        end_s = min(row["seconds"], row["times"][group[-1]][1] + EDGE_S)
        said = [texts[number] for number in group]
        if end_s - start_s <= longest_s and any(text.strip() for text in said):
            voice = f"{row['voice']['engine']} {row['voice']['name']}"
            found.append(Saying(folder / row["file"], start_s, end_s, to_written(said), voice, row["kind"]))
    return found
