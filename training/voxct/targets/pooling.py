"""From the ViT's tokens to weighted tokens whose plain mean is the pooled vector.

The head that the app runs (voxct/radclip/tower.py, PooledHead) is linear in the mean of the tokens it gets, so a heat
map over such tokens sums to the cosine. Attention weights and the spread of a LayerNorm are numbers by the time the
tokens leave the trunk; given them, what follows is linear in the values.
"""

import torch
from torch import Tensor, nn

from voxct.targets.attention import Block, SelfAttention
from voxct.targets.config import EncoderConfig


class MeanPooling(nn.Module):
    """Final LayerNorm of every token. x [b, tokens, width] -> [b, tokens, width]."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(config.width, eps=config.norm_eps)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(x)


class AttentionPooling(nn.Module):
    """The mean token attends to all tokens (CLIP's attention pooling, without positions), after the final LayerNorm.

    Pooled = W_o sum_j a_j (W_v x_j + b_v) + b_o a head; token j leaves as tokens * W_o a_j (W_v x_j + b_v) + b_o.
    """

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(config.width, eps=config.norm_eps)
        self.attn = SelfAttention(config.width, config.heads)

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(x)
        query = self.attn.ask(x.mean(1, keepdim=True))
        keys, values = (self.attn.split(step(x)) for step in (self.attn.to_k, self.attn.to_v))
        shares = (query @ keys.transpose(-1, -2)).softmax(-1)
        weighted = values * shares.transpose(-1, -2) * x.shape[1]
        return self.attn.to_out(weighted.transpose(1, 2).flatten(2))


class ClsPooling(nn.Module):
    """The last block, of which the CLS token alone is used, and the final LayerNorm. x [b, 1 + tokens, width].

    The CLS token ends as c + W_o sum_j a_j v_j + b_o + MLP(...). Token j leaves with its own term of the sum; c, what
    CLS attends to in itself, b_o and the MLP's answer have no place in the volume and are given to all tokens alike.
    The LayerNorm's spread is that of the whole vector.
    """

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.block = Block(config.width, config.heads, config.feed_forward, config.norm_eps)
        self.norm = nn.LayerNorm(config.width, eps=config.norm_eps)

    def forward(self, x: Tensor) -> Tensor:
        attention, cls = self.block.attn, x[:, :1]
        seen = self.block.norm1(x)
        keys, values = (attention.split(step(seen)) for step in (attention.to_k, attention.to_v))
        shares = (attention.ask(seen[:, :1]) @ keys.transpose(-1, -2)).softmax(-1)
        terms = (values * shares.transpose(-1, -2)).transpose(1, 2).flatten(2) @ attention.to_out.weight.T
        gathered = cls + terms.sum(1, keepdim=True) + attention.to_out.bias
        final = gathered + self.block.mlp(self.block.norm2(gathered))
        placed = terms[:, 1:]
        spread = placed * placed.shape[1] + (final - placed.sum(1, keepdim=True))
        return self.normalise(spread, final)

    def normalise(self, tokens: Tensor, whole: Tensor) -> Tensor:
        """LayerNorm of `whole`, the tokens' mean, as a linear map of the tokens."""
        deviation = torch.sqrt(whole.var(-1, keepdim=True, correction=0) + self.norm.eps)
        centred = tokens - tokens.mean(-1, keepdim=True)
        return centred / deviation * self.norm.weight + self.norm.bias


def build_pooling(config: EncoderConfig) -> nn.Module:
    return {"mean": MeanPooling, "attention": AttentionPooling, "cls": ClsPooling}[config.pooling](config)
