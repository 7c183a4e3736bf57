"""A small Whisper-like encoder: log-mel, two strided convolutions, transformer blocks, an embedding and letters."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.speech.alphabet import ALPHABET
from voxct.speech.logmel import LogMel, frames_of
from voxct.speech.projection import Projection, StateReader

MAX_FRAMES = 512  # encoder frames of 40 ms: positions for 20 s, more than the 12 s window


@dataclass(frozen=True)
class SpeechConfig:
    """Sizes: mel bins, width of the blocks, attention heads, taps of the depthwise convolution, pooling queries."""

    mel_bins: int = 64
    width: int = 160
    blocks: int = 5
    heads: int = 4
    kernel: int = 15
    queries: int = 8
    dimension: int = 128

    @staticmethod
    def from_json(values: dict) -> SpeechConfig:
        names = {"melBins": "mel_bins"}
        return SpeechConfig(**{names.get(key, key): value for key, value in values.items()})


def sinusoids(length: int, width: int) -> Tensor:
    """Positions of the Transformer (Vaswani et al. 2017), [length, width]."""
    rates = torch.exp(-math.log(10_000.0) * torch.arange(width // 2) / (width // 2 - 1))
    angle = torch.arange(length)[:, None] * rates[None]
    return torch.cat([angle.sin(), angle.cos()], 1)


class Block(nn.Module):
    """Pre-norm attention, gated depthwise convolution and feed-forward on [batch, frames, width]."""

    def __init__(self, config: SpeechConfig, dropout: float):
        super().__init__()
        width = config.width
        self.heads = config.heads
        self.attend_norm, self.mix_norm, self.feed_norm = (nn.LayerNorm(width) for _ in range(3))
        self.qkv, self.attend_out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.gate, self.mix_out = nn.Linear(width, 2 * width), nn.Linear(width, width)
        # Two-dimensional on purpose: WebGPU runs grouped Conv2d, and oneDNN trains it faster than grouped Conv1d.
        self.taps = nn.Conv2d(width, width, (1, config.kernel), padding=(0, config.kernel // 2), groups=width)
        self.feed_in, self.feed_out = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.drop = nn.Dropout(dropout)

    def attend(self, x: Tensor, bias: Tensor | None) -> Tensor:
        batch, frames, width = x.shape
        q, k, v = self.qkv(x).view(batch, frames, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5
        weights = torch.softmax(scores if bias is None else scores + bias, -1)
        return self.attend_out((weights @ v).transpose(1, 2).reshape(batch, frames, width))

    def mix(self, x: Tensor, mask: Tensor | None) -> Tensor:
        value, gate = self.gate(x).chunk(2, -1)
        mixed = value * torch.sigmoid(gate)
        if mask is not None:
            mixed = mixed * mask
        mixed = self.taps(mixed.transpose(1, 2).unsqueeze(2)).squeeze(2).transpose(1, 2)
        return self.mix_out(F.silu(mixed))

    def forward(self, x: Tensor, mask: Tensor | None, bias: Tensor | None) -> Tensor:
        x = x + self.drop(self.attend(self.attend_norm(x), bias))
        x = x + self.drop(self.mix(self.mix_norm(x), mask))
        return x + self.drop(self.feed_out(F.gelu(self.feed_in(self.feed_norm(x)))))


class SpeechEncoder(nn.Module):
    """audio [batch, samples] at 16 kHz in -1..1 -> unit embedding [batch, dimension], log_probs [batch, frames, 29].

    `lengths` (samples of each clip) masks padding in training; a single clip needs none. Frames are 40 ms apart.
    """

    def __init__(self, config: SpeechConfig, dropout: float = 0.0):
        super().__init__()
        self.config, width = config, config.width
        self.logmel = LogMel(config.mel_bins)
        self.first = nn.Conv1d(config.mel_bins, width, 3, stride=2, padding=1)
        self.second = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(MAX_FRAMES, width), persistent=False)
        self.blocks = nn.ModuleList(Block(config, dropout) for _ in range(config.blocks))
        self.last_norm = nn.LayerNorm(width)
        self.letters = nn.Linear(width, len(ALPHABET))
        self.looks = nn.Linear(width, config.queries)
        self.values = nn.Linear(width, config.queries * (width // 4))
        self.pool_norm = nn.LayerNorm(config.queries * (width // 4) + width)
        self.reader = StateReader(width)
        self.project = Projection(config.queries * (width // 4) + width, config.dimension)

    def masks(self, frames: int, lengths: Tensor | None) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
        """1/0 masks [batch, frames, 1] of log-mel and encoder frames, and the additive bias of the attention."""
        if lengths is None:
            return None, None, None
        kept = frames_of(lengths)
        mel = (torch.arange(frames)[None] < kept[:, None]).float()[..., None]
        encoded = mel[:, ::4][:, : encoder_frames(frames)]
        return mel, encoded, (encoded[:, None, None, :, 0] - 1) * 1e4

    def pool(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Each query takes its own weighted mean of its own values; the plain mean stands beside them."""
        batch, frames, width = x.shape
        looks = self.looks(x).transpose(1, 2)
        if mask is not None:
            looks = looks + (mask.transpose(1, 2) - 1) * 1e4
        values = self.values(x).view(batch, frames, self.config.queries, width // 4).transpose(1, 2)
        seen = (torch.softmax(looks, -1).unsqueeze(2) @ values).reshape(batch, -1)
        mean = x.mean(1) if mask is None else (x * mask).sum(1) / mask.sum(1)
        return self.pool_norm(torch.cat([seen, mean], -1))

    def embed(self, x: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Encoder frames to the unit embedding [batch, dimension] and the calls [batch, 18, 3]."""
        return self.project(self.pool(x, mask), self.reader(x, mask))

    def encode(self, mel: Tensor, lengths: Tensor | None) -> tuple[Tensor, Tensor]:
        """Log-mel [batch, frames, bins] to encoder frames [batch, frames / 4, width] and their mask."""
        mel_mask, mask, bias = self.masks(mel.shape[1], lengths)
        if mel_mask is not None:
            mel = mel * mel_mask
        x = F.gelu(self.first(mel.transpose(1, 2)))
        if mel_mask is not None:
            x = x * mel_mask[:, ::2].transpose(1, 2)
        x = F.gelu(self.second(x)).transpose(1, 2)
        x = x + self.positions[: x.shape[1]]
        for block in self.blocks:
            x = block(x, mask, bias)
        return self.last_norm(x), mask

    def forward_mel(self, mel: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """As `forward`, from the log-mel on."""
        x, mask = self.encode(mel, lengths)
        embedding, _ = self.embed(x, mask)
        return embedding, torch.log_softmax(self.letters(x).float(), -1)

    def forward(self, audio: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
        return self.forward_mel(self.logmel(audio), lengths)


def encoder_frames(mel_frames: int) -> int:
    """Frames after the two halvings (kernel 3, stride 2, padding 1)."""
    half = (mel_frames - 1) // 2 + 1
    return (half - 1) // 2 + 1
