"""Another speaker out of the same recording: formants, pitch, melody, rhythm and buzz changed, words kept.

A vocoder in a few array operations: the spectral envelope of each frame (the throat) by cepstral smoothing, the voice
source as a train of pulses or noise. Diphone and formant synthesizers sound as they do because their source is such a
train; hearing it in training is what prepares for engines that are not in training.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import fft
from scipy.ndimage import median_filter, uniform_filter1d

from voxct.speech.logmel import SAMPLE_RATE_HZ

FRAME, HOP = 512, 128
BINS = FRAME // 2 + 1
WINDOW = np.hanning(FRAME + 1)[:-1].astype(np.float32)
# Cepstrum below 1.6 ms is the throat; a pitch below 600 Hz lies above.
LIFTER = 26
SHORTEST_LAG, LONGEST_LAG = SAMPLE_RATE_HZ // 420, SAMPLE_RATE_HZ // 55
VOICED_ABOVE = 0.42

Rng = np.random.Generator


@lru_cache
def smoother() -> np.ndarray:
    """float32 [BINS, BINS]: log power times this is its cepstrally smoothed envelope."""
    bins = np.eye(BINS)
    cepstra = np.fft.irfft(bins, FRAME, axis=1)
    keep = np.zeros(FRAME)
    taper = 0.5 + 0.5 * np.cos(np.pi * np.arange(LIFTER) / LIFTER)
    keep[:LIFTER] = taper**0.5
    keep[-LIFTER + 1 :] = keep[1:LIFTER][::-1]
    return np.fft.rfft(cepstra * keep, axis=1).real.astype(np.float32)


def warp_matrix(stretch: float) -> np.ndarray:
    """float32 [BINS, BINS]: an envelope times this has its formants at `stretch` times their frequency."""
    source = np.clip(np.arange(BINS) / stretch, 0, BINS - 1.001)
    low = source.astype(int)
    out = np.zeros((BINS, BINS), np.float32)
    out[low, np.arange(BINS)] = 1 - (source - low)
    out[low + 1, np.arange(BINS)] += source - low
    return out


def spectra(audio: np.ndarray) -> np.ndarray:
    """complex64 [frames, BINS]; the signal is padded so that the first frame is centred on its start."""
    padded = np.pad(audio.astype(np.float32), (FRAME // 2, FRAME))
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[: len(audio) + FRAME // 2 : HOP]
    return fft.rfft(frames * WINDOW, axis=1)


def overlap_add(frames: np.ndarray, samples: int) -> np.ndarray:
    """Inverse of `spectra`: windowed frames added up, float32 [samples]."""
    waves = fft.irfft(frames, FRAME, axis=1) * WINDOW
    parts = FRAME // HOP
    out = np.zeros((len(waves) + parts, HOP), np.float32)
    for part in range(parts):
        out[part : part + len(waves)] += waves[:, part * HOP : (part + 1) * HOP]
    # Four squared Hann windows overlap: their sum is 1.5 everywhere.
    return (out.reshape(-1)[FRAME // 2 : FRAME // 2 + samples] / 1.5).astype(np.float32)


def pitch_of(power: np.ndarray) -> np.ndarray:
    """F0 in Hz a frame, 0 where unvoiced: peak of the autocorrelation, [frames]."""
    correlation = fft.irfft(power, FRAME, axis=1)
    window = fft.irfft(np.abs(fft.rfft(WINDOW)) ** 2, FRAME)
    lags = np.arange(SHORTEST_LAG, LONGEST_LAG)
    normal = correlation[:, lags] / (correlation[:, :1] * (window[lags] / window[0]).clip(0.15) + 1e-9)
    # The shorter of two like peaks is the period: a small fine on the lag.
    best = (normal - 0.15 * lags / LONGEST_LAG).argmax(1)
    loud = correlation[:, 0] > 1e-4 * correlation[:, 0].max()
    voiced = (normal[np.arange(len(best)), best] > VOICED_ABOVE) & loud
    return median_filter(np.where(voiced, SAMPLE_RATE_HZ / lags[best], 0), 5)


def random_curve(points: int, rng: Rng, knots: int, spread: float) -> np.ndarray:
    """A smooth random function of standard deviation `spread` at its knots, [points]."""
    return np.interp(np.arange(points), np.linspace(0, points - 1, knots), rng.standard_normal(knots) * spread)


def source(f0: np.ndarray, samples: int, breath: float, rng: Rng) -> np.ndarray:
    """Pulses of unit power where f0 [frames] > 0, with a share of noise, and noise alone elsewhere, [samples]."""
    at = np.arange(samples) / HOP
    voiced = np.interp(at, np.arange(len(f0)), (f0 > 0).astype(np.float32))
    held = np.where(f0 > 0, f0, np.nan)
    known = np.flatnonzero(f0 > 0)
    hz = np.interp(at, known, held[known]) if len(known) else np.full(samples, 100.0)
    turns = np.floor(np.cumsum(hz) / SAMPLE_RATE_HZ)
    pulses = np.diff(turns, prepend=0) * np.sqrt(SAMPLE_RATE_HZ / hz)
    noise = rng.standard_normal(samples, np.float32)
    share = np.where(voiced > 0.5, 1 - breath, 0.0)
    return (np.sqrt(share) * pulses + np.sqrt(1 - share) * noise).astype(np.float32)


def with_formants(audio: np.ndarray, rng: Rng) -> np.ndarray:
    """Formants moved by 0.82 to 1.22 and a random equaliser; pitch and source stay. Same length."""
    frames = spectra(audio)
    logs = np.log(frames.real**2 + frames.imag**2 + 1e-7)
    change = smoother() @ (warp_matrix(rng.uniform(0.82, 1.22)) - np.eye(BINS, dtype=np.float32))
    gain = (logs @ change).clip(-6, 6) + random_curve(BINS, rng, 9, 0.7)
    return overlap_add(frames * np.exp(0.5 * gain), len(audio))


def resynthesized(audio: np.ndarray, rng: Rng) -> np.ndarray:
    """Vocoded: another pitch, melody, rhythm, throat and a synthetic source. Length changes by 0.85 to 1.2."""
    frames = spectra(audio)
    power = frames.real**2 + frames.imag**2
    f0 = pitch_of(power)
    envelope = np.log(power + 1e-7) @ (smoother() @ warp_matrix(rng.uniform(0.84, 1.2)))
    # Rhythm: some stretches faster, some slower.
    steps = np.exp(random_curve(len(frames), rng, 4 + len(frames) // 60, 0.16)) * rng.uniform(0.87, 1.15)
    place = np.cumsum(steps)
    times = np.interp(np.arange(1, int(place[-1]) + 1), place, np.arange(len(frames)))
    envelope = envelope[np.rint(times).astype(int)] + random_curve(BINS, rng, 9, 0.6)
    f0 = f0[np.rint(times).astype(int)]
    if rng.random() < 0.3:
        envelope = uniform_filter1d(envelope, 3, axis=0)
    voiced = f0 > 0
    if voiced.any():
        middle, melody = np.median(f0[voiced]), rng.choice([0.0, rng.uniform(0, 1), rng.uniform(0.8, 1.7)])
        target = np.clip(middle * np.exp(rng.normal(0, 0.28)), 60, 320)
        f0 = np.where(voiced, np.clip(target * (np.maximum(f0, 1) / middle) ** melody, 50, 420), 0)
    breath = rng.choice([0.0, rng.uniform(0, 0.25), 1.0], p=[0.45, 0.5, 0.05])
    samples = len(times) * HOP
    driven = spectra(source(f0, samples, breath, rng))[: len(envelope)]
    scale = 0.5 * (envelope[: len(driven)] - np.log((WINDOW**2).sum()))
    return overlap_add(driven * np.exp(scale), samples)


def other_throat(audio: np.ndarray, rng: Rng) -> np.ndarray:
    """One utterance as another voice might say it: a quarter with other formants, a quarter resynthesized."""
    kind = rng.random()
    if kind < 0.25:
        return with_formants(audio, rng)
    return resynthesized(audio, rng) if kind < 0.5 else audio
