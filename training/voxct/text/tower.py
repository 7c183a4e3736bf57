"""The text tower: a BERT-like miniature. Gated sum of the last states -> Linear without bias -> L2 norm.

CT-CLIP takes the CLS state of a pre-trained BERT. From scratch, CLS and mean pooling with unlimited attention learnt
single sentences but not several at once (LOG.md); a window and a gated sum do.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class TextTowerConfig:
    words: int
    width: int = 128
    layers: int = 2
    heads: int = 4
    feed_forward: int = 256
    max_length: int = 320
    window: int = 10
    latent: int = 128


class TextLayer(nn.Module):
    """Self attention within a window and feed-forward, normalised before each.

    A negation reaches a dozen words at most; the window keeps the clauses of a long report apart.
    """

    def __init__(self, config: TextTowerConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.attention_norm = nn.LayerNorm(config.width)
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.attention_out = nn.Linear(config.width, config.width)
        self.offset_bias = nn.Parameter(torch.zeros(config.heads, 2 * config.window + 1))
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(config.width),
            nn.Linear(config.width, config.feed_forward),
            nn.GELU(),
            nn.Linear(config.feed_forward, config.width),
        )

    def forward(self, x: Tensor, offsets: Tensor, blocked: Tensor) -> Tensor:
        """offsets int64 [length, length]: index into offset_bias; blocked float [n, 1, length, length]: 0 or -1e4."""
        batch, length, width = x.shape
        qkv = self.qkv(self.attention_norm(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + self.offset_bias[:, offsets] + blocked
        x = x + self.attention_out((scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width))
        return x + self.feed_forward(x)


class TextTower(nn.Module):
    """ids int64 [n, length] (0 = padding) -> latents [n, latent], unit norm."""

    def __init__(self, config: TextTowerConfig) -> None:
        super().__init__()
        self.config = config
        self.word = nn.Embedding(config.words, config.width)
        nn.init.normal_(self.word.weight, std=1.0)
        self.layers = nn.ModuleList(TextLayer(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.width)
        self.gate = nn.Linear(config.width, 1)
        self.to_text_latent = nn.Linear(config.width, config.latent, bias=False)

    def pool(self, ids: Tensor) -> Tensor:
        """Gated sum of the last states: [n, width]. Every word adds what it says, many words add nothing."""
        reach = self.config.window
        places = torch.arange(ids.shape[1], device=ids.device)
        distance = places[None] - places[:, None]
        blocked = (distance.abs() > reach)[None, None] | (ids == 0)[:, None, None]
        x = self.word(ids)
        for layer in self.layers:
            x = layer(x, distance.clamp(-reach, reach) + reach, blocked * -1e4)
        x = self.norm(x)
        return (x * self.gate(x).sigmoid() * (ids > 0)[..., None]).sum(1) / 4

    def forward(self, ids: Tensor) -> Tensor:
        return F.normalize(self.to_text_latent(self.pool(ids)), dim=-1)


def to_padded_ids(rows: list[list[int]]) -> Tensor:
    """Rows of ids padded with 0 to the longest."""
    length = max(len(row) for row in rows)
    return torch.tensor([row + [0] * (length - len(row)) for row in rows], dtype=torch.int64)
