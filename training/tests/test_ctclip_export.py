"""A checkpoint becomes a pack: the whole export at reduced size."""

import json
from dataclasses import replace
from math import prod
from pathlib import Path

import numpy as np
import pytest
import torch
from ctclip_support import draw_volume

from scripts.export_ct_clip import Config, main
from voxct.ctclip import variants
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.ctclip.config import REDUCED
from voxct.ctclip.probe import enlarge_probe
from voxct.ctclip.random_checkpoint import make_checkpoint
from voxct.ctclip.random_vocabulary import write_vocabulary
from voxct.ctclip.session import StagedSession
from voxct.ctclip.variants import ORDER, VariantReport
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, find_contradictions, list_files

NEEDED = {"fp32": 0.9999, "fp16": 0.999, "q8": 0.995, "int8": 0.98, "q4": 0.95}
"""At 216 tokens one code that flips costs 0.0007; at full size (13,824 tokens) all are held to 0.999."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write_vocabulary(folder)
    for kind, name in (("v2", "CT-CLIP_v2.pt"), ("vocabfine", "CT_VocabFine_v2.pt"), ("lipro", "CT_LiPro_v2.pt")):
        make_checkpoint(folder / name, REDUCED, kind)
    return folder


@pytest.fixture(scope="module")
def config(folder) -> Config:
    return Config(
        folder / "CT-CLIP_v2.pt", folder / "ct-clip", variants=ORDER, parity_volumes=3, threads=1, min_cosine=0.95
    )


@pytest.fixture(scope="module")
def manifest(config) -> dict:
    return main(replace(config, text_tower=True))


def test_the_pack_holds_what_its_manifest_names(config, manifest):
    assert json.loads((config.out / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert find_contradictions(manifest) == [] and check_files(manifest, config.out) == []
    named = {entry["file"] for entry in list_files(manifest)} | {"manifest.json", "README.md"}
    assert {path.name for path in config.out.iterdir()} == named


def test_the_manifest_says_what_ct_clip_is(manifest):
    assert manifest["id"] == "ct-clip" and manifest["licence"] == "CC-BY-NC-SA-4.0"
    assert manifest["clinical"] is False and manifest["calibrated"] is False
    assert any("do not publish" in limit for limit in manifest["limits"])
    given = manifest["ct"]["input"]
    assert given["axisCodes"] == "SLP" and given["shape"] == [24, 48, 48]
    assert np.allclose(np.array(given["shape"]) * given["spacingMm"], 360), "the cube that CT-CLIP sees"
    assert (given["huClip"], given["huDivisor"], given["padValue"]) == ([-1000, 1000], 1000, -1)
    assert manifest["embedding"]["logitScale"] == pytest.approx(np.e, abs=1e-6)
    assert manifest["library"]["cases"] == [] and "embeddings" not in manifest["library"]


def test_full_size_is_the_reference_preprocessing():
    from voxct.ctclip.config import FULL
    from voxct.ctclip.manifest import to_input

    given = to_input(FULL)
    assert (given["shape"], given["spacingMm"]) == ([240, 480, 480], [1.5, 0.75, 0.75])


@pytest.mark.parametrize("variant", ORDER)
def test_each_variant_gives_the_references_embedding_and_exact_heat(config, manifest, variant):
    trunk, head = (
        next(entry for entry in manifest["ct"][part] if entry["variant"] == variant) for part in ("trunk", "head")
    )
    session = StagedSession(config.out, trunk, head, 1)
    reference = read_checkpoint(config.checkpoint).to_reference()
    directions = np.random.default_rng(0).normal(size=(4, REDUCED.latent)).astype(np.float32)
    unit = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    for seed in (21, 22):
        volume = draw_volume(seed)
        embedding, heat = session.look(session.encode(volume.numpy()), directions)
        expected = reference.encode_image(volume)[0].numpy()
        assert embedding[0] @ expected >= NEEDED[variant]
        assert heat.shape == (4, *REDUCED.grid)
        assert np.abs(heat.sum((1, 2, 3)) - unit @ embedding[0]).max() < 1e-3


def test_somebody_without_a_gpu_is_served_and_variants_stand_in_order(manifest):
    for part in ("trunk", "head"):
        assert [entry["variant"] for entry in manifest["ct"][part]] == list(ORDER)
        served = [entry["variant"] for entry in manifest["ct"][part] if "wasm" in entry["providers"]]
        assert served == ["int8", "fp32"]


def test_the_stored_probe_gives_the_expected_embedding(config, manifest):
    probe = manifest["ct"]["parity"]
    stored = np.frombuffer((config.out / probe["input"]["file"]).read_bytes(), np.int8).reshape(probe["input"]["shape"])
    volume = torch.from_numpy(enlarge_probe(stored, probe["input"]["repeat"][0]))
    expected = read_checkpoint(config.checkpoint).to_reference().encode_image(volume)[0].numpy()
    assert np.abs(expected - np.array(probe["expected"])).max() < 1e-6


def test_prompts_in_the_pack_are_the_text_towers(config, manifest):
    stored = np.fromfile(config.out / manifest["prompts"]["file"], "<f4").reshape(18, 2, 2, REDUCED.latent)
    assert np.allclose(np.linalg.norm(stored, axis=-1), 1, atol=1e-6)
    assert np.array_equal(stored[:, :, 0], stored[:, :, 1]), "no speech encoder was given"
    assert manifest["promptKind"] == {"ct": "text", "speech": "text"}
    assert [entry["variant"] for entry in manifest["text"]["encoder"]] == ["int8", "fp32"]


def test_vocabfine_is_told_by_its_files_name(folder, config):
    built = main(replace(config, checkpoint=folder / "CT_VocabFine_v2.pt", out=folder / "vocab", variants=("fp32",)))
    assert "VocabFine" in built["title"] and "classifier" not in built
    assert [entry["variant"] for entry in built["ct"]["trunk"]] == ["fp32"]


def test_lipro_scores_by_its_head(folder, config):
    given = replace(config, checkpoint=folder / "CT_LiPro_v2.pt", out=folder / "lipro", variants=("fp32",))
    built = main(given)
    lipro = read_checkpoint(given.checkpoint)
    weights = np.fromfile(given.out / built["classifier"]["weights"]["file"], "<f4").reshape(18, REDUCED.latent + 1)
    volume = draw_volume(31)
    session = StagedSession(given.out, built["ct"]["trunk"][0], built["ct"]["head"][0], 1)
    embedding, _ = session.look(session.encode(volume.numpy()), np.ones((1, REDUCED.latent), np.float32))
    scored = weights[:, :-1] @ np.maximum(embedding[0], 0) + weights[:, -1]
    reference = lipro.to_reference().encode_image(volume)
    expected = torch.relu(reference) @ lipro.classifier.weight.T + lipro.classifier.bias
    assert np.abs(scored - expected[0].numpy()).max() < 1e-4
    assert built["classifier"]["activation"] == "relu"


def test_a_validation_set_calibrates_the_pack(folder, config):
    source = np.random.default_rng(5)
    labels = source.integers(0, 2, (60, 18))
    np.savez(folder / "validation.npz", embeddings=source.normal(size=(60, REDUCED.latent)), labels=labels)
    given = replace(config, out=folder / "fitted", variants=("fp32",), validation=folder / "validation.npz")
    built = main(given)
    assert built["calibrated"] is True and find_contradictions(built) == []
    assert [row["prevalence"] for row in built["findings"]] == pytest.approx(labels.mean(0))
    assert not any("Not calibrated" in limit for limit in built["limits"])


def test_a_speech_encoder_brings_its_prompts_and_claims_nothing_unmeasured(folder, config):
    source, pack = np.random.default_rng(6), PackFolder(folder / "speech")
    clip = {"kind": "int16-file", **pack.write("clip.i16", bytes(8)), "shape": [4], "divisor": 32768}
    section = {
        "sampleRateHz": 16000, "windowSeconds": 30, "overlapSeconds": 2,
        "encoder": [{**pack.write("speech.onnx", b"a graph"), "variant": "fp32", "providers": ["webgpu", "wasm"]}],
        "parity": {"input": clip, "expected": [0.0] * REDUCED.latent, "minCosine": 0.99},
    }  # fmt: skip
    (folder / "speech/speech.json").write_text(json.dumps(section))
    spoken = source.normal(size=(18, 2, REDUCED.latent)).astype(np.float32)
    spoken /= np.linalg.norm(spoken, axis=-1, keepdims=True)
    np.save(folder / "speech/spoken_prompts.npy", spoken)
    given = replace(config, out=folder / "spoken", variants=("fp32",), speech=folder / "speech")
    built = main(given)
    stored = np.fromfile(given.out / "prompts.bin", "<f4").reshape(18, 2, 2, REDUCED.latent)
    assert np.allclose(stored[:, :, 1], spoken, atol=1e-6) and not np.allclose(stored[:, :, 0], spoken, atol=1e-2)
    assert built["speech"] == section and (given.out / "speech.onnx").read_bytes() == b"a graph"
    assert built["promptKind"] == {"ct": "text", "speech": "speech"}
    bounds = [row["thresholds"]["speech"] for row in built["findings"]]
    assert all(b["present"] >= 2 and b["absent"] <= -2 for b in bounds), "no margin of two cosines reaches them"


def test_a_variant_that_falls_short_is_left_out_and_its_files_too(folder, config, monkeypatch, capsys):
    measured = variants.measure

    def worse(pack, entries, variant, expected, threads) -> VariantReport:
        report = measured(pack, entries, variant, expected, threads)
        return replace(report, cosine=0.9) if variant == "int8" else report

    monkeypatch.setattr(variants, "measure", worse)
    built = main(replace(config, out=folder / "short", variants=("int8", "fp32")))
    assert [entry["variant"] for entry in built["ct"]["trunk"]] == ["fp32"]
    assert "int8: cosine 0.900000" in capsys.readouterr().err
    named = {entry["file"] for entry in list_files(built)} | {"manifest.json", "README.md"}
    assert {path.name for path in (folder / "short").iterdir()} == named
    with pytest.raises(ValueError, match="no variant for wasm"):
        main(replace(config, out=folder / "none", variants=("int8",)))


def test_fp32_that_disagrees_stops_the_export_and_leaves_no_pack(folder, config, monkeypatch):
    monkeypatch.setattr(variants, "HEAT_TOLERANCE", -1.0)
    with pytest.raises(ValueError, match="disagree with PyTorch"):
        main(replace(config, out=folder / "wrong", variants=("fp32",)))
    assert not list(folder.glob("wrong*"))


def test_no_external_file_reaches_two_gigabytes_and_shapes_fit(manifest):
    assert all(entry["bytes"] < 2**31 for entry in list_files(manifest))
    assert prod(manifest["ct"]["tokenGrid"]) == 216
