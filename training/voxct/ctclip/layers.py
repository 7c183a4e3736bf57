"""CT-CLIP's transformer (transformer_maskgit/attention.py in its repository), in plain PyTorch, quirks kept.

Written apart from voxct/ct on purpose: this is what the project's port and the exported graphs are compared with.
Parameter names are the released checkpoint's, those that the image path never uses included.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from voxct.ctclip.config import CtClipConfig

ATTENTION_SCALE = 8.0


class GammaBetaNorm(nn.Module):
    """LayerNorm with a learned scale; its shift is a zero buffer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))
        self.register_buffer("beta", torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, x.shape[-1:], self.gamma, self.beta)


class CausalPeg(nn.Module):
    """Depthwise 3x3x3 convolution, causal over its first axis.

    x [n, length, width] with n * length = b * first * second * third, laid out anew as [b, first, second, third]. In
    the temporal transformer the rows are (b h w) t, but the axes named here are (t, h, w): the kernel then runs over
    what memory holds, (h causal, w, t). The reference does so, and its weights were trained so.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dsconv = nn.Conv3d(width, width, 3, groups=width)

    def forward(self, x: Tensor, axes: tuple[int, int, int, int]) -> Tensor:
        volume = x.reshape(*axes, -1).movedim(-1, 1)
        convolved = self.dsconv(F.pad(volume, (1, 1, 1, 1, 2, 0)))
        return convolved.movedim(1, -1).reshape(x.shape)


class Attention(nn.Module):
    """Cosine attention, x [n, length, width]. Queries see the normalised x; keys and values see x as it is."""

    def __init__(self, config: CtClipConfig) -> None:
        super().__init__()
        self.heads, inner = config.heads, config.heads * config.head_width
        self.null_kv = nn.Parameter(torch.randn(config.heads, 0, config.head_width))
        self.q_scale = nn.Parameter(torch.ones(config.head_width))
        self.k_scale = nn.Parameter(torch.ones(config.head_width))
        self.norm = GammaBetaNorm(config.width)
        self.context_norm = GammaBetaNorm(config.width)
        self.to_q = nn.Linear(config.width, inner, bias=False)
        self.to_kv = nn.Linear(config.width, 2 * inner, bias=False)
        self.to_out = nn.Linear(inner, config.width, bias=False)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        key, value = self.to_kv(x).chunk(2, dim=-1)
        query, key, value = (self.split_heads(part) for part in (self.to_q(self.norm(x)), key, value))
        query = F.normalize(query, dim=-1) * self.q_scale
        key = F.normalize(key, dim=-1) * self.k_scale
        scores = torch.einsum("nhid,nhjd->nhij", query, key) * ATTENTION_SCALE
        if bias is not None:
            scores = scores + bias
        mixed = torch.einsum("nhij,nhjd->nhid", scores.softmax(-1), value)
        return self.to_out(mixed.transpose(1, 2).flatten(2))

    def split_heads(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Geglu(nn.Module):
    """First half times the exact (erf) GELU of the second."""

    def forward(self, x: Tensor) -> Tensor:
        value, gate = x.chunk(2, dim=-1)
        return F.gelu(gate) * value


class Transformer(nn.Module):
    """Layers of PEG, attention, (no cross-attention), feed-forward, each with a residual; then norm_out."""

    def __init__(self, config: CtClipConfig) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            nn.ModuleList([CausalPeg(config.width), Attention(config), None, build_feed_forward(config)])
            for _ in range(config.layers)
        )
        self.norm_out = GammaBetaNorm(config.width)
        self.gradient_checkpointing = False

    def forward(self, x: Tensor, axes: tuple[int, int, int, int], bias: Tensor | None = None) -> Tensor:
        """x [n, length, width]; axes (b, t, h, w) whatever the rows are."""
        for layer in self.layers:
            if self.gradient_checkpointing and torch.is_grad_enabled():
                x = checkpoint(run_layer, layer, x, axes, bias, use_reentrant=False)
            else:
                x = run_layer(layer, x, axes, bias)
        return self.norm_out(x)


def run_layer(layer: nn.ModuleList, x: Tensor, axes: tuple[int, int, int, int], bias: Tensor | None) -> Tensor:
    peg, attention, _, feed_forward = layer
    x = peg(x, axes) + x
    x = attention(x, bias) + x
    return feed_forward(x) + x


def build_feed_forward(config: CtClipConfig) -> nn.Sequential:
    return nn.Sequential(
        nn.LayerNorm(config.width),
        nn.Linear(config.width, 2 * config.feed_forward, bias=False),
        Geglu(),
        nn.Dropout(0.0),
        nn.Linear(config.feed_forward, config.width, bias=False),
    )


class PositionBias(nn.Module):
    """Swin-v2 style continuous bias by a MLP over all pairs of cells: [heads, h*w, h*w]."""

    def __init__(self, config: CtClipConfig) -> None:
        super().__init__()
        width = config.bias_width
        self.net = nn.ModuleList(
            [
                nn.Sequential(nn.Linear(2, width), nn.LeakyReLU(0.1)),
                nn.Sequential(nn.Linear(width, width), nn.LeakyReLU(0.1)),
                nn.Linear(width, config.heads),
            ]
        )

    def forward(self, height: int, width: int) -> Tensor:
        like = self.net[0][0].weight
        rows, columns = (torch.arange(n, device=like.device, dtype=like.dtype) for n in (height, width))
        cells = torch.cartesian_prod(rows, columns)
        offsets = cells[:, None] - cells[None]
        x = offsets.sign() * offsets.abs().log1p()
        for step in self.net:
            x = step(x)
        return x.movedim(-1, 0)
