"""Clips cut for a context, and what the decoder is asked to write behind each token."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.whisper.tuning.mix import mix_tuned
from voxct.speech.whisper.tuning.sayings import LONGEST_S, read_sayings
from voxct.speech.whisper.tuning.task import IGNORED, TuningTask, join

VOICE = {"engine": "kokoro", "name": "af_sky"}


def write_clip(folder: Path, clauses: list, times: list, seconds: float, **row) -> None:
    sound = np.linspace(0, 0.5, int(seconds * SAMPLE_RATE_HZ), dtype=np.float32)
    soundfile.write(folder / "a.flac", sound, SAMPLE_RATE_HZ, format="FLAC")
    line = {
        "id": "a",
        "file": "a.flac",
        "clauses": clauses,
        "times": times,
        "seconds": seconds,
        "voice": VOICE,
        "kind": "x",
    }
    with (folder / "clips.jsonl").open("a") as lines:
        lines.write(json.dumps({**line, **row}) + "\n")


def test_cuts_a_long_clip_between_its_clauses(tmp_path):
    times = [[0.5, 9.0], [9.4, 19.0], [19.5, 29.5]]
    write_clip(tmp_path, ["one", {"text": "two"}, "three"], times, 30.0)
    first, second = read_sayings(tmp_path)
    assert (first.text, second.text) == ("One. Two.", "Three.")
    assert (first.start_s, first.end_s) == pytest.approx((0.38, 19.12))
    assert first.seconds <= LONGEST_S
    assert len(second.read()) == int((29.62 - 19.38) * SAMPLE_RATE_HZ)


def test_takes_one_half_of_the_hand_written_set(tmp_path):
    write_clip(tmp_path, ["one"], [[0, 1]], 1.0, half="develop")
    write_clip(tmp_path, ["two"], [[0, 1]], 1.0, half="held-out")
    assert [one.text for one in read_sayings(tmp_path, "develop")] == ["One."]


def test_joins_as_many_sayings_as_the_longest_context_holds(tmp_path):
    write_clip(tmp_path, ["one"], [[0, 9]], 9.0)
    (saying,) = read_sayings(tmp_path)
    audio, text = join([saying] * 4, np.random.default_rng(1))
    assert text == "One. One."
    assert 18 * SAMPLE_RATE_HZ < len(audio) <= LONGEST_S * SAMPLE_RATE_HZ


def test_asks_for_each_following_token_and_pads_with_what_is_not_judged():
    import torch

    rows = [(torch.zeros(3, 2), [5, 6, 7], [6, 7, 8]), (torch.ones(3, 2), [5], [9])]
    states, given, targets = TuningTask.stack(rows)
    assert states.shape == (2, 3, 2)
    assert given.tolist()[1][0] == 5
    assert targets.tolist() == [[6, 7, 8], [9, IGNORED, IGNORED]]


def test_goes_a_share_of_the_way_from_the_published_decoder_to_the_tuned_one(tmp_path):
    import torch

    published = {"encoder.a": np.ones(2, np.float32), "decoder.b": np.zeros(2, np.float32)}
    torch.save({"b": torch.tensor([2.0, 4.0])}, tmp_path / "decoder.pt")
    mixed = mix_tuned(published, tmp_path / "decoder.pt", 0.5)
    assert mixed["decoder.b"].tolist() == [1.0, 2.0]
    assert mixed["encoder.a"] is published["encoder.a"]
    torch.save({"c": torch.zeros(1)}, tmp_path / "decoder.pt")
    with pytest.raises(ValueError, match="2 names differ"):
        mix_tuned(published, tmp_path / "decoder.pt", 0.5)
