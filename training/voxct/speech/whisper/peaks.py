"""How large the inputs of the encoder's linear maps grow, a channel: what int8 needs to be told beforehand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from voxct.speech.whisper.config import WhisperSpeechConfig
from voxct.speech.whisper.encoder import WhisperEncoder
from voxct.speech.whisper.logmel import WhisperLogMel
from voxct.speech.whisper.published import Tensors

LEFT_OUT = "fc2"
"""Behind a GELU the outliers are few and large: moving them into the weights costs more than it gives."""


def build_encoder(tensors: Tensors) -> WhisperEncoder:
    """The encoder in PyTorch, eval mode, with the published weights."""
    width, bins = tensors["encoder.conv1.weight"].shape[:2]
    config = WhisperSpeechConfig(
        mel_bins=bins,
        positions=len(tensors["encoder.embed_positions.weight"]),
        width=width,
        layers=sum(name.endswith("fc1.weight") and name.startswith("encoder.") for name in tensors),
        heads=width // 64,
        feed_forward=len(tensors["encoder.layers.0.fc1.weight"]),
    )
    encoder = WhisperEncoder(config)
    own = {name.removeprefix("encoder."): t for name, t in tensors.items() if name.startswith("encoder.")}
    encoder.load_state_dict({name: torch.from_numpy(tensor.copy()) for name, tensor in own.items()})
    return encoder.eval()


@torch.no_grad()
def run_encoder(encoder: WhisperEncoder, audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """audio [samples], a multiple of 320 -> states [positions, width], the table of positions cut to them."""
    mel = WhisperLogMel(encoder.conv1.in_channels)(torch.from_numpy(audio)[None])
    whole = encoder.embed_positions
    encoder.embed_positions = nn.Embedding.from_pretrained(whole.weight[: mel.shape[2] // 2])
    try:
        return encoder(mel)[0].numpy()
    finally:
        encoder.embed_positions = whole


def measure_peaks(tensors: Tensors, clips: Iterable[NDArray[np.float32]]) -> Tensors:
    """{name of the linear map: largest magnitude of every input channel} over the clips, those of fc2 left out."""
    encoder, peaks = build_encoder(tensors), {}

    def watch(name: str):
        def keep(_module: nn.Module, given: tuple, _out: object) -> None:
            found = given[0].abs().flatten(0, -2).amax(0).numpy()
            peaks[name] = np.maximum(peaks.get(name, 0), found)

        return keep

    for name, module in encoder.named_modules():
        if isinstance(module, nn.Linear) and not name.endswith(LEFT_OUT):
            module.register_forward_hook(watch(f"encoder.{name}"))
    for clip in clips:
        run_encoder(encoder, clip)
    return peaks
