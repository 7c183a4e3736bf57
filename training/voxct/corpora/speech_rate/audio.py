"""Recordings at 16 kHz, mono."""

from math import gcd
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import resample_poly

from voxct.corpora.refusals import Refused

SAMPLE_RATE_HZ = 16000
SHORTEST_SECONDS = 0.3
QUIETEST = 1e-4
"""Root mean square below which a file holds no speech: -80 dB of full scale."""


def read_recording(path: Path) -> NDArray[np.float32]:
    """[samples] in -1..1. Resampled by a polyphase filter: 24 kHz becomes 16 kHz by 2/3. Raises Refused."""
    try:
        audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise Refused(f"can't be read ({' '.join(str(error).split())[:160]})") from error
    mono = audio.mean(axis=1)
    if len(mono) < SHORTEST_SECONDS * rate:
        raise Refused(f"lasts {len(mono) / rate:.2f} s: cut off or empty")
    if not np.isfinite(mono).all() or np.sqrt(np.mean(np.square(mono))) < QUIETEST:
        raise Refused("is silent")
    return resample(mono, rate)


def resample(mono: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    if rate == SAMPLE_RATE_HZ:
        return mono
    common = gcd(rate, SAMPLE_RATE_HZ)
    return resample_poly(mono, SAMPLE_RATE_HZ // common, rate // common).astype(np.float32)
