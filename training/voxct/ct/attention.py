"""The transformer of CT-CLIP's CTViT (transformer_maskgit/attention.py), with its quirks kept."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.ct.config import CtTowerConfig
from voxct.ct.peg import PositionEncodingGenerator

COSINE_SCALE = 8.0


class GammaNorm(nn.Module):
    """LayerNorm whose shift is a zero buffer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))
        self.register_buffer("beta", torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, x.shape[-1:], self.gamma, self.beta)


class CosineAttention(nn.Module):
    """x [n, length, width]. Queries see the normalised x; keys and values see x itself, as in the reference."""

    def __init__(self, config: CtTowerConfig) -> None:
        super().__init__()
        self.heads, self.head_width = config.heads, config.head_width
        inner = config.heads * config.head_width
        self.norm = GammaNorm(config.width)
        self.q_scale = nn.Parameter(torch.ones(config.head_width))
        self.k_scale = nn.Parameter(torch.ones(config.head_width))
        self.to_q = nn.Linear(config.width, inner, bias=False)
        self.to_kv = nn.Linear(config.width, 2 * inner, bias=False)
        self.to_out = nn.Linear(inner, config.width, bias=False)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        n, length, _ = x.shape
        split = (n, length, self.heads, self.head_width)
        k, v = self.to_kv(x).chunk(2, dim=-1)
        q = to_unit(self.to_q(self.norm(x)).view(split)) * self.q_scale
        k = to_unit(k.view(split)) * self.k_scale
        mixed = mix_values(q.transpose(1, 2), k.transpose(1, 2), v.view(split).transpose(1, 2), bias)
        return self.to_out(mixed.transpose(1, 2).reshape(n, length, -1))


def to_unit(x: Tensor) -> Tensor:
    """L2 norm over the last axis, written with ReduceSum, Sqrt and Div: kernels every provider has."""
    return x / (x.square().sum(-1, keepdim=True) + 1e-12).sqrt()


def mix_values(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
    """Softmax attention over [n, heads, length, head width]; bias [heads, length, length]."""
    scores = (q * COSINE_SCALE) @ k.transpose(-1, -2)
    if bias is not None:
        scores = scores + bias
    return scores.softmax(-1) @ v


class GatedGelu(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        value, gate = x.chunk(2, dim=-1)
        return value * F.gelu(gate)


def build_feed_forward(width: int, inner: int) -> nn.Sequential:
    """Indices 0, 1 and 4 hold the weights, as in CT-CLIP's state dict."""
    return nn.Sequential(
        nn.LayerNorm(width),
        nn.Linear(width, 2 * inner, bias=False),
        GatedGelu(),
        nn.Identity(),
        nn.Linear(inner, width, bias=False),
    )


class AxialTransformer(nn.Module):
    """Layers of PEG, attention and feed-forward, each with a residual, then a norm.

    x [b, a1, a2, a3, width]. PEG is causal along a1. Attention runs over `attended` trailing axes: 2 (spatial: a2, a3)
    or 1 (temporal: a3). In CT-CLIP the temporal transformer holds (h, w, t) here, which is why its PEG is causal
    along h: the reference reshapes instead of permuting, and a port has to do the same.
    """

    def __init__(self, config: CtTowerConfig, layers: int, attended: int) -> None:
        super().__init__()
        self.attended = attended
        self.layers = nn.ModuleList(
            nn.ModuleList(
                [
                    PositionEncodingGenerator(config.width),
                    CosineAttention(config),
                    None,
                    build_feed_forward(config.width, config.feed_forward),
                ]
            )
            for _ in range(layers)
        )
        self.norm_out = GammaNorm(config.width)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        shape = x.shape
        rows = (-1, shape[2] * shape[3] if self.attended == 2 else shape[3], shape[4])
        for peg, attention, _, feed_forward in self.layers:
            x = (peg(x.view(shape)) + x.view(shape)).reshape(rows)
            x = attention(x, bias) + x
            x = feed_forward(x) + x
        return self.norm_out(x).view(shape)
