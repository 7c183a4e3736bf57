"""wav2vec 2.0 and HuBERT encoders (Baevski et al. 2020, Hsu et al. 2021) with the same head as Whisper's.

The blocks are transformers' own; what this file walks itself is what an exported graph must not contain: layer drop,
masks, and the weight norm of the positional convolution, which is folded before the export.
"""

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from voxct.speech.pooled_head import PooledHead, count_heard, to_unit

VARIANCE_FLOOR = 1e-7
"""Of transformers' Wav2Vec2FeatureExtractor."""


class WaveformSpeechEncoder(nn.Module):
    """audio f32[b, samples] at 16 kHz, in -1..1, of any length from 400 on -> unit embedding f32[b, dimension]."""

    def __init__(self, model: nn.Module, dimension: int, normalise: bool = True) -> None:
        """model: transformers' Wav2Vec2Model or HubertModel; normalise: the feature extractor's do_normalize."""
        super().__init__()
        self.model, self.normalise = model, normalise
        self.head = PooledHead(model.config.hidden_size, dimension)

    def embed(self, audio: Tensor) -> Tensor:
        """As forward, before the division by its length."""
        samples = count_heard(audio)
        values = normalise_heard(audio, samples) if self.normalise else audio
        frames = self.encode(values)
        return self.head(frames, self.find_frames(frames.shape[1], samples))

    def forward(self, audio: Tensor) -> Tensor:
        return to_unit(self.embed(audio))

    def encode(self, values: Tensor) -> Tensor:
        """Normalised samples -> frames [b, n, width]: the model's last hidden state."""
        projected = self.model.feature_projection(self.model.feature_extractor(values).transpose(1, 2))
        x = projected[0] if isinstance(projected, tuple) else projected
        encoder, stable = self.model.encoder, self.model.config.do_stable_layer_norm
        x = x + encoder.pos_conv_embed(x)
        if not stable:
            x = encoder.layer_norm(x)
        for layer in encoder.layers:
            x = layer(x, attention_mask=None)[0]
        return encoder.layer_norm(x) if stable else x

    def find_frames(self, count: int, samples: Tensor) -> Tensor:
        """f32[b, count]: 1 for every frame whose samples all lie in the audio, and for the first one always."""
        reach, stride = measure_field(self.model.config)
        ends = torch.arange(count, device=samples.device, dtype=samples.dtype)[None] * stride + reach
        return (ends <= torch.clamp(samples, min=reach)).to(samples.dtype)


def measure_field(config: object) -> tuple[int, int]:
    """Samples that a frame sees, and samples between frames: 400 and 320 of the base models."""
    reach, stride = 1, 1
    for kernel, step in zip(config.conv_kernel, config.conv_stride, strict=True):
        reach, stride = reach + (kernel - 1) * stride, stride * step
    return reach, stride


def normalise_heard(audio: Tensor, samples: Tensor) -> Tensor:
    """Mean 0 and variance 1 over the audio up to its last sample other than zero; zeros after it stay zeros."""
    places = torch.arange(1, audio.shape[1] + 1, device=audio.device, dtype=audio.dtype)
    heard = (places[None] <= samples).to(audio.dtype)
    mean = (audio * heard).sum(1, keepdim=True) / samples
    centred = (audio - mean) * heard
    variance = centred.square().sum(1, keepdim=True) / samples
    return centred / torch.sqrt(variance + VARIANCE_FLOOR)


class PlanarConv(nn.Module):
    """A grouped Conv1d as a grouped Conv2d of height 1: WebGPU has a kernel for the latter."""

    def __init__(self, conv: nn.Conv1d) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            conv.in_channels, conv.out_channels, (1, *conv.kernel_size), padding=(0, *conv.padding), groups=conv.groups
        )
        self.conv.weight.data.copy_(conv.weight.data[:, :, None])
        self.conv.bias.data.copy_(conv.bias.data)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x.unsqueeze(2)).squeeze(2)


def fold_positions(encoder: WaveformSpeechEncoder) -> WaveformSpeechEncoder:
    """In place: the positional convolution's weight norm becomes a plain weight, in a convolution that exports."""
    places = encoder.model.encoder.pos_conv_embed
    if parametrize.is_parametrized(places.conv):
        parametrize.remove_parametrizations(places.conv, "weight")
    places.conv = PlanarConv(places.conv)
    return encoder
