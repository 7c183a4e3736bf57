"""The exported speech encoder as the app runs it: windows of a clip, mean embedding, letters read greedily."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.onnx_session import open_session
from voxct.speech.alphabet import read_greedy
from voxct.speech.logmel import SAMPLE_RATE_HZ

WINDOW_SECONDS, OVERLAP_SECONDS = 12.0, 1.0
SHORTEST_SAMPLES = 4_000  # 0.25 s: shorter clips are padded with silence, the graph needs at least one 25 ms window


@dataclass(frozen=True)
class Heard:
    """What the encoder makes of a clip: embedding [dimension] of length 1, letters, log_probs of each window."""

    embedding: np.ndarray
    transcript: str
    log_probs: tuple[np.ndarray, ...] = ()


def cut_windows(audio: np.ndarray, window: int, overlap: int) -> list[np.ndarray]:
    """Windows that start every window - overlap samples, the last one shorter, none that lies in the overlap alone."""
    starts = range(0, max(1, len(audio) - overlap), window - overlap)
    return [audio[start : start + window] for start in starts]


class Listener:
    """Runs speech.onnx on one thread."""

    def __init__(self, onnx_path: Path):
        self.session = open_session(onnx_path)

    def run(self, audio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """One window, float32 [samples] -> embedding [dimension], log_probs [frames, letters]."""
        padded = np.pad(audio, (0, max(0, SHORTEST_SAMPLES - len(audio)))).astype(np.float32)
        embedding, log_probs = self.session.run(["embedding", "log_probs"], {"audio": padded[None]})
        return embedding[0], log_probs[0]

    def hear(self, audio: np.ndarray) -> Heard:
        """Audio at 16 kHz of any length: SpeechCT-CLIP's mean of window embeddings, brought back to length 1."""
        window, overlap = (round(s * SAMPLE_RATE_HZ) for s in (WINDOW_SECONDS, OVERLAP_SECONDS))
        answers = [self.run(part) for part in cut_windows(audio, window, overlap)]
        mean = np.mean([embedding for embedding, _ in answers], 0)
        windows = tuple(log_probs for _, log_probs in answers)
        return Heard(mean / np.linalg.norm(mean), " ".join(map(read_greedy, windows)), windows)
