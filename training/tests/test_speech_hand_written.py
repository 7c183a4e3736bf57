from collections import Counter

from voxct.speech.casting import KOKORO_TRAIN
from voxct.speech.hand_written import queue_statements, read_hand_written, to_half


def test_the_halves_are_those_of_the_readme():
    assert to_half("present-right-chest-port-terminates-at") in ("develop", "held-out")
    sizes = {half: len(read_hand_written(half)) for half in ("develop", "held-out")}
    assert sizes == {"develop": 493, "held-out": 491}


def test_the_first_round_speaks_the_develop_half_first_by_test_voices_alone():
    lines = queue_statements(2)
    assert len(lines) == 2 * 984
    assert {line["half"] for line in lines[:493]} == {"develop"}
    voices = Counter(line["voice"]["name"] for line in lines[:493])
    assert len(voices) == 9
    assert min(voices.values()) > 30
    assert not set(voices) & set(KOKORO_TRAIN)


def test_two_rounds_give_a_clip_two_voices():
    lines = queue_statements(2)
    names = {line["id"]: line["voice"]["name"] for line in lines}
    assert len(names) == len(lines)
    assert all(names[f"{line['clip']}@0"] != names[f"{line['clip']}@1"] for line in lines)
