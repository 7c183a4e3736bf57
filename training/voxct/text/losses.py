"""What the text tower learns: equal claims are near, and every claim leans to its prompt."""

import torch
from torch import Tensor
from torch.nn import functional as F


def contrast_equal_states(latents: Tensor, states: Tensor, temperature: float) -> Tensor:
    """Multi-positive InfoNCE. Texts with the same states are positives of each other.

    latents [n, d] unit norm, states [n, 18]. Texts without a partner in the batch only serve as negatives.
    """
    logits = latents @ latents.T / temperature
    itself = torch.eye(len(latents), dtype=torch.bool)
    equal = (states[:, None] == states[None]).all(-1) & ~itself
    log_share = logits.masked_fill(itself, -torch.inf).log_softmax(-1)
    partners = equal.sum(-1)
    mean_log_share = torch.where(equal, log_share, 0.0).sum(-1) / partners.clamp(min=1)
    return -(mean_log_share[partners > 0]).mean() if (partners > 0).any() else logits.sum() * 0


def to_margins(latents: Tensor, prompts: Tensor) -> Tensor:
    """cos(t, positive prompt) - cos(t, negative prompt): [n, 18]. prompts [18, 2, d]."""
    return latents @ (prompts[:, 0] - prompts[:, 1]).T


def align_to_prompts(latents: Tensor, prompts: Tensor, states: Tensor, scale: Tensor, offset: Tensor) -> Tensor:
    """Two logistic losses a finding: said present (margin above +offset) and said absent (margin below -offset).

    The margin of a text that claims k findings is naturally near 1/sqrt(k); it is multiplied by sqrt(k) first.
    """
    count = (states != 0).sum(-1, keepdim=True).clamp(min=1).sqrt()
    margins = to_margins(latents, prompts) * count
    present = F.binary_cross_entropy_with_logits(scale * (margins - offset), (states > 0).float(), reduction="none")
    absent = F.binary_cross_entropy_with_logits(scale * (-margins - offset), (states < 0).float(), reduction="none")
    weight = 1.0 + 4.0 * (states != 0)
    return ((present + absent) * weight).mean()


def spread_prompts(prompts: Tensor) -> Tensor:
    """Pushes the 18 differences d = p+ - p- towards right angles with each other and all 36 prompts apart."""
    directions = F.normalize(prompts[:, 0] - prompts[:, 1], dim=-1)
    off_diagonal = directions @ directions.T - torch.eye(len(directions))
    flat = prompts.flatten(0, 1)
    overlap = flat @ flat.T - torch.eye(len(flat))
    return off_diagonal.square().sum() / len(directions) + overlap.clamp(min=0).square().sum() / len(flat)
