"""Whisper encoders of Hugging Face into WhisperSpeechEncoder, with a trained or a random head."""

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from voxct.speech.hugging_face import cut_prefix, load_exactly, read_config, read_saved, read_state
from voxct.speech.whisper.config import WhisperSpeechConfig
from voxct.speech.whisper.encoder import WhisperSpeechEncoder

HEAD_WIDTH = 64
"""Of an attention head in every published Whisper; a lone file of weights does not state it."""
MARKER = "conv1.weight"


def read_whisper(path: Path) -> tuple[WhisperSpeechConfig, dict[str, Tensor]]:
    """Folder or file of WhisperModel, WhisperForConditionalGeneration or WhisperEncoder -> sizes and encoder tensors.

    `dimension` of the sizes is the default: the head decides it. The decoder's tensors are dropped.
    """
    state = cut_prefix(read_state(path), MARKER)
    state = {name: tensor for name, tensor in state.items() if not name.startswith("decoder.")}
    width, mel_bins = state[MARKER].shape[:2]
    stated = read_config(path)
    config = WhisperSpeechConfig(
        mel_bins=mel_bins,
        positions=len(state["embed_positions.weight"]),
        width=width,
        layers=1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers.")),
        heads=stated.get("encoder_attention_heads", max(1, width // HEAD_WIDTH)),
        feed_forward=len(state["layers.0.fc1.weight"]),
    )
    return config, state


def read_head(path: Path) -> Tensor:
    """[dimension, width] of a head file: a state dict, or {"config", "state"}, with the weight of PooledHead."""
    saved = read_saved(path)
    state = saved["state"] if saved else read_state(path)
    name = next((name for name in state if name.endswith("projection.weight")), None)
    if name is None:
        raise ValueError(f"{path}: no projection.weight; found {', '.join(list(state)[:5])}")
    return state[name].float()


def open_whisper(weights: str, head: Path | None, dimension: int, sizes: WhisperSpeechConfig) -> WhisperSpeechEncoder:
    """weights: "random" (of the given sizes), a Hugging Face folder or file, or a whole encoder saved by training.

    Without a head the projection to `dimension` is random, and the embedding means nothing: good for tests of speed.
    """
    saved = None if weights == "random" else read_saved(Path(weights))
    if saved:
        encoder = WhisperSpeechEncoder(WhisperSpeechConfig(**saved["config"]))
        load_exactly(encoder, saved["state"], weights)
        return encoder.eval()
    config, state = (sizes, None) if weights == "random" else read_whisper(Path(weights))
    projection = read_head(head) if head else None
    torch.manual_seed(0)
    encoder = WhisperSpeechEncoder(replace(config, dimension=dimension if projection is None else len(projection)))
    if state is not None:
        load_exactly(encoder.encoder, state, weights)
    if projection is not None:
        load_exactly(encoder.head.projection, {"weight": projection}, str(head))
    return encoder.eval()
