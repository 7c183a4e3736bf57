"""Frames of the frozen frozen trunk on disk (float16), so that one alignment run takes minutes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.speech.listener import SHORTEST_SAMPLES
from voxct.speech.logmel import frames_of
from voxct.speech.model import SpeechEncoder, encoder_frames


class FrameStore:
    """Clips' frames: `frames` float16 [sum, width] (mapped, not read), `counts` [clips], `about` one dict a clip."""

    def __init__(self, file: Path):
        described = json.loads(file.with_suffix(".json").read_text())
        self.width, self.counts, self.about = described["width"], np.array(described["counts"]), described["about"]
        self.starts = np.concatenate([[0], np.cumsum(self.counts)[:-1]]).astype(np.int64)
        self.frames = np.memmap(file.with_suffix(".f16"), np.float16, "r").reshape(-1, self.width)

    def __len__(self) -> int:
        return len(self.counts)

    def clip(self, index: int) -> np.ndarray:
        """float16 [frames, width]."""
        return self.frames[self.starts[index] : self.starts[index] + self.counts[index]]

    def batch(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Padded frames float32 [n, frames, width] and mask [n, frames, 1]; a row names clips to run together."""
        clips = [np.concatenate([self.clip(i) for i in row]) for row in rows]
        longest = max(len(clip) for clip in clips)
        frames = np.zeros((len(clips), longest, self.width), np.float32)
        mask = np.zeros((len(clips), longest, 1), np.float32)
        for row, clip in enumerate(clips):
            frames[row, : len(clip)], mask[row, : len(clip)] = clip, 1
        return torch.from_numpy(frames), torch.from_numpy(mask)


@torch.no_grad()
def store_frames(
    trunk: SpeechEncoder, clips: Iterable[tuple[np.ndarray, dict]], file: Path, batch_seconds: float = 120.0
) -> int:
    """Writes the frames of (audio float32 at 16 kHz, description) clips; returns how many clips.

    Clips keep their order. Neighbours share a padded batch of about `batch_seconds`.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    counts: list[int] = []
    about: list[dict] = []
    waiting: list[np.ndarray] = []
    with file.with_suffix(".f16").open("wb") as out:
        for audio, description in clips:
            audio = np.pad(audio, (0, max(0, SHORTEST_SAMPLES - len(audio)))).astype(np.float32)
            longest = max([len(audio), *map(len, waiting)])
            if waiting and longest * (len(waiting) + 1) > batch_seconds * 16_000:
                counts += write_frames(trunk, waiting, out)
                waiting = []
            waiting.append(audio)
            about.append(description)
        if waiting:
            counts += write_frames(trunk, waiting, out)
    described = {"width": trunk.config.width, "counts": counts, "about": about}
    file.with_suffix(".json").write_text(json.dumps(described))
    return len(counts)


def write_frames(trunk: SpeechEncoder, clips: list[np.ndarray], out) -> list[int]:
    """One padded batch through the trunk; its frames without the padding go to the file."""
    lengths = torch.tensor([len(clip) for clip in clips])
    audio = torch.zeros(len(clips), int(lengths.max()))
    for row, clip in zip(audio, clips, strict=True):
        row[: len(clip)] = torch.from_numpy(clip)
    mel = trunk.logmel(audio)
    with torch.autocast("cpu", torch.bfloat16):
        frames, _ = trunk.encode(mel, lengths)
    counts = [encoder_frames(frames_of(int(length))) for length in lengths]
    for clip, count in zip(frames.half().numpy(), counts, strict=True):
        out.write(clip[:count].tobytes())
    return counts
