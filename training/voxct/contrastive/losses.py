"""Symmetric InfoNCE over a batch of scans, and SpeechCT-CLIP's distillation."""

import torch
from torch import Tensor
from torch.nn import functional as F

from voxct.contrastive.distributed import gather_rows


def info_nce(first: Tensor, second: Tensor, scans: Tensor, log_scale: Tensor) -> Tensor:
    """first, second [n, d] of unit length on this process, row i belongs to row i; scans int64 [n]: whose they are.

    Rows of all processes are contrasted. Another reconstruction of the same scan is no negative: it is left out of
    both directions. Every process returns the same number (CT-CLIP: cross-entropy of cos * exp(temperature)).
    """
    first, second, scans = gather_rows(first), gather_rows(second), gather_rows(scans)
    logits = first.float() @ second.float().T * log_scale.float().exp()
    same = scans[:, None] == scans[None]
    itself = torch.eye(len(logits), dtype=torch.bool, device=logits.device)
    logits = logits.masked_fill(same & ~itself, -torch.inf)
    rows = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, rows) + F.cross_entropy(logits.T, rows)) / 2


def distil(speech: Tensor, teacher: Tensor) -> Tensor:
    """Mean of 1 - cos over the rows of all processes, [n, d] of unit length each (SpeechCT-CLIP, arXiv 2510.02322)."""
    return 1 - (gather_rows(speech).float() * gather_rows(teacher).float()).sum(-1).mean()
