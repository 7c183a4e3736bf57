import json
import math
from pathlib import Path

import numpy as np
import pytest

from voxct.speech.alphabet import ALPHABET, read_greedy
from voxct.speech.decoding import Transcriber
from voxct.speech.language import EMPTY, DecodingSettings, load_language, read_language, to_bytes
from voxct.speech.ngrams import END, START, estimate_ngrams
from voxct.speech.transcripts import Frames, count_finding_words, summarise

GOLDEN = Path(__file__).parents[2] / "fixtures/golden/speech"
TEXTS = [
    "no lung nodule",
    "no lung nodule",
    "no pleural effusion",
    "a nodule in the left lung",
    "the left lung is clear",
]
SETTINGS = DecodingSettings(0.8, 0.5, 6, 1.5, 16, 12, 2)


def log_prob(estimates: dict, context: tuple, word: str) -> float:
    if (*context, word) in estimates:
        return estimates[(*context, word)].log_prob
    back = estimates[context].log_backoff if context in estimates else 0.0
    return back + log_prob(estimates, context[1:], word)


@pytest.mark.parametrize("least", [{}, {2: 2, 3: 2}])
def test_the_words_after_any_context_sum_to_one(least):
    estimates = estimate_ngrams(TEXTS, 3, least)
    words = [gram[0] for gram in estimates if len(gram) == 1 and gram != (START,)]
    for context in [(), (START,), ("no",), (START, "no"), ("left", "lung"), ("is", "no")]:
        assert sum(math.exp(log_prob(estimates, context, word)) for word in words) == pytest.approx(1, abs=1e-9)


def test_what_is_frequent_is_likely_and_rare_ngrams_can_be_left_out():
    estimates = estimate_ngrams(TEXTS, 3)
    assert log_prob(estimates, (START, "no"), "lung") > log_prob(estimates, (START, "no"), "pleural")
    assert ("no", "pleural", "effusion") in estimates
    assert ("no", "pleural", "effusion") not in estimate_ngrams(TEXTS, 3, {3: 2})


def test_the_file_gives_back_the_estimates():
    estimates = estimate_ngrams(TEXTS, 3, {3: 2})
    content = to_bytes(estimates, SETTINGS)
    language = read_language(content)
    assert language.settings == SETTINGS
    assert to_bytes(estimates, SETTINGS) == content
    for words in (["no", "lung", "nodule", END], ["the", "left", "lung"], ["clear", "no", "a", "effusion"]):
        state, context = language.start, (START,)
        for word in words:
            found, state = language.step(state, language.ids[word])
            assert found == pytest.approx(log_prob(estimates, context[-2:], word), abs=0.003)
            context = (*context, word)
    assert language.step(EMPTY, language.ids["lung"])[0] == language.log_prob(language.ids["lung"])


def test_other_files_are_refused():
    content = to_bytes(estimate_ngrams(TEXTS, 2), SETTINGS)
    with pytest.raises(ValueError, match="promises"):
        read_language(content + b"\0\0\0\0")
    with pytest.raises(ValueError, match="not a voxct-language/1"):
        read_language(content.replace(b"voxct-language/1", b"voxct-language/2"))


def test_the_golden_frames_are_decoded_as_stored():
    golden = json.loads((GOLDEN / "decoding.json").read_text())
    frames = np.fromfile(GOLDEN / "decoding.f32", "<f4").reshape(-1, len(ALPHABET))
    transcriber = Transcriber(load_language(GOLDEN / "decoding-language.bin"))
    assert golden["alphabet"] == ALPHABET
    at = 0
    for case in golden["cases"]:
        clip = frames[at : at + case["frames"]]
        at += case["frames"]
        assert read_greedy(clip) == case["letters"]
        words, _, doubt = transcriber.weigh(clip)
        assert (words, transcriber.read(clip)) == (case["words"], case["text"])
        assert doubt == pytest.approx(case["doubt"], abs=1e-6)
    assert at == len(frames)
    assert any(case["words"] != case["letters"] for case in golden["cases"])


def spell(text: str) -> np.ndarray:
    path = [index for letter in text for index in (0, ALPHABET.index(letter))] + [0]
    frames = np.full((len(path), len(ALPHABET)), -12, np.float32)
    frames[np.arange(len(path)), path] = -0.001
    return frames


def test_words_are_mended_and_unknown_ones_left():
    transcriber = Transcriber(read_language(to_bytes(estimate_ngrams(TEXTS, 3), SETTINGS)))
    assert transcriber.read(spell("no lang nodule")) == "no lung nodule"
    assert transcriber.read(spell("no lung in denmark")) == "no lung in denmark"
    assert transcriber.read(spell("")) == ""


def test_rates_intervals_and_finding_words_are_counted():
    rows = [
        Frames(spell("no lung nodule"), "no lung nodule", "flite", "dictation"),
        Frames(spell("a cat in denmark"), "the cat in denmark", "espeak", "talk"),
    ]
    transcriber = Transcriber(read_language(to_bytes(estimate_ngrams(TEXTS, 3), SETTINGS)))
    report = summarise(rows, transcriber, {"no", "lung", "nodule", "in", "the"})
    assert report["words"] == 7
    assert report["wer"] == pytest.approx(1 / 7)
    assert report["werGreedy"] == pytest.approx(1 / 7)
    assert report["unknownWords"] == pytest.approx(2 / 7)
    assert report["perEngine"]["flite"]["wer"] == 0
    assert report["perKind"]["talk"]["wer"] == pytest.approx(1 / 4)
    assert report["werInterval"][0] <= report["wer"] <= report["werInterval"][1]
    assert count_finding_words(["emphysema of the heart", "a cat"]) == 1
