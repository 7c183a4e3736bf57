"""Whisper's encoder from samples to embedding, against transformers' own."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration
from transformers.audio_utils import mel_filter_bank

from voxct.speech.pooled_head import find_heard
from voxct.speech.recordings import read_clip, vary_clip
from voxct.speech.whisper.config import REDUCED, WhisperSpeechConfig
from voxct.speech.whisper.encoder import WhisperSpeechEncoder
from voxct.speech.whisper.logmel import WhisperLogMel
from voxct.speech.whisper.mel_scale import slaney_filters
from voxct.speech.whisper.weights import open_whisper, read_whisper

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "fixtures/golden/speech/clip.wav"
SHARED = ROOT.parent / "shared/data/speech/jfk.wav"


def build_encoder(seed: int = 0) -> WhisperSpeechEncoder:
    torch.manual_seed(seed)
    return WhisperSpeechEncoder(REDUCED).eval()


def build_reference() -> WhisperForConditionalGeneration:
    torch.manual_seed(1)
    config = WhisperConfig(
        d_model=32, encoder_layers=2, encoder_attention_heads=4, encoder_ffn_dim=64, max_source_positions=100,
        decoder_layers=1, decoder_attention_heads=2, decoder_ffn_dim=32, vocab_size=60, pad_token_id=0,
    )  # fmt: skip
    return WhisperForConditionalGeneration(config).eval()


def pad(clip: np.ndarray, samples: int) -> np.ndarray:
    return np.pad(clip[:samples], (0, max(0, samples - len(clip)))).astype(np.float32)


@pytest.mark.parametrize("bins", [80, 128])
def test_the_mel_filters_are_transformers_own(bins: int):
    theirs = mel_filter_bank(201, bins, 0.0, 8000.0, 16_000, norm="slaney", mel_scale="slaney").T
    assert np.abs(slaney_filters(bins, 201, 8000.0) - theirs).max() < 1e-7


def list_sounds() -> dict[str, np.ndarray]:
    clip, noise = read_clip(CLIP), np.random.default_rng(0).normal(0, 1e-3, 500_000).astype(np.float32)
    names = ("said", "faint", "fast", "backwards", "twice")
    sounds = dict(zip(names, vary_clip(clip), strict=True))
    return {**sounds, "noisy": pad(clip, 480_000) + noise[:480_000], "long": noise, "silent": noise * 0}


@pytest.mark.parametrize("name", list(list_sounds()))
def test_log_mel_equals_whispers_feature_extractor(name: str):
    sound = list_sounds()[name]
    assert compare_logmel(sound) < 1e-3


@pytest.mark.skipif(not SHARED.exists(), reason="the shared recording is not on this machine")
def test_log_mel_equals_whispers_feature_extractor_on_a_recorded_speech():
    assert compare_logmel(soundfile.read(SHARED, dtype="float32")[0]) < 1e-3


def compare_logmel(sound: np.ndarray) -> float:
    theirs = WhisperFeatureExtractor()(sound, sampling_rate=16_000, return_tensors="np").input_features[0]
    ours = WhisperLogMel(80)(torch.from_numpy(pad(sound, 480_000))[None])[0].numpy()
    assert ours.shape == theirs.shape == (80, 3000)
    return float(np.abs(ours - theirs).max())


def test_log_mel_keeps_its_precision_under_autocast():
    audio = torch.from_numpy(pad(read_clip(CLIP), REDUCED.samples))[None]
    logmel = WhisperLogMel(80)
    expected = logmel(audio)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(logmel(audio), expected)


def test_a_hugging_face_folder_gives_the_same_frames_as_transformers(tmp_path: Path):
    reference = build_reference()
    reference.save_pretrained(tmp_path)
    config, state = read_whisper(tmp_path)
    assert config == WhisperSpeechConfig(80, 100, 32, 2, 4, 64)
    encoder = open_whisper(str(tmp_path), None, 24, config)
    mel = encoder.logmel(torch.from_numpy(pad(read_clip(CLIP), REDUCED.samples))[None])
    with torch.no_grad():
        expected = reference.model.encoder(mel).last_hidden_state
        assert (encoder.encoder(mel) - expected).abs().max() < 1e-5
    assert not any(name.startswith(("decoder", "model")) for name in state)


def test_a_lone_file_of_weights_gives_its_sizes_and_a_strange_tensor_is_named(tmp_path: Path):
    state = {f"model.encoder.{k}": v for k, v in build_encoder().encoder.state_dict().items()}
    torch.save(state, tmp_path / "whisper.bin")
    assert read_whisper(tmp_path / "whisper.bin")[0].layers == 2
    torch.save({**state, "model.encoder.adapter.weight": torch.zeros(2)}, tmp_path / "whisper.bin")
    with pytest.raises(ValueError, match=r"unexpected: adapter\.weight"):
        open_whisper(str(tmp_path / "whisper.bin"), None, 24, REDUCED)


def test_an_encoder_saved_by_training_comes_back_whole(tmp_path: Path):
    encoder, audio = build_encoder(3), torch.randn(1, REDUCED.samples)
    config = {**REDUCED.__dict__}
    torch.save({"config": config, "state": encoder.state_dict()}, tmp_path / "run.pt")
    with torch.no_grad():
        assert torch.equal(open_whisper(str(tmp_path / "run.pt"), None, 512, REDUCED)(audio), encoder(audio))


def test_a_trained_head_decides_the_dimension_and_a_head_of_other_width_is_refused(tmp_path: Path):
    torch.save({"projection.weight": torch.randn(7, 32)}, tmp_path / "head.pt")
    encoder = open_whisper("random", tmp_path / "head.pt", 512, REDUCED)
    assert encoder(torch.randn(1, REDUCED.samples)).shape == (1, 7)
    torch.save({"projection.weight": torch.randn(7, 33)}, tmp_path / "head.pt")
    with pytest.raises(ValueError, match="33"):
        open_whisper("random", tmp_path / "head.pt", 512, REDUCED)


def test_only_frames_up_to_the_last_sound_are_pooled():
    audio = torch.zeros(3, 3200)
    audio[0, 100:700], audio[1, 3199] = 0.1, -0.1
    assert find_heard(audio, 320).sum(1).tolist() == [3, 10, 1]


def test_padding_does_not_dilute_a_short_utterance():
    encoder = build_encoder()
    audio = torch.from_numpy(pad(read_clip(CLIP)[:9600], REDUCED.samples))[None]
    with torch.no_grad():
        frames = encoder.encoder(encoder.logmel(audio))
        alone = encoder.head.projection(frames[:, :30].mean(1))
        everything = encoder.head.projection(frames.mean(1))
        embedded = encoder.embed(audio)
    assert torch.allclose(embedded, alone, atol=1e-6)
    assert (embedded - everything).abs().max() > 1e-2
