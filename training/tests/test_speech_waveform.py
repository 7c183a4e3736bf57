"""wav2vec 2.0 and HuBERT encoders with a pooled head, against transformers' own."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import HubertConfig, HubertModel, Wav2Vec2Config, Wav2Vec2FeatureExtractor, Wav2Vec2Model

from voxct.speech.recordings import read_clip
from voxct.speech.waveform.encoder import WaveformSpeechEncoder, fold_positions, measure_field, normalise_heard
from voxct.speech.waveform.weights import open_waveform

CLIP = Path(__file__).resolve().parents[2] / "fixtures/golden/speech/clip.wav"
SMALL = dict(
    hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64, conv_dim=[16] * 7,
    num_conv_pos_embedding_groups=4, num_conv_pos_embeddings=16,
)  # fmt: skip
LARGE_STYLE = dict(do_stable_layer_norm=True, feat_extract_norm="layer", conv_bias=True)


def build_models() -> dict[str, torch.nn.Module]:
    torch.manual_seed(0)
    return {
        "wav2vec2-base": Wav2Vec2Model(Wav2Vec2Config(**SMALL)).eval(),
        "wav2vec2-large": Wav2Vec2Model(Wav2Vec2Config(**SMALL, **LARGE_STYLE)).eval(),
        "hubert-base": HubertModel(HubertConfig(**SMALL)).eval(),
        "hubert-large": HubertModel(HubertConfig(**SMALL, **LARGE_STYLE)).eval(),
    }


def read_audio() -> torch.Tensor:
    return torch.from_numpy(read_clip(CLIP))[None]


@pytest.mark.parametrize("name", list(build_models()))
def test_the_frames_are_transformers_last_hidden_state(name: str):
    model, audio = build_models()[name], read_audio()
    with torch.no_grad():
        expected = model(audio).last_hidden_state
        encoder = WaveformSpeechEncoder(model, 24)
        assert (encoder.encode(audio) - expected).abs().max() < 1e-5
        assert (fold_positions(encoder).encode(audio) - expected).abs().max() < 1e-5


def test_the_audio_is_normalised_as_by_the_feature_extractor_and_zeros_at_its_end_stay_zeros():
    audio = read_audio() * 0.2 + 0.01
    expected = Wav2Vec2FeatureExtractor()(audio[0].numpy(), sampling_rate=16_000, return_tensors="pt").input_values
    padded = torch.nn.functional.pad(audio, (0, 5000))
    ours = normalise_heard(padded, torch.tensor([[float(audio.shape[1])]]))
    assert (ours[:, : audio.shape[1]] - expected).abs().max() < 1e-4
    assert not ours[:, audio.shape[1] :].any()


def test_a_frame_sees_four_hundred_samples_and_only_frames_inside_the_audio_are_pooled():
    encoder = WaveformSpeechEncoder(build_models()["wav2vec2-base"], 24)
    assert measure_field(encoder.model.config) == (400, 320)
    heard = encoder.find_frames(9, torch.tensor([[1.0], [719.0], [720.0], [3000.0]]))
    assert heard.sum(1).tolist() == [1, 1, 2, 9]
    audio = read_audio()[:, :24_000]
    frames = encoder.encode(normalise_heard(audio, torch.tensor([[24_000.0]])))
    expected = encoder.head.projection(frames.mean(1))
    assert torch.allclose(encoder.embed(audio), expected, atol=1e-6)


@pytest.mark.parametrize("name", list(build_models()))
def test_a_hugging_face_folder_loads_also_with_the_names_of_an_older_torch(tmp_path: Path, name: str):
    model, audio = build_models()[name], read_audio()
    model.save_pretrained(tmp_path, safe_serialization=True)
    Wav2Vec2FeatureExtractor(do_normalize=False).save_pretrained(tmp_path)
    encoder = open_waveform(str(tmp_path), None, 24)
    assert not encoder.normalise
    with torch.no_grad():
        expected = model(audio).last_hidden_state
        assert (encoder.encode(audio) - expected).abs().max() < 1e-5
    (tmp_path / "model.safetensors").unlink()
    torch.save({rename_old(k): v for k, v in model.state_dict().items()}, tmp_path / "pytorch_model.bin")
    with torch.no_grad():
        assert (open_waveform(str(tmp_path), None, 24).encode(audio) - expected).abs().max() < 1e-5


def rename_old(name: str) -> str:
    changed = name.replace("parametrizations.weight.original0", "weight_g")
    return "wav2vec2." + changed.replace("parametrizations.weight.original1", "weight_v")


def test_another_kind_of_model_is_refused_by_its_name(tmp_path: Path):
    (tmp_path / "config.json").write_text('{"model_type": "wavlm"}')
    with pytest.raises(ValueError, match="wavlm"):
        open_waveform(str(tmp_path), None, 24)


def test_different_sentences_have_different_embeddings():
    encoder = open_waveform("random", None, 24, SMALL)
    with torch.no_grad():
        rows = [encoder(audio)[0] for audio in (read_audio(), read_audio().flip(1), read_audio()[:, :16_000])]
    cosines = np.array([[float(a @ b) for a in rows] for b in rows])
    assert np.allclose(cosines.diagonal(), 1, atol=1e-5)
    assert cosines[np.triu_indices(3, 1)].max() < 0.9999
