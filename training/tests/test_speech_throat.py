import numpy as np
import pytest

from voxct.speech.throat import (
    FRAME,
    other_throat,
    overlap_add,
    pitch_of,
    resynthesized,
    smoother,
    source,
    spectra,
    warp_matrix,
    with_formants,
)


def make_vowel(hz: float = 120.0, formant_hz: float = 700.0, samples: int = 16_000) -> np.ndarray:
    t = np.arange(samples) / 16_000
    parts = [np.exp(-(((k * hz - formant_hz) / 250) ** 2)) * np.sin(2 * np.pi * k * hz * t) for k in range(1, 40)]
    return (0.1 * np.sum(parts, 0)).astype(np.float32)


def centroid_hz(audio: np.ndarray) -> float:
    power = np.abs(np.fft.rfft(audio)) ** 2
    return float((power * np.fft.rfftfreq(len(audio), 1 / 16_000)).sum() / power.sum())


def test_spectra_and_overlap_add_give_the_sound_back():
    audio = make_vowel()
    back = overlap_add(spectra(audio), len(audio))
    assert np.abs(back - audio)[FRAME:-FRAME].max() < 1e-3 * np.abs(audio).max()


@pytest.mark.parametrize("hz", [80.0, 120.0, 200.0, 300.0])
def test_the_pitch_of_a_vowel_is_found(hz):
    f0 = pitch_of(np.abs(spectra(make_vowel(hz))) ** 2)[10:-10]
    assert np.median(f0) == pytest.approx(hz, rel=0.04)


def test_noise_has_no_pitch():
    noise = np.random.default_rng(1).standard_normal(16_000).astype(np.float32)
    assert (pitch_of(np.abs(spectra(noise)) ** 2) > 0).mean() < 0.2


def test_warping_moves_a_formant_and_keeps_a_flat_envelope_flat():
    matrix = warp_matrix(1.2)
    assert np.allclose(np.ones(matrix.shape[0]) @ matrix, 1, atol=1e-5)
    bump = np.exp(-(((np.arange(matrix.shape[0]) - 100) / 5) ** 2))
    assert abs(int((bump @ matrix).argmax()) - 120) <= 1


def test_smoothing_keeps_the_mean_and_removes_harmonics():
    comb = np.cos(np.arange(smoother().shape[0]) * 2 * np.pi / 8)
    assert np.abs(comb @ smoother())[20:-20].max() < 0.1
    assert np.allclose(np.ones(len(comb)) @ smoother(), 1, atol=1e-4)


def test_the_source_is_pulses_where_voiced_and_of_unit_power():
    rng = np.random.default_rng(2)
    pulses = source(np.full(100, 100.0), 12_000, 0.0, rng)
    assert (np.abs(pulses) > 1e-6).sum() == pytest.approx(75, abs=2)
    noise = source(np.zeros(100), 12_000, 0.0, rng)
    assert noise.std() == pytest.approx(1, rel=0.05)


def test_other_formants_keep_the_length_and_change_the_colour():
    audio = make_vowel()
    colours = [centroid_hz(with_formants(audio, np.random.default_rng(seed))) for seed in range(8)]
    assert len(with_formants(audio, np.random.default_rng(0))) == len(audio)
    assert max(colours) - min(colours) > 100


def test_a_resynthesized_voice_lasts_about_as_long_and_is_as_loud():
    audio = make_vowel()
    for seed in range(5):
        out = resynthesized(audio, np.random.default_rng(seed))
        assert 0.7 < len(out) / len(audio) < 1.4
        assert 0.2 < out.std() / audio.std() < 5


def test_any_voice_is_finite_even_for_silence_and_very_short_clips():
    rng = np.random.default_rng(3)
    for clip in [np.zeros(8_000, np.float32), make_vowel(samples=1_700)]:
        for _ in range(12):
            out = other_throat(clip, rng)
            assert np.isfinite(out).all()
            assert len(out) > 1_000
