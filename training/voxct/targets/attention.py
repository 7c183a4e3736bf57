"""A ViT block in plain products, cut so that no tensor between them outgrows a WebGPU buffer."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MOST_BYTES = 96 * 2**20
"""Of one tensor; WebGPU binds 128 MiB of storage by default."""
FLOAT_BYTES = 4


class SelfAttention(nn.Module):
    """x [n, length, width]."""

    def __init__(self, width: int, heads: int, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self.heads, self.most_bytes = heads, most_bytes
        self.to_q = nn.Linear(width, width)
        self.to_k = nn.Linear(width, width)
        self.to_v = nn.Linear(width, width)
        self.to_out = nn.Linear(width, width)

    def ask(self, x: Tensor) -> Tensor:
        """Scaled queries [n, heads, length, head width]."""
        return self.split(self.to_q(x)) * (x.shape[-1] // self.heads) ** -0.5

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor) -> Tensor:
        mixed = attend(self.ask(x), self.split(self.to_k(x)), self.split(self.to_v(x)), self.most_bytes)
        return self.to_out(mixed.transpose(1, 2).flatten(2))


def attend(q: Tensor, k: Tensor, v: Tensor, most_bytes: int) -> Tensor:
    """softmax(q k^T) v over [n, heads, length, head width], so many queries at once as most_bytes of scores allow."""
    n, heads, length, _ = q.shape
    rows = max(1, most_bytes // (n * heads * k.shape[2] * FLOAT_BYTES))
    keys = k.transpose(-1, -2)
    parts = [(q[:, :, at : at + rows] @ keys).softmax(-1) @ v for at in range(0, length, rows)]
    return parts[0] if len(parts) == 1 else torch.cat(parts, dim=2)


def by_rows(step: Callable[[Tensor], Tensor], x: Tensor, most_rows: int) -> Tensor:
    """step on x [n, length, width], at most so many of its length at once."""
    if x.shape[1] <= most_rows:
        return step(x)
    return torch.cat([step(x[:, at : at + most_rows]) for at in range(0, x.shape[1], most_rows)], dim=1)


class FeedForward(nn.Module):
    def __init__(self, width: int, hidden: int, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, hidden)
        self.fc2 = nn.Linear(hidden, width)
        self.hidden, self.most_bytes = hidden, most_bytes

    def forward(self, x: Tensor) -> Tensor:
        rows = max(1, self.most_bytes // (len(x) * self.hidden * FLOAT_BYTES))
        return by_rows(lambda part: self.fc2(F.gelu(self.fc1(part))), x, rows)


class Block(nn.Module):
    """Attention, then feed-forward, each behind a LayerNorm and with a residual."""

    def __init__(self, width: int, heads: int, hidden: int, eps: float, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.attn = SelfAttention(width, heads, most_bytes)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.mlp = FeedForward(width, hidden, most_bytes)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))
