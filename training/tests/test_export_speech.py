"""The door for speech encoders that people bring: graphs, speech.json, spoken prompts, refusals."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from scripts.export_speech import Config, main, open_encoder
from voxct.ct.export_graph import list_operators
from voxct.findings import FINDING_IDS
from voxct.pack.rules import check_files, check_probe
from voxct.speech.open_encoder import hear, run_graph, run_module
from voxct.speech.recordings import read_clip

CLIP = Path(__file__).resolve().parents[2] / "fixtures/golden/speech/clip.wav"
WHISPER = dict(positions=100, width=32, layers=2, heads=4, feed_forward=64)
WAV2VEC2 = dict(
    hidden_size=32, num_hidden_layers=1, num_attention_heads=4, intermediate_size=64, conv_dim=[16] * 7,
    num_conv_pos_embedding_groups=4,
)  # fmt: skip
SIZES = {"whisper": WHISPER, "wav2vec2": WAV2VEC2}
VARIANTS = ("int8", "q8", "q4", "fp32")


@pytest.fixture(scope="module", params=["whisper", "wav2vec2"])
def exported(request, tmp_path_factory) -> tuple[Config, dict, dict]:
    out = tmp_path_factory.mktemp(request.param)
    config = Config(request.param, "random", out, dimension=24, variants=VARIANTS, sizes=SIZES[request.param])
    report = main(config)
    return config, report, json.loads((out / "speech.json").read_text())


def test_every_variant_agrees_with_pytorch_on_speech(exported):
    _, report, _ = exported
    cosines = {each["variant"]: each["cosine"] for each in report["variants"]}
    assert report["left out"] == [] and report["clips"] == 5
    assert cosines["fp32"] >= 0.9999 and cosines["int8"] >= 0.999 and cosines["q8"] >= 0.999 and cosines["q4"] >= 0.99


def test_the_section_names_files_that_lie_beside_it_in_the_order_of_trial(exported):
    config, _, section = exported
    assert [entry["variant"] for entry in section["encoder"]] == list(VARIANTS)
    assert check_files(section, config.out) == []
    assert check_probe("speech", section["parity"], 24) == []
    seconds, overlap = (2, 2 / 15) if config.encoder == "whisper" else (30, 2)
    assert section["windowSeconds"] == seconds and section["overlapSeconds"] == pytest.approx(overlap)
    assert section.get("fixedSamples") == (32_000 if config.encoder == "whisper" else None)


def test_the_graph_needs_no_spectral_operator_and_no_control_flow(exported):
    config, _, _ = exported
    operators = list_operators(config.out / "speech-fp32.onnx")
    assert not {"STFT", "DFT", "If", "Loop", "Scan", "NonZero", "RandomNormal", "RandomUniform"} & operators.keys()
    assert operators["MatMul"] > 8 and "MatMulInteger" in list_operators(config.out / "speech-int8.onnx")


def test_the_small_variants_are_smaller(exported):
    _, report, _ = exported
    sizes = {each["variant"]: each["bytes"] for each in report["variants"]}
    assert sizes["q4"] < sizes["q8"] < sizes["fp32"] and sizes["int8"] < sizes["fp32"]


def test_audio_of_any_length_is_heard_by_windows_as_pytorch_hears_it(exported):
    config, _, section = exported
    encoder, clip = open_encoder(config), read_clip(CLIP)
    run = run_graph(config.out / "speech-fp32.onnx")
    for sound in (clip[:1600], clip[:30_001], np.tile(clip, 3)):
        embedding = hear(run, sound, encoder)
        assert abs(np.linalg.norm(embedding) - 1) < 1e-5
        assert embedding @ hear(run_module(encoder.module), sound, encoder) > 0.9999
    probe = np.fromfile(config.out / section["parity"]["input"]["file"], "<i2").astype(np.float32) / 32768
    assert hear(run, probe, encoder) @ np.array(section["parity"]["expected"]) > 0.9999


def test_spoken_prompts_become_unit_rows_and_lacking_ones_are_named(tmp_path: Path):
    clip, folder = read_clip(CLIP), tmp_path / "prompts"
    folder.mkdir()
    for n, finding in enumerate(FINDING_IDS):
        soundfile.write(folder / f"{finding}_present.wav", np.roll(clip, 700 * n), 16_000)
        soundfile.write(folder / f"{finding}_absent.wav", np.roll(clip[::-1], 700 * n), 24_000)
    config = Config("whisper", "random", tmp_path / "out", dimension=24, spoken_prompts=folder, sizes=WHISPER)
    main(config)
    rows = np.load(tmp_path / "out/spoken_prompts.npy")
    assert rows.shape == (18, 2, 24) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=-1), 1, atol=1e-5)
    encoder = open_encoder(config)
    expected = hear(run_module(encoder.module), read_clip(folder / f"{FINDING_IDS[7]}_absent.wav"), encoder)
    assert np.allclose(rows[7, 1], expected, atol=1e-6)
    (folder / "emphysema_absent.wav").unlink()
    with pytest.raises(ValueError, match=r"1 of 36 spoken prompts: emphysema_absent\.wav"):
        main(config)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"variants": ("fp16", "fp32")}, "fp16"),
        ({"variants": ("int8",)}, "lack fp32"),
        ({"weights": "/nowhere/whisper"}, "no such file"),
        ({"clips": Path("/nowhere")}, "nowhere"),
    ],
)
def test_what_cannot_be_exported_is_refused_with_its_reason(tmp_path: Path, change: dict, told: str):
    given = {"encoder": "whisper", "weights": "random", "out": tmp_path, "sizes": WHISPER, **change}
    with pytest.raises(ValueError, match=told):
        main(Config(**given))
