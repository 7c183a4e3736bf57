"""Clauses spoken apart and joined: the time of each in the sound is known."""

from __future__ import annotations

import re

import numpy as np

from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.voices import Voice, speak, to_spoken

# An engine's own silence before and after speech lies below this, relative to a peak of 1.
SILENCE = 0.01
EDGE_S = 0.05
PEAK = 0.7


def split_clauses(text: str) -> list[str]:
    """The sentences of a text; what has no punctuation stays whole."""
    return [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]


def speak_clauses(
    clauses: list[str], voice: Voice, pauses_s: list[float]
) -> tuple[np.ndarray, list[tuple[float, float]]]:
    """The clauses one after the other with `pauses_s[i]` of silence after clause i (one fewer than clauses).

    Returns float32 [samples] at 16 kHz with a peak of .7, and each clause's start and end in seconds.
    Raises ValueError where a clause came out silent.
    """
    parts, times, at = [], [], 0
    for number, clause in enumerate(clauses):
        sound = trim_silence(speak(to_spoken(clause), voice))
        if len(sound) == 0:
            raise ValueError(f"{voice.name} says nothing for: {clause[:60]}")
        times.append((at / SAMPLE_RATE_HZ, (at + len(sound)) / SAMPLE_RATE_HZ))
        pause = np.zeros(round(pauses_s[number] * SAMPLE_RATE_HZ) if number < len(pauses_s) else 0, np.float32)
        parts += [sound, pause]
        at += len(sound) + len(pause)
    joined = np.concatenate(parts)
    return (joined * (PEAK / np.abs(joined).max())).astype(np.float32), times


def trim_silence(sound: np.ndarray) -> np.ndarray:
    """Without the silence around it but for 50 ms; empty where all is silent."""
    loud = np.flatnonzero(np.abs(sound) > SILENCE)
    if len(loud) == 0:
        return sound[:0]
    edge = round(EDGE_S * SAMPLE_RATE_HZ)
    return sound[max(0, loud[0] - edge) : loud[-1] + edge]
