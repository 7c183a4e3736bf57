"""The weighted sum of the CT tower's losses, with the small heads that leave after training."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from voxct.ct.attention import to_unit
from voxct.ct.ctclip import CtClipImage
from voxct.ct.losses import (
    case_presence,
    contrast_reports,
    dense_presence,
    ground_directions,
    match_crops,
    slice_presence,
    zero_shot,
)
from voxct.data.pool import Batch

FINDINGS = 18
FINDING_WEIGHT = torch.ones(FINDINGS)
FINDING_WEIGHT[[6, 9]] = torch.tensor([2.0, 6.0])
"""Lymphadenopathy and lung nodules fill the fewest tokens and are learnt last."""


@dataclass(frozen=True)
class LossWeights:
    dense: float = 1.0
    slices: float = 0.0
    cases: float = 0.5
    zero_shot: float = 1.0
    reports: float = 0.1
    crops: float = 0.3
    ground: float = 0.05


class TrainingHeads(nn.Module):
    """Dense heads on the spatial and the final tokens, logit scale, offsets. Only the scale is kept in the pack."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.spatial = nn.Linear(width, FINDINGS)
        self.final = nn.Linear(width, FINDINGS)
        for head in (self.spatial, self.final):
            nn.init.constant_(head.bias, -4.0)
        self.slices = nn.Linear(width, FINDINGS)
        nn.init.constant_(self.slices.bias, -2.0)
        self.case_offset = nn.Parameter(torch.zeros(FINDINGS))
        self.temperature = nn.Parameter(torch.tensor(math.log(10.0)))
        self.prompt_offset = nn.Parameter(torch.full((FINDINGS,), -1.0))
        self.crop_offset = nn.Parameter(torch.tensor(0.5))


@dataclass(frozen=True)
class Texts:
    """Frozen targets: prompts [18, 2, d]; reports [n, d] of the pool with labels [n, 18]."""

    prompts: Tensor
    reports: Tensor
    report_labels: Tensor


def total_loss(
    tower: CtClipImage, heads: TrainingHeads, volumes: Tensor, batch: Batch, texts: Texts,
    positive_weight: Tensor, weights: LossWeights,
) -> tuple[Tensor, dict[str, float]]:  # fmt: skip
    """volumes float [b, 1, *shape], already augmented."""
    vit = tower.visual_transformer
    spatial, tokens = vit.encode(volumes, vit.spatial_rel_pos_bias())
    embedding = to_unit(tower.to_visual_latent(tokens).float())
    scale = heads.temperature.exp()
    reports = torch.cat([batch.reports, texts.reports])
    report_labels = torch.cat([batch.labels, texts.report_labels])
    final = heads.final(tokens).float()
    dense = dense_presence(heads.spatial(spatial).float(), batch.token_shares, positive_weight)
    dense = (dense + dense_presence(final, batch.token_shares, positive_weight)) / 2
    directions = to_unit(texts.prompts[:, 0] - texts.prompts[:, 1])
    weight = tower.to_visual_latent.shared + tower.to_visual_latent.local
    parts = {
        "dense": dense,
        "cases": case_presence(final, batch.labels, heads.case_offset),
        "slices": slice_presence(heads.slices(spatial.mean((2, 3))).float(), batch.token_shares),
        "zero_shot": zero_shot(embedding, texts.prompts, batch.labels, scale, heads.prompt_offset, FINDING_WEIGHT),
        "reports": contrast_reports(embedding, batch.labels, reports, report_labels, scale),
        "crops": match_crops(embedding, batch.labels, batch.crops, batch.crop_states, scale, heads.crop_offset),
        "ground": ground_directions(tokens.float(), weight, directions, batch.token_shares, scale=1.0),
    }
    total = sum(getattr(weights, name) * value for name, value in parts.items())
    return total, {name: value.item() for name, value in parts.items()}


def to_positive_weight(token_shares: Tensor) -> Tensor:
    """A weight a finding: the root of (negative : positive) over the tokens given, at most 30."""
    rate = (token_shares > 0).float().flatten(0, -2).mean(0).clamp(min=1e-6)
    return ((1 - rate) / rate).sqrt().clamp(1, 30)
