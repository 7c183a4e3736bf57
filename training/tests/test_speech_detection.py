from pathlib import Path

import numpy as np
import pytest
import torch

from voxct.speech.corpus import Corpus, CorpusWriter
from voxct.speech.detection import detection
from voxct.speech.losses import polarity_loss
from voxct.speech.word_errors import word_error_rate


def make_states(rows: int = 120) -> np.ndarray:
    return np.random.default_rng(1).choice([-1, 0, 0, 1], (rows, 18))


def write_corpus(folder: Path, split: str, texts: list[str]) -> None:
    writer = CorpusWriter(folder, split)
    for number, text in enumerate(texts, 1):
        engine = {"engine": "odd" if number % 2 else "even", "name": "x"}
        writer.add(np.full(100 * number, 0.01 * number, np.float32), text, {}, "talk", engine)
    writer.close()


def test_cosines_that_follow_the_states_are_perfect_and_have_tight_intervals():
    states = make_states()
    cosines = np.stack([states, -states], -1).astype(float)
    found = detection(cosines, states)
    for name in ("saidPresent", "saidPresentByMargin", "saidAbsent", "presentAgainstAbsent"):
        assert found[f"{name}Auroc"] == 1.0
        assert found[f"{name}AurocInterval"] == pytest.approx((1.0, 1.0))


def test_a_flipped_finding_costs_the_margin_more_than_a_missed_one():
    states = make_states()
    flipped, missed = (np.stack([states, -states], -1).astype(float) for _ in range(2))
    wrong = np.argwhere(states == 1)[::10]
    flipped[wrong[:, 0], wrong[:, 1]] *= -1
    missed[wrong[:, 0], wrong[:, 1]] = 0
    by = "saidPresentByMarginAuroc"
    assert detection(flipped, states)[by] < detection(missed, states)[by] < 1


def test_intervals_hold_the_figure_between_them():
    states = make_states()
    cosines = np.stack([states, -states], -1) + np.random.default_rng(2).normal(0, 1.5, (*states.shape, 2))
    found = detection(cosines, states)
    low, high = found["saidPresentInterval"]
    assert low < found["saidPresentAuroc"] < high
    assert abs(found["saidPresentShuffled"] - 0.5) < 0.1


def test_polarity_is_asked_of_mentioned_findings_only():
    states = torch.zeros(2, 18, dtype=torch.int64)
    states[0, 3], states[1, 5] = 1, -1
    logits = torch.zeros(2, 18, 3)
    logits[0, 3, 1], logits[1, 5, 2], logits[1, 7, 2] = 8, 8, 50
    assert polarity_loss(logits, states) < 0.01
    assert polarity_loss(-logits, states) > 5


def test_a_corpus_of_two_parts_finds_its_sounds(tmp_path):
    write_corpus(tmp_path, "a", ["one", "two"])
    write_corpus(tmp_path, "b", ["three"])
    both = Corpus(tmp_path, ["a", "b"])
    assert [u.text for u in both.utterances] == ["one", "two", "three"]
    assert [len(both.audio(i)) for i in range(3)] == [100, 200, 100]
    assert both.audio(1)[0] == pytest.approx(0.02, abs=1e-4)
    assert both.audio(2)[0] == pytest.approx(0.01, abs=1e-4)
    assert len(both.first(2)) == 2


def test_word_error_rate_counts_words_not_utterances(tmp_path):
    write_corpus(tmp_path, "a", ["one two three", "four"])
    errors = word_error_rate(["one two", "five"], Corpus(tmp_path, "a"))
    assert errors["rate"] == pytest.approx(2 / 4)
    assert errors["perEngine"] == {"odd": pytest.approx(1 / 3), "even": pytest.approx(1.0)}
    assert errors["interval"][0] <= 0.5 <= errors["interval"][1]
