import numpy as np
import pytest

from voxct.metrics import (
    auroc_per_finding,
    bootstrap_mean_auroc,
    expected_calibration_error,
    fit_platt,
    mean_auroc,
    shuffled_mean_auroc,
    threshold_nearest_corner,
)


def test_auroc_counts_ordered_pairs_and_leaves_one_class_columns_out():
    labels = np.array([[0, 1], [0, 1], [1, 1], [1, 1]])
    scores = np.array([[0.1, 0.2], [0.6, 0.1], [0.5, 0.3], [0.9, 0.4]])
    assert auroc_per_finding(labels, scores) == [pytest.approx(0.75), None]
    assert mean_auroc(labels, scores) == pytest.approx(0.75)


def test_shuffled_labels_fall_to_chance():
    source = np.random.default_rng(0)
    labels = source.integers(0, 2, (800, 6))
    scores = labels + 0.1 * source.normal(size=labels.shape)
    assert mean_auroc(labels, scores) > 0.99
    assert abs(shuffled_mean_auroc(labels, scores) - 0.5) < 0.05


def test_bootstrap_interval_holds_the_value():
    source = np.random.default_rng(0)
    labels = source.integers(0, 2, (200, 2))
    scores = labels + source.normal(size=labels.shape)
    low, high = bootstrap_mean_auroc(labels, scores, rounds=100)
    assert low < mean_auroc(labels, scores) < high
    assert high - low < 0.15


def test_platt_recovers_the_curve_that_made_the_labels():
    source = np.random.default_rng(0)
    scores = source.normal(2, 3, 20000)
    labels = (source.random(20000) < 1 / (1 + np.exp(-(0.8 * scores - 1)))).astype(int)
    slope, offset = fit_platt(labels, scores)
    assert slope == pytest.approx(0.8, abs=0.05)
    assert offset == pytest.approx(-1, abs=0.1)


def test_threshold_separates_separable_scores():
    labels, scores = np.array([0, 0, 1, 1]), np.array([-0.3, 0.1, 0.4, 0.9])
    assert threshold_nearest_corner(labels, scores) == pytest.approx(0.4)


def test_calibration_error_is_zero_for_true_probabilities_and_large_for_bold_ones():
    source = np.random.default_rng(0)
    probabilities = source.random(30000)
    labels = (source.random(30000) < probabilities).astype(int)
    assert expected_calibration_error(labels, probabilities) < 0.02
    assert expected_calibration_error(labels, (probabilities > 0.5).astype(float)) > 0.2
