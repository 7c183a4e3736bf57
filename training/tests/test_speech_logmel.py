import numpy as np
import torch

from voxct.speech.logmel import DECADES_KEPT, HOP_SAMPLES, WINDOW_SAMPLES, LogMel, frames_of, mel_filters


def reference_logmel(audio: np.ndarray, bins: int) -> np.ndarray:
    starts = range(0, len(audio) - WINDOW_SAMPLES + 1, HOP_SAMPLES)
    window = np.hanning(WINDOW_SAMPLES + 1)[:-1]
    power = np.array([np.abs(np.fft.rfft(audio[s : s + WINDOW_SAMPLES] * window)) ** 2 for s in starts])
    decades = np.log10(np.maximum(power @ mel_filters(bins).T.astype(np.float64), 1e-9))
    kept = np.maximum(decades, decades.max() - DECADES_KEPT)
    return (kept - decades.max()) * 2 / DECADES_KEPT + 1


def make_chirp(samples: int) -> np.ndarray:
    t = np.arange(samples) / 16_000
    noise = np.random.default_rng(0).standard_normal(samples) * 0.01
    return (0.5 * np.sin(2 * np.pi * (200 + 1500 * t) * t) + noise).astype(np.float32)


def test_log_mel_equals_a_plain_fft_reference():
    audio = make_chirp(20_000)
    ours = LogMel(64)(torch.from_numpy(audio)[None])[0].numpy()
    assert ours.shape == (frames_of(20_000), 64)
    assert np.abs(ours - reference_logmel(audio.astype(np.float64), 64)).max() < 1e-3


def test_log_mel_does_not_depend_on_gain():
    audio = torch.from_numpy(make_chirp(12_000))[None]
    logmel = LogMel(64)
    assert (logmel(audio) - logmel(audio * 0.1)).abs().max() < 1e-3


def test_every_mel_filter_sees_at_least_one_bin():
    filters = mel_filters(64)
    assert np.allclose(filters.sum(1), 1, atol=1e-5)
    assert (filters >= 0).all()
