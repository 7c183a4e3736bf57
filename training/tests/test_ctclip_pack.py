"""Where a CT-CLIP pack is written, and what it takes from a speech export."""

import hashlib
import json

import numpy as np
import pytest

from voxct.ctclip.pack_folder import UnsuitableFolder, finish, keep_library, open_staging
from voxct.ctclip.speech_part import UnsuitableSpeech, read_speech
from voxct.pack.files import PackFolder

LATENT = 6


def write_pack(folder, content: bytes, expected: list[float], library: dict | None = None) -> dict:
    pack = PackFolder(folder)
    manifest = {
        "schema": "voxct-pack/1",
        "ct": {"parity": {"expected": expected}, "trunk": [pack.write("trunk.onnx", content)]},
        "library": library or {"labelProvenance": "none", "cases": []},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return manifest


def test_a_pack_appears_whole_and_takes_the_place_of_an_earlier_one(tmp_path):
    out = tmp_path / "pack"
    write_pack(out, b"old", [1, 0])
    (out / "notes.txt").write_text("mine")
    (out / "left.onnx").write_bytes(b"left")
    staging = open_staging(out)
    write_pack(staging, b"new", [0, 1])
    finish(staging, out)
    assert (out / "trunk.onnx").read_bytes() == b"new"
    assert (out / "notes.txt").read_text() == "mine", "files that no manifest named stay"
    assert not staging.exists()


def test_a_folder_of_other_things_is_refused(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.tex").write_text("text")
    with pytest.raises(UnsuitableFolder, match="holds no pack"):
        open_staging(tmp_path / "thesis")
    with pytest.raises(UnsuitableFolder, match="letters, digits"):
        open_staging(tmp_path / "CT-CLIP v2.0")


def test_the_library_stays_with_the_same_checkpoint_and_goes_with_another(tmp_path):
    out, vector = tmp_path / "pack", [0.6, 0.8]
    library = {"labelProvenance": "reports", "cases": [{"id": "a", "title": "A"}]}
    library["embeddings"] = PackFolder(out).write_floats("library.bin", np.array(vector))
    write_pack(out, b"old", vector, library)
    staging = open_staging(out)
    fresh = write_pack(staging, b"new", vector)
    assert keep_library(out, staging, fresh)["library"] == library
    assert (staging / "library.bin").read_bytes() == (out / "library.bin").read_bytes()
    other = write_pack(staging, b"new", [0.8, 0.6])
    assert keep_library(out, staging, other)["library"]["cases"] == []


@pytest.fixture
def speech(tmp_path):
    folder = tmp_path / "speech"
    pack = PackFolder(folder)
    encoder = {**pack.write("speech.onnx", b"graph"), "external": [pack.write("speech.data", b"weights")]}
    section = {"encoder": [encoder], "parity": {"input": pack.write("clip.i16", b"clip"), "expected": [0.0] * LATENT}}
    (folder / "speech.json").write_text(json.dumps(section))
    return folder


def test_the_speech_section_comes_with_every_file_that_it_names(speech, tmp_path):
    section = read_speech(speech, LATENT).copy_to(PackFolder(tmp_path / "pack"))
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == ["clip.i16", "speech.data", "speech.onnx"]
    named = section["encoder"][0]["external"][0]
    assert named["sha256"] == hashlib.sha256((tmp_path / "pack/speech.data").read_bytes()).hexdigest()


def test_spoken_prompts_and_thresholds_are_taken_where_they_are(speech):
    plain = read_speech(speech, LATENT)
    assert (plain.prompts, plain.thresholds, plain.kind) == (None, None, "text")
    np.save(speech / "spoken_prompts.npy", np.full((18, 2, LATENT), 2.0, np.float32))
    spoken = read_speech(speech, LATENT)
    assert spoken.kind == "speech" and np.allclose(np.linalg.norm(spoken.prompts, axis=-1), 1)
    (speech / "thresholds.json").write_text(json.dumps({"present": 0.2, "absent": -0.1, "prompts": "text"}))
    measured = read_speech(speech, LATENT)
    assert (measured.thresholds, measured.kind) == ({"present": 0.2, "absent": -0.1}, "text")


def test_a_speech_export_that_does_not_fit_is_refused_by_name(speech, tmp_path):
    with pytest.raises(UnsuitableSpeech, match=r"no speech\.json"):
        read_speech(tmp_path, LATENT)
    with pytest.raises(UnsuitableSpeech, match="have 6 numbers, the checkpoint's 512"):
        read_speech(speech, 512)
    np.save(speech / "spoken_prompts.npy", np.ones((18, LATENT)))
    with pytest.raises(UnsuitableSpeech, match=r"spoken_prompts\.npy: shape"):
        read_speech(speech, LATENT)
    (speech / "speech.data").write_bytes(b"weightz")
    with pytest.raises(UnsuitableSpeech, match=r"speech\.data: missing, or not the file"):
        read_speech(speech, LATENT)
