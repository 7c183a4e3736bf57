"""Clips on disk: parity probes and the 36 spoken prompts."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from voxct.corpora.refusals import Refused
from voxct.corpora.speech_rate.audio import read_recording
from voxct.findings import FINDING_IDS

STATES = ("present", "absent")


def read_clip(path: Path) -> NDArray[np.float32]:
    """A recording at 16 kHz; ValueError with the file's name where it is none."""
    try:
        return read_recording(path)
    except Refused as refused:
        raise ValueError(f"{path} {refused}") from refused


def list_prompt_files(folder: Path) -> list[Path]:
    """36 files `<finding>_present.wav` and `<finding>_absent.wav`, in CT-RATE's order; raises with all that lack."""
    files = [folder / f"{finding}_{state}.wav" for finding in FINDING_IDS for state in STATES]
    lacking = [file.name for file in files if not file.is_file()]
    if lacking:
        raise ValueError(f"{folder} lacks {len(lacking)} of 36 spoken prompts: {', '.join(lacking)}")
    return files


def vary_clip(clip: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Other probes out of one: itself, faint, faster and higher, backwards, and said twice with a pause."""
    pause = np.zeros(8000, np.float32)
    faster = resample_poly(clip, 4, 5).astype(np.float32)
    return [clip, clip * np.float32(0.05), faster, clip[::-1].copy(), np.concatenate([clip, pause, faster])]
