"""wav2vec 2.0 and HuBERT models of Hugging Face into WaveformSpeechEncoder."""

from pathlib import Path

import torch
from torch import nn
from transformers import HubertConfig, HubertModel, Wav2Vec2Config, Wav2Vec2Model

from voxct.speech.hugging_face import cut_prefix, load_exactly, read_config, read_state
from voxct.speech.waveform.encoder import WaveformSpeechEncoder
from voxct.speech.whisper.weights import read_head

KINDS = {"wav2vec2": (Wav2Vec2Config, Wav2Vec2Model), "hubert": (HubertConfig, HubertModel)}
MARKER = "feature_projection.projection.weight"
TRAINING_ONLY = (
    "masked_spec_embed",
    "quantizer.",
    "project_hid.",
    "project_q.",
    "lm_head.",
    "classifier.",
    "projector.",
)
OLD_NAMES = {"weight_g": "parametrizations.weight.original0", "weight_v": "parametrizations.weight.original1"}
"""Of the positional convolution's weight norm, as files of before 2023 have it."""


def build_model(config: dict) -> nn.Module:
    """From a config.json; refuses other kinds and what the exported graph does not have."""
    kind = config.get("model_type", "none")
    if kind not in KINDS:
        raise ValueError(f"model_type {kind}: this door takes {' and '.join(KINDS)} (a folder with config.json)")
    if config.get("add_adapter"):
        raise ValueError("the model has an adapter behind its encoder, which this export does not know")
    config_class, model_class = KINDS[kind]
    settings = config_class.from_dict(config)
    settings._attn_implementation = "eager"
    return model_class(settings)


def read_waveform_model(folder: Path) -> tuple[nn.Module, bool]:
    """Model of a Hugging Face folder, and whether its feature extractor normalises the audio."""
    config = read_config(folder)
    model = build_model(config)
    state = {rename(name): tensor for name, tensor in cut_prefix(read_state(folder), MARKER).items()}
    if "masked_spec_embed" in model.state_dict():
        state.setdefault("masked_spec_embed", model.state_dict()["masked_spec_embed"])
    load_exactly(model, state, str(folder), TRAINING_ONLY)
    return model, bool(config.get("do_normalize", True))


def rename(name: str) -> str:
    stem, _, last = name.rpartition(".")
    return f"{stem}.{OLD_NAMES[last]}" if last in OLD_NAMES else name


def open_waveform(weights: str, head: Path | None, dimension: int, sizes: dict | None = None) -> WaveformSpeechEncoder:
    """weights: "random" (wav2vec2-base, or the given config), or a Hugging Face folder; a head as Whisper's."""
    torch.manual_seed(0)
    if weights == "random":
        model, normalise = build_model({"model_type": "wav2vec2", **(sizes or {})}), True
    else:
        model, normalise = read_waveform_model(Path(weights))
    projection = read_head(head) if head else None
    encoder = WaveformSpeechEncoder(model, dimension if projection is None else len(projection), normalise)
    if projection is not None:
        load_exactly(encoder.head.projection, {"weight": projection}, str(head))
    return encoder.eval()
