import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import speak_queue

from voxct.speech.casting import KOKORO_TEST, KOKORO_TRAIN, KOKORO_VALIDATION, NATURAL_TEST_VOICES, draw_natural_voice
from voxct.speech.clauses import speak_clauses, split_clauses, trim_silence
from voxct.speech.neural_voices import FOLDER
from voxct.speech.phonemes import phonemise_sentence
from voxct.speech.voices import Voice, speak

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
needs_voices = pytest.mark.skipif(not (FOLDER / "kokoro/model.onnx").exists(), reason="scripts/fetch_voices.py not run")
ESPEAK = Voice("espeak", "en-us", 1.0, 50)


def test_no_natural_voice_is_in_two_splits_and_accents_are_in_each():
    splits = [set(KOKORO_TRAIN), set(KOKORO_VALIDATION), set(KOKORO_TEST)]
    assert len(set.union(*splits)) == sum(map(len, splits)) == 47
    assert len(KOKORO_TRAIN) >= 20
    assert {"af_nova", "am_onyx", "bm_lewis", "hf_beta"} < splits[2]
    for names in (KOKORO_TRAIN, KOKORO_TEST):
        assert {name[1] for name in names} == {"f", "m"}
        assert {name[0] for name in names} >= {"a", "b", "h", "e", "z"}


def test_a_split_draws_all_of_its_voices_and_no_other():
    rng = np.random.default_rng(0)
    drawn = {split: [draw_natural_voice(split, rng) for _ in range(600)] for split in ("train", "validation", "test")}
    assert {voice.name for voice in drawn["train"]} == set(KOKORO_TRAIN)
    assert {voice.name for voice in drawn["validation"]} == set(KOKORO_VALIDATION)
    assert {(v.engine, v.name) for v in drawn["test"]} == {(v.engine, v.name) for v in NATURAL_TEST_VOICES}
    assert all(0.8 <= voice.stretch <= 1.25 for voice in drawn["train"])


def test_a_text_is_cut_at_its_sentences_and_not_at_commas_or_decimals():
    assert split_clauses("No mass, no node. It is 1.5 cm? Yes") == ["No mass, no node.", "It is 1.5 cm?", "Yes"]


def test_silence_around_a_sound_goes_but_for_50_ms():
    sound = np.zeros(16000, np.float32)
    sound[8000:8160] = 0.5
    assert len(trim_silence(sound)) == 159 + 2 * 800
    assert len(trim_silence(np.zeros(100, np.float32))) == 0


@needs_espeak
def test_phonemes_keep_the_punctuation():
    spoken = phonemise_sentence("No mass, no node. Stable?", "en-us")
    assert [sign for sign in spoken if sign in ",.?"] == [",", ".", "?"]
    assert spoken.startswith("nˈoʊ")


@needs_espeak
def test_the_times_of_joined_clauses_are_those_of_their_sounds():
    sound, times = speak_clauses(["no effusion", "mild emphysema"], ESPEAK, [0.5])
    assert times[1][0] - times[0][1] == pytest.approx(0.5, abs=1e-4)
    assert times[0][0] == 0
    assert times[1][1] == pytest.approx(len(sound) / 16000, abs=1e-4)
    assert np.abs(sound).max() == pytest.approx(0.7, abs=1e-5)
    between = sound[round(times[0][1] * 16000) : round(times[1][0] * 16000)]
    assert not between.any()


@needs_espeak
def test_a_queue_goes_on_where_it_stopped(tmp_path):
    queue, out = tmp_path / "queue.jsonl", tmp_path / "out"
    line = {"text": "No effusion. No mass.", "states": {}, "kind": "x", "voice": ESPEAK.to_json()}
    told = [{"text": "no effusion", "statuses": {"pleural_effusion": "absent"}}, {"text": "no mass", "statuses": {}}]
    speak_queue.append(queue, {"id": "a", **line})
    speak_queue.main(queue, "train", out, False, 1.0)
    with queue.open("a") as lines:
        lines.write(json.dumps({"id": "b", **line, "clauses": told}) + "\n" + '{"id": "half')
    speak_queue.main(queue, "train", out, False, 1.0)
    rows = speak_queue.read_lines(out / "clips.jsonl")
    assert [row["id"] for row in rows] == ["a", "b"]
    assert len(rows[0]["times"]) == len(rows[1]["times"]) == 2
    assert rows[1]["clauses"] == told
    assert soundfile.info(out / "a.flac").duration == pytest.approx(rows[0]["seconds"], abs=1e-3)


@needs_espeak
def test_what_cannot_be_spoken_is_named_and_not_tried_again(tmp_path):
    queue, out = tmp_path / "queue.jsonl", tmp_path / "out"
    speak_queue.append(queue, {"id": "a", "text": "...", "states": {}, "kind": "x", "voice": ESPEAK.to_json()})
    speak_queue.main(queue, "train", out, False, 1.0)
    speak_queue.main(queue, "train", out, False, 1.0)
    (refused,) = speak_queue.read_lines(out / "refused.jsonl")
    assert "says nothing" in refused["reason"]


@needs_voices
def test_kokoro_speaks_a_sentence_at_its_pace():
    voice = Voice("kokoro", "af_heart", 1.0, 1.0)
    sound, slow = (speak("No pleural effusion.", v) for v in (voice, Voice("kokoro", "af_heart", 1.25, 1.0)))
    assert 1.0 < len(sound) / 16000 < 4.0
    assert len(slow) > 1.1 * len(sound)
