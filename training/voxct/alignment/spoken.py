"""Prompts and whole reports spoken by voices that training never heard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.findings import FINDING_IDS, list_prompts
from voxct.speech.listener import OVERLAP_SECONDS, WINDOW_SECONDS, cut_windows
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.voices import Voice, speak, speak_diphone_batch, speak_festival_batch, to_spoken

PAUSE_SECONDS = 0.25  # between the sentences of a report
FESTIVAL_BATCH = 60


def trim(audio: np.ndarray) -> np.ndarray:
    """The engine's silence cut to 0.05 s and the peak set, as in the corpus; a silent clip comes back as it is."""
    loud = np.flatnonzero(np.abs(audio) > 0.01)
    if not len(loud):
        return audio
    audio = audio[max(0, loud[0] - 800) : loud[-1] + 800]
    return (audio * (0.7 / np.abs(audio).max())).astype(np.float32)


def speak_all(jobs: Sequence[tuple[str, Voice]]) -> list[np.ndarray]:
    """Trimmed clips, float32 at 16 kHz, in the order of the jobs; festival's voices speak in batches."""
    clips: list[np.ndarray | None] = [None] * len(jobs)
    batched = {"festival": speak_festival_batch, "diphone": speak_diphones}
    for engine, speak_batch in batched.items():
        slow = [i for i, (_, voice) in enumerate(jobs) if voice.engine == engine]
        for start in range(0, len(slow), FESTIVAL_BATCH):
            rows = slow[start : start + FESTIVAL_BATCH]
            sounds = speak_batch([(to_spoken(jobs[i][0]), jobs[i][1]) for i in rows])
            for i, sound in zip(rows, sounds, strict=True):
                clips[i] = trim(sound)
    for i, (text, voice) in enumerate(jobs):
        if clips[i] is None:
            clips[i] = trim(speak(to_spoken(text), voice))
    return clips


def speak_diphones(jobs: list[tuple[str, Voice]]) -> list[np.ndarray]:
    return speak_diphone_batch(jobs, np.random.default_rng(1))


def speak_prompts(voices: Sequence[Voice]) -> Iterator[tuple[np.ndarray, dict]]:
    """Each of the 36 zero-shot prompts by each voice: (audio, {"prompt": 0..35, "voice"})."""
    jobs = [(text, voice) for text in list_prompts() for voice in voices]
    for i, (clip, (text, voice)) in enumerate(zip(speak_all(jobs), jobs, strict=True)):
        yield clip, {"prompt": i // len(voices), "text": text, "voice": voice.to_json()}


def to_prompt_rows(embeddings: np.ndarray, prompts: Sequence[int]) -> np.ndarray:
    """Unit mean over the voices: embeddings [clips, d] of unit length, `prompts` [clips] 0..35 -> [18, 2, d]."""
    which = np.asarray(prompts)
    rows = np.stack([embeddings[which == p].mean(0) for p in range(2 * len(FINDING_IDS))])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.reshape(len(FINDING_IDS), 2, -1).astype(np.float32)


def split_report(report: str) -> list[str]:
    """A written report's sentences: cut after a full stop, question or exclamation mark that a space follows."""
    return [part for part in re.split(r"(?<=[.!?])\s+", report.strip()) if part]


@dataclass(frozen=True)
class SpokenReport:
    """A case's report read by one voice: int16 samples and the bounds (start, end) of its sentences."""

    seed: int
    voice: Voice
    audio: np.ndarray
    bounds: list[tuple[int, int]]


def speak_reports(
    cases: Sequence[tuple[int, str]], voices: Sequence[Voice], at_once: int = 25
) -> Iterator[SpokenReport]:
    """cases: (seed, report). The voices take turns by the case's seed; sentences are spoken one by one and joined."""
    for start in range(0, len(cases), at_once):
        group = [
            (seed, split_report(report), voices[seed % len(voices)]) for seed, report in cases[start : start + at_once]
        ]
        clips = iter(speak_all([(text, voice) for _, texts, voice in group for text in texts]))
        for seed, texts, voice in group:
            yield join_sentences(seed, voice, [next(clips) for _ in texts])


def join_sentences(seed: int, voice: Voice, clips: Sequence[np.ndarray]) -> SpokenReport:
    pause = np.zeros(round(PAUSE_SECONDS * SAMPLE_RATE_HZ), np.float32)
    parts, bounds, at = [], [], 0
    for clip in clips:
        parts += [clip, pause]
        bounds.append((at, at + len(clip)))
        at += len(clip) + len(pause)
    audio = np.concatenate(parts)
    return SpokenReport(seed, voice, (np.clip(audio, -1, 1) * 32767).astype("<i2"), bounds)


def windows_of(audio: np.ndarray) -> list[np.ndarray]:
    """SpeechCT-CLIP's windows in miniature: 12 s that overlap by 1 s, as the app cuts them."""
    window, overlap = (round(s * SAMPLE_RATE_HZ) for s in (WINDOW_SECONDS, OVERLAP_SECONDS))
    return cut_windows(audio, window, overlap)


def mean_by_owner(embeddings: np.ndarray, owners: np.ndarray, count: int) -> np.ndarray:
    """Unit mean of the rows of each owner 0..count-1: [rows, d] -> [count, d]."""
    total = np.zeros((count, embeddings.shape[1]), np.float64)
    np.add.at(total, owners, embeddings)
    return (total / np.linalg.norm(total, axis=1, keepdims=True)).astype(np.float32)


def read_spoken(folder: Path, split: str) -> Iterator[tuple[int, np.ndarray, list[tuple[int, int]]]]:
    """(seed, audio float32, bounds of its sentences) of every report that make_spoken_reports.py wrote."""
    sound = np.memmap(folder / f"{split}.i16", np.int16, "r")
    for line in (folder / f"{split}.jsonl").read_text().splitlines():
        row = json.loads(line)
        audio = sound[row["offset"] : row["offset"] + row["samples"]].astype(np.float32) / 32768.0
        yield row["seed"], audio, [tuple(bound) for bound in row["bounds"]]
