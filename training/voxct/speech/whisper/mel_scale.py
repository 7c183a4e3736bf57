"""Slaney's mel filter bank (Auditory Toolbox, 1998), the one Whisper's feature extractor uses."""

import numpy as np
from numpy.typing import NDArray

HZ_A_MEL = 200 / 3
"""Below 1 kHz the scale is linear."""
BEND_HZ = 1000.0
RATIO_A_MEL = 6.4 ** (1 / 27)
"""Above 1 kHz it is logarithmic: 27 mels from 1 kHz to 6.4 kHz."""


def to_mel(hz: float) -> float:
    if hz < BEND_HZ:
        return hz / HZ_A_MEL
    return BEND_HZ / HZ_A_MEL + np.log(hz / BEND_HZ) / np.log(RATIO_A_MEL)


def to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    bend = BEND_HZ / HZ_A_MEL
    return np.where(mel < bend, mel * HZ_A_MEL, BEND_HZ * RATIO_A_MEL ** np.maximum(mel - bend, 0))


def slaney_filters(mel_bins: int, fft_bins: int, high_hz: float) -> NDArray[np.float32]:
    """Triangles of equal area between 0 Hz and high_hz (half the sample rate): float32 [mel_bins, fft_bins]."""
    corners = to_hz(np.linspace(0.0, to_mel(high_hz), mel_bins + 2))
    bins = np.linspace(0.0, high_hz, fft_bins)
    left, centre, right = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    triangles = np.maximum(0, np.minimum((bins - left) / (centre - left), (right - bins) / (right - centre)))
    return (triangles * 2 / (right - left)).astype(np.float32)
