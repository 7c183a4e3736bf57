"""Whisper's encoder with a pooled projection: the speech side of SpeechCT-CLIP (arXiv 2510.02322).

Module names below `encoder` are those of Hugging Face's WhisperEncoder, so that its state dict loads as it is.
Architecture: Radford et al. 2022 (openai/whisper, model.py): two convolutions, fixed sinusoidal positions, pre-norm
blocks, exact GELU.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from voxct.speech.pooled_head import PooledHead, find_heard, to_unit
from voxct.speech.whisper.config import SAMPLES_A_POSITION, WhisperSpeechConfig
from voxct.speech.whisper.logmel import WhisperLogMel


class SelfAttention(nn.Module):
    """x [b, n, width]; the keys have no bias."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (
            f(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for f in (self.q_proj, self.k_proj, self.v_proj)
        )
        return self.out_proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))


class Layer(nn.Module):
    """Attention, then feed-forward, each behind a LayerNorm and with a residual."""

    def __init__(self, config: WhisperSpeechConfig) -> None:
        super().__init__()
        self.self_attn = SelfAttention(config.width, config.heads)
        self.self_attn_layer_norm = nn.LayerNorm(config.width)
        self.fc1 = nn.Linear(config.width, config.feed_forward)
        self.fc2 = nn.Linear(config.feed_forward, config.width)
        self.final_layer_norm = nn.LayerNorm(config.width)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.self_attn(self.self_attn_layer_norm(x))
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x))))


class WhisperEncoder(nn.Module):
    """Log-mel [b, mel_bins, 2 * positions] -> frames [b, positions, width]."""

    def __init__(self, config: WhisperSpeechConfig) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(config.mel_bins, config.width, 3, padding=1)
        self.conv2 = nn.Conv1d(config.width, config.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(config.positions, config.width)
        self.embed_positions.weight.data.copy_(sinusoids(config.positions, config.width))
        self.embed_positions.requires_grad_(False)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.layer_norm = nn.LayerNorm(config.width)
        self.gradient_checkpointing = False

    def forward(self, mel: Tensor) -> Tensor:
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2) + self.embed_positions.weight
        for layer in self.layers:
            if self.gradient_checkpointing and torch.is_grad_enabled():
                x = checkpoint(layer, x, use_reentrant=False)
            else:
                x = layer(x)
        return self.layer_norm(x)


class WhisperSpeechEncoder(nn.Module):
    """audio f32[b, config.samples] at 16 kHz, in -1..1, zeros at its end -> unit embedding f32[b, dimension]."""

    def __init__(self, config: WhisperSpeechConfig) -> None:
        super().__init__()
        self.config = config
        self.logmel = WhisperLogMel(config.mel_bins)
        self.encoder = WhisperEncoder(config)
        self.head = PooledHead(config.width, config.dimension)

    def embed(self, audio: Tensor) -> Tensor:
        """As forward, before the division by its length."""
        frames = self.encoder(self.logmel(audio))
        return self.head(frames, find_heard(audio, SAMPLES_A_POSITION))

    def forward(self, audio: Tensor) -> Tensor:
        return to_unit(self.embed(audio))


def sinusoids(length: int, width: int) -> Tensor:
    """[length, width]: sines, then cosines, wavelengths from 2 pi to 10,000 * 2 pi positions."""
    rates = torch.exp(-math.log(10_000.0) / (width // 2 - 1) * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1)
