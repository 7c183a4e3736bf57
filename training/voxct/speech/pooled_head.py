"""From the frames of a speech encoder to the embedding: their mean where there is audio, and one linear map."""

import torch
from torch import Tensor, nn

LENGTH_FLOOR = 1e-12
"""Of the squared length, before its root: keeps the gradient of a zero vector finite."""


class PooledHead(nn.Module):
    """frames [b, n, width], heard f32[b, n] (1 where the frame holds audio, else 0) -> latent [b, dimension].

    SpeechCT-CLIP does not state its pooling and projection; this is the plainest one. No bias: the encoders end in a
    LayerNorm, whose own shift goes through the map.
    """

    def __init__(self, width: int, dimension: int) -> None:
        super().__init__()
        self.projection = nn.Linear(width, dimension, bias=False)

    def forward(self, frames: Tensor, heard: Tensor) -> Tensor:
        total = heard.sum(1, keepdim=True)
        mean = (frames * heard[..., None]).sum(1) / total
        return self.projection(mean)


def to_unit(latent: Tensor) -> Tensor:
    """[b, d], each row divided by its length."""
    return latent / torch.sqrt(latent.square().sum(-1, keepdim=True) + LENGTH_FLOOR)


def find_heard(audio: Tensor, samples_a_frame: int) -> Tensor:
    """f32[b, n]: 1 for every frame that begins before the last sample other than zero, and for the first one always.

    Windows come padded with zeros; were they pooled too, a short utterance would drown in them. Audio of microphones is
    never exactly zero for long, and a pause inside an utterance counts as heard.
    """
    starts = torch.arange(0, audio.shape[1], samples_a_frame, device=audio.device, dtype=audio.dtype)
    return (starts[None] < count_heard(audio)).to(audio.dtype)


def count_heard(audio: Tensor) -> Tensor:
    """f32[b, 1]: samples up to the last one other than zero, at least 1. Exact below 2^24 samples (17 minutes)."""
    places = torch.arange(1, audio.shape[1] + 1, device=audio.device, dtype=audio.dtype)
    return torch.clamp(torch.amax((audio.abs() > 0).to(audio.dtype) * places, dim=1, keepdim=True), min=1.0)
