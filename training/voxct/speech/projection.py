"""From encoder frames to what was said about each finding, and from that to the embedding."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.findings import FINDING_IDS


class StateReader(nn.Module):
    """Encoder frames [batch, frames, width] to three-way logits [batch, 18, 3]: not mentioned, present, absent.

    Each finding is spotted in some frames, and whether it is denied is read from those frames alone. Read from a
    pooled vector, one finding's "no" was taken for another's in half of the sentences that affirm one and deny one.
    """

    def __init__(self, width: int):
        super().__init__()
        self.spot = nn.Linear(width, len(FINDING_IDS))
        self.affirm = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.affirm_own = nn.Linear(width, len(FINDING_IDS))
        nn.init.constant_(self.spot.bias, -6.0)
        nn.init.zeros_(self.affirm_own.weight)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        spots = self.spot(x).float()
        if mask is not None:
            spots = spots + (mask - 1) * 1e4
        loudest = torch.amax(spots, 1, keepdim=True)
        rises = torch.exp(spots - loudest)
        total = rises.sum(1, keepdim=True)
        spotted = (torch.log(total) + loudest)[:, 0]
        affirmed = (rises / total * (self.affirm(x) + self.affirm_own(x)).float()).sum(1)
        return torch.stack([torch.zeros_like(spotted), spotted + affirmed, spotted - affirmed], -1)


class Projection(nn.Module):
    """Pooled frames [batch, pooled] to the embedding, by way of what was said about each of the 18 findings.

    The raw embedding is a mixture of 36 prototypes (present, absent), weighted by a three-way softmax a finding, plus
    the direction of a sentence that states nothing, plus a detail that goes past the mixture. The prototypes begin as
    the text teacher's prompts (`adopt_prompts`): a general MLP here generalised far worse from the same clips.
    """

    def __init__(self, pooled: int, dimension: int):
        super().__init__()
        self.prototypes = nn.Linear(2 * len(FINDING_IDS), dimension)
        self.detail_in, self.detail_out = nn.Linear(pooled, pooled // 2), nn.Linear(pooled // 2, dimension)
        nn.init.zeros_(self.detail_out.weight)
        nn.init.zeros_(self.detail_out.bias)

    @torch.no_grad()
    def adopt_prompts(self, prompts: Tensor, nothing: Tensor) -> None:
        """prompts [18, 2, dimension] of length 1; `nothing` [dimension] is added to every sentence.

        Each prototype is its prompt less its shadow on the other findings' directions (positive - negative prompt): a
        finding that is faintly heard would else drown in what the findings loudly heard cast on its margin.
        """
        directions = prompts[:, 0] - prompts[:, 1]
        inverse = torch.linalg.pinv(directions)
        own = torch.eye(len(directions)).repeat_interleave(2, 0)
        flat = prompts.reshape(-1, prompts.shape[-1])
        shadows = (flat @ directions.T) * (1 - own)
        self.prototypes.weight.copy_((flat - shadows @ inverse.T).T)
        self.prototypes.bias.copy_(nothing - inverse @ (directions @ nothing))

    def forward(self, pooled: Tensor, calls: Tensor) -> tuple[Tensor, Tensor]:
        """Unit embedding [batch, dimension], and the three-way logits [batch, 18, 3] it was made from."""
        said = torch.softmax(calls, -1)[:, :, 1:].reshape(-1, 2 * len(FINDING_IDS))
        raw = (self.prototypes(said) + self.detail_out(F.gelu(self.detail_in(pooled)))).float()
        return raw / torch.sqrt((raw * raw).sum(-1, keepdim=True) + 1e-12), calls
