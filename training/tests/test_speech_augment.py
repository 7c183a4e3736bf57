import numpy as np
import pytest
import torch

from voxct.speech.augment import (
    at_speed,
    background,
    coloured_noise,
    heard,
    in_room,
    nothing_said,
    through_microphone,
)
from voxct.speech.batches import mask_mel
from voxct.speech.listener import cut_windows


def make_voice(samples: int = 24_000) -> np.ndarray:
    t = np.arange(samples) / 16_000
    return (0.4 * np.sin(2 * np.pi * 150 * t) * (np.sin(2 * np.pi * 3 * t) > 0)).astype(np.float32)


@pytest.mark.parametrize("change", [in_room, through_microphone])
def test_rooms_and_microphones_keep_the_length(change):
    out = change(make_voice(), np.random.default_rng(1))
    assert out.shape == (24_000,)
    assert np.isfinite(out).all()
    assert np.abs(out).max() > 0.01


def test_speed_divides_the_length():
    assert abs(len(at_speed(make_voice(), 1.25)) - 24_000 / 1.25) <= 1


def test_backgrounds_have_unit_level_and_the_asked_length():
    rng = np.random.default_rng(2)
    for _ in range(20):
        noise = background(9_000, rng, make_voice(5_000))
        assert noise.shape == (9_000,)
        assert np.sqrt(np.mean(noise**2)) == pytest.approx(1, abs=1e-3)


def test_brown_noise_falls_faster_than_white():
    rng = np.random.default_rng(3)
    share = lambda slope: (np.abs(np.fft.rfft(coloured_noise(16_000, slope, rng)))[4000:] ** 2).sum()  # noqa: E731
    assert share(2.0) < 0.01 * share(0.0)


def test_what_is_heard_is_finite_and_within_full_scale():
    rng = np.random.default_rng(4)
    for _ in range(30):
        out = heard(make_voice(), rng, make_voice(7_000))
        assert out.dtype == np.float32
        assert np.isfinite(out).all()
        assert 0 < np.abs(out).max() <= 1.0
        assert 24_000 / 1.15 - 2 <= len(out) <= 24_000 / 0.87 + 2 * 9_600 + 2


def test_clips_that_say_nothing_are_finite():
    rng = np.random.default_rng(5)
    for _ in range(30):
        out = nothing_said(12_000, rng, make_voice(12_000))
        assert np.isfinite(out).all()
        assert len(out) >= 10_000


def test_masking_a_spectrogram_only_lowers_it():
    mel = torch.zeros(3, 200, 64)
    masked = mask_mel(mel.clone(), np.random.default_rng(6))
    assert set(masked.unique().tolist()) <= {-1.0, 0.0}
    assert masked.mean() > -0.6


def test_windows_cover_a_long_clip_with_the_overlap():
    audio = np.arange(100)
    parts = cut_windows(audio, 40, 10)
    assert [(part[0], part[-1]) for part in parts] == [(0, 39), (30, 69), (60, 99)]
    assert len(cut_windows(audio[:40], 40, 10)) == 1
    assert [len(part) for part in cut_windows(audio[:41], 40, 10)] == [40, 11]
