"""States of the frozen encoder on disk: float16 frames of 40 ms, read by memory map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.onnx_session import open_session
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.whisper.contexts import pad_to_context

TAPS = ("after_4", "states")
"""Outputs of the encoder graph, side by side in a row: behind the fourth layer, and what the decoder attends to."""
POSITIONS_A_FRAME = 2
"""Of 20 ms: two neighbours are averaged."""
SAMPLES_A_FRAME = 320 * POSITIONS_A_FRAME


class FrozenEncoder:
    """The encoder graph on one thread."""

    def __init__(self, graph: Path) -> None:
        self.session = open_session(graph)

    def encode(self, audio: np.ndarray) -> np.ndarray:
        """Up to 21 s at 16 kHz, float32 [samples] -> float16 [frames, 1024]: those that hold some of it."""
        taps = self.session.run(list(TAPS), {"audio": pad_to_context(audio)[None]})
        positions = np.concatenate(taps, 1)
        frames = positions.reshape(len(positions) // POSITIONS_A_FRAME, POSITIONS_A_FRAME, -1).mean(1)
        return frames[: max(1, -(-len(audio) // SAMPLES_A_FRAME))].astype(np.float16)


@dataclass(frozen=True)
class Stored:
    """A row of the index; `piece` is the id of what is heard, which noise may have altered."""

    piece: str
    offset: int
    frames: int
    text: str
    statuses: tuple[int, ...]
    kind: str
    voice: str


class FeatureWriter:
    """Appends to frames.f16 and index.jsonl; the index line comes last, so a broken run leaves a readable store."""

    def __init__(self, folder: Path, width: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.index_path, self.width = folder / "index.jsonl", width
        rows = read_index(folder)
        self.done = {row.piece for row in rows}
        self.offset = max((row.offset + row.frames for row in rows), default=0)
        self.frames = (folder / "frames.f16").open("r+b" if (folder / "frames.f16").exists() else "w+b")
        self.frames.seek(self.offset * width * 2)

    def add(self, frames: np.ndarray, row: dict) -> None:
        self.frames.write(frames.tobytes())
        self.frames.flush()
        with self.index_path.open("a") as index:
            index.write(json.dumps({**row, "offset": self.offset, "frames": len(frames)}) + "\n")
        self.offset += len(frames)
        self.done.add(row["piece"])


def read_index(folder: Path) -> list[Stored]:
    path = folder / "index.jsonl"
    if not path.exists():
        return []
    lines = [line for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]
    return [Stored(**{**row, "statuses": tuple(row["statuses"])}) for row in map(json.loads, lines)]


class FeatureStore:
    """Several folders as one; float16 [frames, width] of a row."""

    def __init__(self, folders: list[Path], width: int) -> None:
        self.rows: list[Stored] = []
        self.maps, self.part_of = [], []
        for number, folder in enumerate(folders):
            rows = read_index(folder)
            self.rows += rows
            self.part_of += [number] * len(rows)
            self.maps.append(np.memmap(folder / "frames.f16", np.float16, "r").reshape(-1, width))

    def __len__(self) -> int:
        return len(self.rows)

    def frames(self, index: int) -> np.ndarray:
        row = self.rows[index]
        return self.maps[self.part_of[index]][row.offset : row.offset + row.frames]


def cut_audio(audio: np.ndarray, start_s: float, end_s: float) -> np.ndarray:
    return audio[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
