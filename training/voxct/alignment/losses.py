"""The losses of rows 4 and 6: InfoNCE (SpeechCT-CLIP), distillation by cosine, 1 - linear CKA (AcuLa)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def info_nce(speech: Tensor, ct: Tensor, agree: Tensor, log_scale: Tensor) -> Tensor:
    """Symmetric InfoNCE with one positive a row: speech [n, d] and ct [n, d] of unit length, row i belongs to row i.

    agree bool [n, n]: scan j bears out all that utterance i states. Off the diagonal these are false negatives (one
    sentence is true of many scans) and are left out of the denominators; pass the identity to keep them all.
    """
    logits = speech @ ct.T * log_scale.exp().clamp(max=100.0)
    itself = torch.eye(len(logits), dtype=torch.bool, device=logits.device)
    logits = logits.masked_fill(agree & ~itself, -torch.inf)
    rows = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, rows) + F.cross_entropy(logits.T, rows)) / 2


def cosine_distance(speech: Tensor, text: Tensor) -> Tensor:
    """Mean of 1 - cos(a, t), both [n, d] of unit length: SpeechCT-CLIP's distillation from the frozen text teacher."""
    return 1 - (speech * text).sum(-1).mean()


def linear_cka(x: Tensor, y: Tensor) -> Tensor:
    """Linear CKA of x [n, p] and y [n, q] by features (Kornblith et al. 2019, equation 4), biased, 0..1.

    |Yc'Xc|^2 / (|Xc'Xc| |Yc'Yc|) with centred columns and Frobenius norms. With n near p + q it is far above zero for
    unrelated x and y: see `debiased_linear_cka` for figures.
    """
    x, y = x - x.mean(0), y - y.mean(0)
    cross = (y.T @ x).square().sum()
    return cross / ((x.T @ x).norm() * (y.T @ y).norm()).clamp(min=1e-12)


def debiased_linear_cka(x: Tensor, y: Tensor) -> Tensor:
    """Linear CKA with the unbiased HSIC estimate (Song et al. 2012), about 0 for unrelated x and y; n >= 4."""
    first, second = (without_diagonal(z @ z.T) for z in (x.double(), y.double()))
    return hsic(first, second) / (hsic(first, first) * hsic(second, second)).clamp(min=1e-24).sqrt()


def without_diagonal(gram: Tensor) -> Tensor:
    return gram - torch.diag(gram.diagonal())


def hsic(first: Tensor, second: Tensor) -> Tensor:
    """Unbiased HSIC of two Gram matrices [n, n] whose diagonals are zero."""
    n = len(first)
    trace = (first * second).sum()
    sums = first.sum() * second.sum() / ((n - 1) * (n - 2))
    mixed = (first.sum(0) @ second.sum(1)) * 2 / (n - 2)
    return (trace + sums - mixed) / (n * (n - 3))
