import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scripts.make_golden_windows import list_cases
from voxct.speech.listener import cut_windows
from voxct.speech.windows import WHISPER_RULE, WindowRule, average_embeddings, cut_padded, rule_for, to_windows

GOLDEN = Path(__file__).resolve().parents[2] / "fixtures/golden/speech/windows.json"


def test_the_stored_golden_windows_are_those_of_this_rule():
    assert json.loads(GOLDEN.read_text())["cases"] == json.loads(json.dumps(list_cases()))


def test_a_report_of_seventy_seconds_has_three_windows_that_share_two_seconds():
    spans = to_windows(70 * 16_000, 16_000, WHISPER_RULE)
    assert [(start / 16_000, end / 16_000) for start, end in spans] == [(0, 30), (28, 58), (56, 70)]


@pytest.mark.parametrize("samples", [1, 479_999, 480_000, 480_001, 928_001, 1_234_567])
def test_no_window_of_a_fixed_rule_is_longer_and_every_sample_is_covered(samples: int):
    spans = to_windows(samples, 16_000, WHISPER_RULE)
    assert all(0 < end - start <= 480_000 for start, end in spans)
    assert spans[0][0] == 0 and spans[-1][1] == samples
    assert all(before[1] - after[0] == 32_000 for before, after in pairwise(spans))


def test_a_fixed_rule_cuts_as_the_listener_of_the_bundled_encoder_does():
    audio = np.arange(1, 1001, dtype=np.float32)
    for length in (1, 39, 40, 41, 70, 71, 1000):
        spans = to_windows(length, 10, WindowRule(4.0, 1.0, fixed=True))
        parts = [audio[:length][start:end] for start, end in spans]
        other = cut_windows(audio[:length], 40, 10)
        assert len(parts) == len(other)
        assert all(np.array_equal(a, b) for a, b in zip(parts, other, strict=True))


def test_a_short_tail_joins_the_window_before_it_where_the_length_is_free():
    free = WindowRule(30.0, 2.0)
    assert to_windows(int(30.29 * 16_000), 16_000, free) == [(0, 484_640)]
    assert to_windows(int(30.3 * 16_000), 16_000, free) == [(0, 480_000), (448_000, 484_800)]


def test_windows_are_padded_with_zeros_at_their_end():
    audio = np.ones(50, np.float32)
    rows = cut_padded(audio, 10, WindowRule(4.0, 1.0, fixed=True), 40)
    assert rows.shape == (2, 40)
    assert rows[0].all() and rows[1, :20].all() and not rows[1, 20:].any()


def test_averaged_embeddings_are_of_unit_length_between_the_windows():
    mean = average_embeddings([np.array([1, 0], np.float32), np.array([0, 1], np.float32)])
    assert np.allclose(mean, np.sqrt(0.5))


def test_the_rule_of_a_shorter_encoder_keeps_the_share_of_overlap():
    assert rule_for(480_000, 16_000) == WHISPER_RULE
    assert rule_for(240_000, 16_000) == WindowRule(15.0, 1.0, fixed=True)
