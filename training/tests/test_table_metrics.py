import time

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score, precision_score, roc_auc_score

from voxct.metrics import measure_scores, reliability, resample_scores
from voxct.recovery import measure_recovery
from voxct.resampling import auroc_of_draws, draw_counts
from voxct.retrieval import (
    average_precision_at,
    bootstrap_recall,
    label_overlap,
    ranks_of_own,
    recall_at,
    recall_ceiling,
    volume_retrieval,
)


def make_scores(n: int = 300, findings: int = 4, strength: float = 1.0, seed: int = 0):
    source = np.random.default_rng(seed)
    labels = (source.random((n, findings)) < [0.1, 0.3, 0.5, 0.9][:findings]).astype(int)
    scores = np.round(strength * labels + source.normal(size=labels.shape), 1)  # rounded: ties
    return labels, scores


def test_measures_equal_those_of_scikit_learn_with_ties_and_uneven_classes():
    labels, scores = make_scores()
    limits = np.array([0.2, 0.5, 0.7, 0.9])
    measured = measure_scores(labels, scores, limits, rounds=50)
    for f in range(4):
        y, called = labels[:, f], (scores[:, f] >= limits[f]).astype(int)
        expected = {
            "auroc": roc_auc_score(y, scores[:, f]),
            "f1_weighted": f1_score(y, called, average="weighted"),
            "f1_macro": f1_score(y, called, average="macro"),
            "accuracy": accuracy_score(y, called),
            "precision": precision_score(y, called),
        }
        for name, value in expected.items():
            assert measured[name].per_finding[f] == pytest.approx(value, abs=1e-12), (name, f)
    assert measured["auroc"].mean == pytest.approx(np.mean(measured["auroc"].per_finding))


def test_a_resample_of_counts_is_the_resample_with_repeated_rows():
    labels, scores = make_scores(60)
    draws = draw_counts(60, 5, seed=3)
    values = auroc_of_draws(labels, scores, draws)
    for row, counts in zip(values, draws, strict=True):
        rows = np.repeat(np.arange(60), counts.astype(int))
        assert len(rows) == 60
        for f in range(4):
            y = labels[rows, f]
            if 0 < y.sum() < 60:
                assert row[f] == pytest.approx(roc_auc_score(y, scores[rows, f]), abs=1e-12)
            else:
                assert np.isnan(row[f])


def test_calling_nothing_gives_precision_zero_and_no_warning():
    labels, scores = make_scores(50)
    values = resample_scores(labels, scores, np.full(4, 99.0), np.ones((1, 50)))
    assert (values["precision"] == 0).all()
    assert values["accuracy"][0] == pytest.approx(1 - labels.mean(0))


def test_intervals_hold_the_value_and_narrow_with_cases_and_chance_knows_no_finding():
    few = measure_scores(*make_scores(100), np.full(4, 0.5), rounds=300)
    many = measure_scores(*make_scores(2000), np.full(4, 0.5), rounds=300)
    for measured in (few, many):
        for name, m in measured.items():
            assert m.interval[0] < m.mean < m.interval[1], name
    width = [m["auroc"].interval[1] - m["auroc"].interval[0] for m in (few, many)]
    assert width[1] < width[0] / 2
    assert many["auroc"].chance == pytest.approx(0.5, abs=0.02)


def test_a_thousand_resamples_of_a_thousand_cases_take_seconds():
    source = np.random.default_rng(0)
    labels = (source.random((1000, 18)) < 0.2).astype(int)
    scores = labels + source.normal(size=labels.shape)
    started = time.process_time()
    measure_scores(labels, scores, np.full(18, 0.5))
    assert time.process_time() - started < 20


def test_reliability_bins_hold_equal_mass_and_their_own_shares():
    probabilities = np.linspace(0.05, 0.95, 30)
    labels = (probabilities > 0.5).astype(int)
    rows = reliability(labels, probabilities, bins=15)
    assert [row["n"] for row in rows] == [2] * 15
    assert rows[0]["share"] == 0 and rows[-1]["share"] == 1
    assert rows[0]["meanProbability"] == pytest.approx(probabilities[:2].mean())


def test_recall_counts_ranks_and_identical_volumes_gain_nothing_from_their_order():
    gallery = np.eye(6)
    gallery[5] = gallery[0]
    ranks = ranks_of_own(gallery, gallery, np.arange(6))
    assert ranks.tolist() == [2, 1, 1, 1, 1, 2]
    figures = recall_at(np.array([1, 5, 6, 60]), gallery=200, tops=(5, 50))
    assert figures["recall"] == {5: 0.5, 50: 0.75}
    assert figures["chance"] == {5: 0.025, 50: 0.25}
    assert figures["median_rank"] == 5.5
    low, high = bootstrap_recall(np.array([1, 5, 6, 60] * 50), draw_counts(200, 500, 0), (5,))[5]
    assert 0.4 < low < 0.5 < high < 0.6


def test_the_ceiling_is_what_duplicate_groups_allow():
    assert recall_ceiling(["a", "a", "a", "b"], tops=(1, 2, 5)) == {1: 0.5, 2: 0.75, 5: 1.0}


def test_average_precision_by_hand():
    relevant = np.array([[True, False, True, False], [False, False, False, False]])
    assert average_precision_at(relevant, 3) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision_at(relevant, 1) == 1.0


def test_volume_retrieval_leaves_the_query_out_and_beats_chance_only_with_signal():
    labels = np.repeat(np.eye(4, dtype=int), 5, axis=0)
    perfect = volume_retrieval(labels.astype(float), labels, tops=(1, 4, 50))
    assert perfect["jaccard"] == {1: 1, 4: 1}
    assert perfect["average_precision"] == {1: 1, 4: 1}
    assert perfect["jaccard_chance"] == pytest.approx(4 / 19)
    blind = volume_retrieval(np.random.default_rng(0).normal(size=(20, 3)), labels, tops=(4,))
    assert blind["jaccard"][4] < 0.5


def test_overlap_is_jaccard_and_two_normal_cases_overlap_fully():
    overlap = label_overlap(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 0], [0, 0, 0]]))
    assert overlap[0, 1] == pytest.approx(1 / 3)
    assert overlap[2, 3] == 1 and overlap[0, 2] == 0


def test_recovery_is_the_share_of_the_gap_and_its_interval_is_paired():
    labels, _ = make_scores(1500)
    limits = np.full(4, 0.5)

    def row(strength: float):
        return [(make_scores(1500, strength=strength)[1], limits)]

    found = measure_recovery(labels, row(0.2), row(1.5), row(2.0), rounds=200)["auroc"]
    expected = (found["distilled"] - found["naive"]) / (found["text"] - found["naive"])
    assert found["recovery"] == pytest.approx(expected)
    assert found["interval"][0] < found["recovery"] < found["interval"][1]
    assert found["interval"][1] - found["interval"][0] < 0.2
    same = measure_recovery(labels, row(0.2), row(2.0), row(2.0), rounds=50)["f1_weighted"]
    assert same["recovery"] == 1 and same["interval"] == (1, 1)
