"""RadCLIP's slice pooling adapter, V = MHSA(I + PE), V averaged over slices, kept linear in the patch tokens.

A slice's embedding I_s is the mean of its patch tokens, and the adapter has no residual and no nonlinearity after the
attention. With the attention that slice s receives in head h, averaged over the queries, a_s^h, the pooled embedding is

    mean over s, p of  n * sum_h a_s^h W_o^h (W_v^h (t_sp + PE_s) + b_v^h) + b_o

so these weighted tokens have the pooled embedding as their plain mean, and a heat map over them sums to the cosine.
"""

import math

import torch
from torch import Tensor, nn


def build_sinusoids(length: int, width: int) -> Tensor:
    """[length, width]: sine and cosine of the slice number at wavelengths from 2 pi to 10,000 * 2 pi."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    angles = torch.arange(length)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], -1).reshape(length, width)


class SlicePooling(nn.Module):
    """Patch tokens [b, s, h, w, width] -> weighted tokens of the same shape whose mean is the pooled embedding."""

    def __init__(self, slices: int, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(width, width)
        self.to_k = nn.Linear(width, width)
        self.to_v = nn.Linear(width, width)
        self.to_out = nn.Linear(width, width)
        self.register_buffer("places", build_sinusoids(slices, width))

    def attend(self, slices: Tensor) -> Tensor:
        """I + PE, [b, s, width] -> the attention each slice receives, averaged over the queries: [b, s, heads]."""
        b, s, width = slices.shape
        split = (b, s, self.heads, width // self.heads)
        q, k = (f(slices).view(split).transpose(1, 2) for f in (self.to_q, self.to_k))
        scores = (q * split[-1] ** -0.5) @ k.transpose(-1, -2)
        return scores.softmax(-1).mean(2).transpose(1, 2)

    def forward(self, tokens: Tensor) -> Tensor:
        b, s, h, w, width = tokens.shape
        received = self.attend(tokens.mean((2, 3)) + self.places)
        values = self.to_v(tokens + self.places[:, None, None]).view(b, s, h * w, self.heads, -1)
        weighted = values * (s * received).view(b, s, 1, self.heads, 1)
        return self.to_out(weighted.reshape(b, s, h, w, width))
