"""How long audio is cut and put together again; the browser does the same (src/domain/speech/windows.ts)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

SHORTEST_TAIL_SECONDS = 0.3
"""A last window that would bring less new audio than this joins the one before, where the encoder takes any length."""


@dataclass(frozen=True)
class WindowRule:
    """As in the manifest's `speech`; `fixed`: it has `fixedSamples`, so no window may be longer than the others."""

    window_seconds: float
    overlap_seconds: float
    fixed: bool = False


WHISPER_RULE = WindowRule(30.0, 2.0, fixed=True)
"""SpeechCT-CLIP (arXiv 2510.02322): 30 s with 2 s overlap."""


def rule_for(samples: int, rate_hz: int) -> WindowRule:
    """Of an encoder that takes so many samples: Whisper's, or its own length with the same share of overlap."""
    seconds = samples / rate_hz
    overlap = WHISPER_RULE.overlap_seconds * seconds / WHISPER_RULE.window_seconds
    return WindowRule(seconds, overlap, fixed=True)


def to_windows(samples: int, rate_hz: int, rule: WindowRule) -> list[tuple[int, int]]:
    """Samples [start, end) of each window; neighbours share `overlap_seconds`, the last one ends with the audio."""
    length = round_half_up(rule.window_seconds * rate_hz)
    step = length - round_half_up(rule.overlap_seconds * rate_hz)
    shortest_tail = 1 if rule.fixed else round_half_up(SHORTEST_TAIL_SECONDS * rate_hz)
    windows, start = [], 0
    while samples > 0:
        if samples - (start + length) < shortest_tail:
            return [*windows, (start, samples)]
        windows.append((start, start + length))
        start += step
    return windows


def cut_padded(audio: NDArray[np.float32], rate_hz: int, rule: WindowRule, samples: int) -> NDArray[np.float32]:
    """[windows, samples]: every window of a fixed rule, zeros after its end."""
    spans = to_windows(len(audio), rate_hz, rule)
    rows = np.zeros((len(spans), samples), np.float32)
    for row, (start, end) in zip(rows, spans, strict=True):
        row[: end - start] = audio[start:end]
    return rows


def average_embeddings(embeddings: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Mean of the windows' unit embeddings, at unit length again."""
    mean = np.mean(embeddings, 0)
    return mean / np.linalg.norm(mean)


def round_half_up(value: float) -> int:
    """As Math.round; Python's own rounds halves to even."""
    return floor(value + 0.5)
