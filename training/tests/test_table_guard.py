import numpy as np
import pytest

from voxct.ct.guard import alter_scan, fit_guard, fit_guard_apart, shift, to_region_means
from voxct.ct.real_scans import to_input
from voxct.ct.recuts import REAL_ALONE, RECUTS
from voxct.ct.strangers import make_strangers


def test_region_means_equal_those_of_the_browser():
    # the same numbers as in src/domain/findings/findings.test.ts
    tokens = np.arange(16, dtype=np.float32).reshape(2, 1, 4, 2)
    assert to_region_means(tokens, (2, 1, 2)).tolist() == [1, 2, 5, 6, 9, 10, 13, 14]
    assert to_region_means(tokens, (1, 1, 2)).tolist() == [5, 6, 9, 10]
    assert to_region_means(tokens, (1, 1, 1)).tolist() == [7, 8]


def test_the_guard_measures_mahalanobis_and_its_limit_lets_validation_pass():
    source = np.random.default_rng(0)
    spread = np.array([1.0, 2.0, 0.5, 1.5])
    train, validation = (source.normal(size=(n, 4)) * spread + 3 for n in (4000, 1000))
    guard = fit_guard(train, validation)
    exact = np.sqrt((((validation - 3) / spread) ** 2).sum(1))
    assert guard.distance(validation) == pytest.approx(exact, rel=0.1)
    assert (guard.distance(validation) > guard.limit).mean() == pytest.approx(0.005)
    assert guard.distance(np.array([[3, 3, 3 + 3.0, 3]]))[0] > guard.limit
    assert guard.distance(np.array([[3, 3 + 3.0, 3, 3]]))[0] < guard.limit
    stored = np.frombuffer(guard.to_bytes(), "<f4")
    assert len(stored) == 4 + 16 and stored[:4] == pytest.approx(guard.mean)


def test_altered_scans_stay_inputs_and_a_shift_brings_in_air():
    source = np.random.default_rng(1)
    volume = source.uniform(-1, 1, (1, 1, 12, 16, 16)).astype(np.float32)
    for _ in range(20):
        altered = alter_scan(volume, source)
        assert altered.shape == volume.shape and altered.dtype == np.float32
        assert altered.min() >= -1 and altered.max() <= 1
    moved = shift(volume, np.array([2, 0, -3]))
    assert np.array_equal(moved[0, 0, 2:, :, :-3], volume[0, 0, :-2, :, 3:])
    assert (moved[0, 0, :2] == -1).all() and (moved[0, 0, :, :, -3:] == -1).all()


def test_strangers_are_inputs_that_differ_from_their_phantom():
    volume = np.full((1, 1, 12, 16, 16), -1, np.float32)
    volume[..., 4:12, 2:9] = 0.04
    volume[..., 6:10, 3:6] = -0.85
    for kind, stranger in make_strangers(volume, np.random.default_rng(0)).items():
        assert stranger.shape == volume.shape and stranger.dtype == np.float32, kind
        assert stranger.min() >= -1 and stranger.max() <= 1, kind
        assert not np.array_equal(stranger, volume) or kind == "upside down", kind


def test_real_scans_are_resampled_cropped_and_padded_about_their_centre():
    spec = {"shape": [6, 4, 8], "spacingMm": [5, 4, 4], "huClip": [-1000, 1000], "huDivisor": 1000, "padValue": -1}
    hu = np.full((4, 16, 10), 500, np.float32)
    made = to_input(hu, [5.0, 2.0, 2.0], spec)[0, 0]
    assert made.shape == (6, 4, 8)
    assert (made[1:5, :, 1:6] == 0.5).all()
    assert (
        (made[0] == -1).all() and (made[5] == -1).all() and (made[:, :, 0] == -1).all() and (made[:, :, 6:] == -1).all()
    )


def test_a_guard_fitted_apart_has_room_on_both_sides_of_its_limit():
    source, d = np.random.default_rng(3), 120
    own, held_out, test = (source.normal(size=(n, d)) for n in (600, 200, 400))
    shifted = {f"kind {k}": source.normal(size=(25, d)) + 8 * np.eye(d)[k] for k in range(5)}
    guard = fit_guard_apart(own, held_out, shifted, (1, 1, 1))
    assert guard.projection.shape == (5, d)
    assert (guard.distance(test) > guard.limit).mean() <= 0.005
    unseen = source.normal(size=(200, d)) + 8 * np.eye(d)[2]
    assert (guard.distance(unseen) > guard.limit).mean() == 1
    plain = fit_guard(own, held_out, (1, 1, 1))
    apart, whole = (np.percentile(each.distance(unseen), 5) / each.limit for each in (guard, plain))
    assert apart > 1.1 > whole


def test_recuts_take_the_parts_that_they_are_named_for():
    hu = np.broadcast_to(np.arange(80, dtype=np.float32)[None, :, None], (70, 80, 80)).copy()
    spacing = (5.0, 4.0, 4.0)
    made = {kind: cut(hu, spacing) for kind, cut in {**RECUTS, **REAL_ALONE}.items()}
    for kind in ("right lung", "left lung", "heart"):
        part, _ = made[f"field of view of 180 mm, {kind}"]
        assert part.shape == (70, 45, 45)
    assert made["field of view of 180 mm, right lung"][0].mean() < made["field of view of 180 mm, left lung"][0].mean()
    assert made["slab of the right lung"][0].max() <= 40 <= made["slab of the left lung"][0].min()
    assert made["slab of the left lung"][0].shape[0] == 20
    assert made["apex"][0].shape[0] == 14 and made["lowest part"][0].shape[0] == 22
    assert made["sagittal reformat"][1] == (5.0, 4.0, 4.0) and made["sagittal reformat of the middle"][0].shape[1] == 30
