"""Rooms, microphones, noises and clips without a finding, all synthetic: nothing here is recorded."""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

from voxct.speech.logmel import SAMPLE_RATE_HZ

Rng = np.random.Generator


def coloured_noise(samples: int, slope: float, rng: Rng) -> np.ndarray:
    """Noise of unit RMS, float32 [samples], whose power falls as 1/f^slope: 0 white, 1 pink, 2 brown."""
    # Made in blocks of a power of two: a transform of any other length can be very slow.
    length = 1 << int(np.ceil(np.log2(max(samples, 2))))
    spectrum = np.fft.rfft(rng.standard_normal(length).astype(np.float32))
    spectrum[1:] *= np.arange(1, len(spectrum)) ** (-slope / 2)
    spectrum[0] = 0
    return unit_rms(np.fft.irfft(spectrum, length)[:samples])


def unit_rms(audio: np.ndarray) -> np.ndarray:
    """The signal scaled to RMS 1; silence stays silence."""
    return (audio / max(float(np.sqrt(np.mean(audio**2))), 1e-6)).astype(np.float32)


def mains_hum(samples: int, rng: Rng) -> np.ndarray:
    """50 or 60 Hz with falling harmonics, unit RMS."""
    t = np.arange(samples) / SAMPLE_RATE_HZ
    base_hz = rng.choice([50.0, 60.0, rng.uniform(80, 300)])
    parts = [np.sin(2 * np.pi * base_hz * k * t + rng.uniform(0, 6.28)) * rng.random() / k for k in range(1, 6)]
    return unit_rms(np.sum(parts, 0))


def clicks(samples: int, rng: Rng) -> np.ndarray:
    """Keys, clocks and rain on glass: short decaying bursts at regular or random times, unit RMS."""
    out = np.zeros(samples, np.float32)
    count = int(rng.uniform(1, 14) * samples / SAMPLE_RATE_HZ) + 1
    regular = rng.random() < 0.5
    starts = np.linspace(0, samples, count, endpoint=False) if regular else rng.uniform(0, samples, count)
    length = int(rng.uniform(0.004, 0.06) * SAMPLE_RATE_HZ)
    decay = np.exp(-np.arange(length) / (length / 5))
    ring = np.sin(2 * np.pi * rng.uniform(400, 5000) * np.arange(length) / SAMPLE_RATE_HZ) * rng.random()
    for start in starts.astype(int):
        burst = (rng.standard_normal(length) * 0.7 + ring) * decay * rng.uniform(0.4, 1)
        out[start : start + length] += burst[: samples - start]
    return unit_rms(out)


def tones(samples: int, rng: Rng) -> np.ndarray:
    """Music-like: notes of a random scale with harmonics, vibrato and gliding cries, unit RMS."""
    out, at = np.zeros(samples, np.float32), 0
    base_hz = rng.uniform(110, 700)
    while at < samples:
        length = min(samples - at, int(rng.uniform(0.08, 0.9) * SAMPLE_RATE_HZ))
        t = np.arange(length) / SAMPLE_RATE_HZ
        hz = base_hz * 2 ** (rng.integers(-7, 13) / 12) * (1 + rng.uniform(-0.4, 0.4) * t * (rng.random() < 0.3))
        phase = 2 * np.pi * np.cumsum(hz * (1 + 0.01 * np.sin(2 * np.pi * 5.5 * t))) / SAMPLE_RATE_HZ
        note = sum(np.sin(k * phase) * rng.random() / k for k in range(1, rng.integers(2, 9)))
        out[at : at + length] = note * np.minimum(1, 20 * t) * np.exp(-t * rng.uniform(0, 4)) * rng.uniform(0.2, 1)
        at += length + int(rng.uniform(0, 0.3) * SAMPLE_RATE_HZ * (rng.random() < 0.4))
    return unit_rms(out)


def background(samples: int, rng: Rng, babble: np.ndarray | None = None) -> np.ndarray:
    """One random background of unit RMS; `babble` is the voice of someone else, looped to length where given."""
    kind = rng.choice(["colour", "colour", "hum", "clicks", "tones", "babble"])
    if kind == "babble" and babble is not None and len(babble):
        return unit_rms(np.resize(np.roll(babble, rng.integers(len(babble))), samples))
    makers = {"hum": mains_hum, "clicks": clicks, "tones": tones}
    if kind in makers:
        return makers[kind](samples, rng)
    return coloured_noise(samples, rng.uniform(0, 2), rng)


def in_room(audio: np.ndarray, rng: Rng) -> np.ndarray:
    """Convolved with an exponentially decaying noise (RT60 0.1 to 0.7 s) behind a direct path, same length."""
    rt60_s = rng.uniform(0.1, 0.7)
    tail = int(rt60_s * 0.7 * SAMPLE_RATE_HZ)
    response = rng.standard_normal(tail) * np.exp(-6.9 * np.arange(tail) / (rt60_s * SAMPLE_RATE_HZ))
    response *= rng.uniform(0.1, 0.8) / np.sqrt((response**2).sum())
    response[0] = 1.0
    return fftconvolve(audio, response.astype(np.float32))[: len(audio)].astype(np.float32)


def through_microphone(audio: np.ndarray, rng: Rng) -> np.ndarray:
    """A band and a tilt: a random low and high corner of first or second order, same length."""
    low_hz, high_hz = rng.uniform(40, 350), rng.uniform(2800, 7600)
    band = butter(rng.integers(1, 3), [low_hz, high_hz], "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    tilted = np.append(audio[0], audio[1:] - rng.uniform(-0.5, 0.6) * audio[:-1])
    return sosfilt(band, tilted).astype(np.float32)


def at_speed(audio: np.ndarray, factor: float) -> np.ndarray:
    """Played faster (factor > 1), pitch and formants moving with it: another throat. Length becomes n / factor."""
    return np.interp(np.arange(0, len(audio) - 1, factor), np.arange(len(audio)), audio).astype(np.float32)


def heard(audio: np.ndarray, rng: Rng, babble: np.ndarray | None = None, strength: float = 1.0) -> np.ndarray:
    """One utterance as a microphone somewhere hears it, float32, peak at most 1; `strength` 0..1 scales the odds.

    Length changes by speed (0.87 to 1.15) and by silence before and after (up to 0.6 s each).
    """
    chance = lambda odds: rng.random() < odds * strength  # noqa: E731
    if chance(0.7):
        audio = at_speed(audio, rng.uniform(0.87, 1.15))
    before, after = (int(rng.exponential(0.15) * SAMPLE_RATE_HZ) for _ in range(2))
    audio = np.pad(audio, (min(before, 9600), min(after, 9600)))
    if chance(0.5):
        audio = in_room(audio, rng)
    level = float(np.sqrt(np.mean(audio**2)))
    if chance(0.75):
        audio = audio + background(len(audio), rng, babble) * level * 10 ** (-rng.uniform(3, 30) / 20)
    if chance(0.6):
        audio = through_microphone(audio, rng)
    peak = max(float(np.abs(audio).max()), 1e-6)
    if chance(0.12):
        return np.clip(audio / peak * rng.uniform(1.5, 5), -1, 1).astype(np.float32)
    return (audio / peak * 10 ** (-rng.uniform(0, 26) / 20)).astype(np.float32)


def nothing_said(samples: int, rng: Rng, voice: np.ndarray | None = None) -> np.ndarray:
    """A clip that says no finding: silence, noises alone or mixed, or the given voice played backwards."""
    kind = rng.choice(["silence", "noise", "mixed", "backwards"], p=[0.08, 0.42, 0.2, 0.3])
    if kind == "backwards" and voice is not None:
        return heard(voice[::-1].copy(), rng)
    if kind == "silence":
        return (rng.standard_normal(samples) * 10 ** -rng.uniform(2.5, 6)).astype(np.float32)
    out = background(samples, rng)
    if kind == "mixed":
        out = out + background(samples, rng) * rng.uniform(0.2, 1)
    swell = np.interp(np.arange(samples), np.linspace(0, samples, 6), rng.uniform(0.1, 1, 6))
    out = in_room(out * swell, rng) if rng.random() < 0.3 else out * swell
    return (out / np.abs(out).max() * rng.uniform(0.02, 0.9)).astype(np.float32)
