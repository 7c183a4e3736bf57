"""Log-mel spectrogram as plain convolutions and products, so that the exported graph needs no STFT or DFT operator."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

SAMPLE_RATE_HZ = 16_000
WINDOW_SAMPLES = 400  # 25 ms
HOP_SAMPLES = 160  # 10 ms
FFT_BINS = WINDOW_SAMPLES // 2 + 1
# Floor of the power before the logarithm. Signals are in -1..1, so this is far below 16-bit rounding noise.
POWER_FLOOR = 1e-9
# Whisper keeps 8 decades below the loudest cell; 6 hold all of a spoken sentence, and what is below is the room.
DECADES_KEPT = 6.0


def fourier_basis() -> np.ndarray:
    """Hann-windowed real and imaginary parts of the DFT, float32 [2 * FFT_BINS, WINDOW_SAMPLES]."""
    n = np.arange(WINDOW_SAMPLES)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * n / WINDOW_SAMPLES)
    angle = 2 * np.pi * np.outer(np.arange(FFT_BINS), n) / WINDOW_SAMPLES
    return (np.concatenate([np.cos(angle), -np.sin(angle)]) * window).astype(np.float32)


def mel_filters(mel_bins: int, low_hz: float = 60.0, high_hz: float = 7600.0) -> np.ndarray:
    """Triangular filters on the HTK mel scale, float32 [mel_bins, FFT_BINS]; each sums to 1 (a mean of power)."""
    to_mel = lambda hz: 2595.0 * np.log10(1.0 + hz / 700.0)  # noqa: E731
    corners_mel = np.linspace(to_mel(low_hz), to_mel(high_hz), mel_bins + 2)
    corners_hz = 700.0 * (10 ** (corners_mel / 2595.0) - 1.0)
    bins_hz = np.arange(FFT_BINS) * SAMPLE_RATE_HZ / WINDOW_SAMPLES
    left, centre, right = corners_hz[:-2, None], corners_hz[1:-1, None], corners_hz[2:, None]
    triangles = np.maximum(0, np.minimum((bins_hz - left) / (centre - left), (right - bins_hz) / (right - centre)))
    # The lowest filters are narrower than a bin: give them the nearest bin rather than nothing.
    for row, middle in zip(triangles, centre[:, 0], strict=True):
        if row.sum() < 0.3:
            row[np.abs(bins_hz - middle).argmin()] = 1.0
    return (triangles / triangles.sum(1, keepdims=True)).astype(np.float32)


class LogMel(nn.Module):
    """Audio [batch, samples] in -1..1 at 16 kHz to log-mel [batch, frames, mel_bins] in -1..1.

    frames = 1 + (samples - 400) // 160. The loudest cell becomes 1 and all that is DECADES_KEPT decades of
    power below it becomes -1: the answer does not depend on the gain, and padding with zeros does not change it.
    """

    def __init__(self, mel_bins: int):
        super().__init__()
        self.register_buffer("basis", torch.from_numpy(fourier_basis())[:, None, :], persistent=False)
        self.register_buffer("filters", torch.from_numpy(mel_filters(mel_bins).T.copy()), persistent=False)

    def forward(self, audio: Tensor) -> Tensor:
        parts = nn.functional.conv1d(audio[:, None, :], self.basis, stride=HOP_SAMPLES)
        power = (parts[:, :FFT_BINS] ** 2 + parts[:, FFT_BINS:] ** 2).transpose(1, 2)
        decades = torch.log10(torch.clamp(power @ self.filters, min=POWER_FLOOR))
        loudest = torch.amax(decades, dim=(1, 2), keepdim=True)
        kept = torch.maximum(decades, loudest - DECADES_KEPT)
        return (kept - loudest) * (2.0 / DECADES_KEPT) + 1.0


def frames_of(samples: int) -> int:
    """Log-mel frames of a clip, before the two halvings of the encoder."""
    return 1 + (samples - WINDOW_SAMPLES) // HOP_SAMPLES
