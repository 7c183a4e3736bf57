"""SpeechCT-CLIP's two losses, and two that a small encoder on two cores needs beside them.

SpeechCT-CLIP (arXiv 2510.02322) trains a pretrained Whisper encoder with symmetric InfoNCE against the CT encoder and
lambda * (1 - cosine) to the frozen text teacher. Starting from nothing, letters (CTC) teach the encoder to listen, and
the prompt margins, which are what the app reads, are classified directly.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.speech.alphabet import BLANK

# Order of the three-way answers. Said absent weighs most: negation is heard long after the finding is.
NOT_MENTIONED, PRESENT, ABSENT = 0, 1, 2


def ctc_loss(log_probs: Tensor, frames: Tensor, letters: Tensor, counts: Tensor) -> Tensor:
    """Negative log-likelihood a letter; clips that spell nothing count as ten letters."""
    total = F.ctc_loss(log_probs.transpose(0, 1), letters, frames, counts, BLANK, reduction="none", zero_infinity=True)
    return total.sum() / counts.clamp(min=10).sum()


def three_way(logits: Tensor, states: Tensor, present_weight: float, absent_weight: float) -> Tensor:
    """Weighted cross-entropy of logits [n, 18, 3] against states [n, 18] (1 present, -1 absent, 0 not mentioned)."""
    classes = torch.where(states < 0, ABSENT, states)
    weights = torch.tensor([1.0, present_weight, absent_weight])
    return F.cross_entropy(logits.reshape(-1, 3), classes.reshape(-1), weights)


def polarity_loss(logits: Tensor, states: Tensor) -> Tensor:
    """Mean over mentioned findings of the logistic loss of present against absent; logits [n, 18, 3], states [n, 18].

    A finding that is heard but turned around falls below all that was not mentioned, in margin and cosine alike.
    """
    lead = (logits[..., PRESENT] - logits[..., ABSENT]) * states
    mentioned = states != 0
    return (F.softplus(-lead) * mentioned).sum() / mentioned.sum().clamp(min=1)


def cosine_loss(embedding: Tensor, teacher: Tensor, rows: Tensor) -> Tensor:
    """Mean of 1 - cosine to the teacher's sentence embedding, over the rows (bool [n]) that have one."""
    return ((1 - (embedding * teacher).sum(-1)) * rows).sum() / rows.sum().clamp(min=1)


class MarginHead(nn.Module):
    """Three-way logits from prompt margins: present s (m - t), absent s (-m - t), not mentioned 0; s, t learnt."""

    def __init__(self, scale: float = 20.0, threshold: float = 0.2):
        super().__init__()
        self.log_scale = nn.Parameter(torch.tensor(scale).log())
        self.threshold = nn.Parameter(torch.tensor(threshold))

    def forward(self, margins: Tensor) -> Tensor:
        scale = self.log_scale.exp()
        present, absent = scale * (margins - self.threshold), scale * (-margins - self.threshold)
        return torch.stack([torch.zeros_like(margins), present, absent], -1)


def to_margins(embedding: Tensor, prompts: Tensor) -> Tensor:
    """cos(a, positive prompt) - cos(a, negative prompt): embedding [n, d], prompts [18, 2, d] -> [n, 18]."""
    return embedding @ (prompts[:, 0] - prompts[:, 1]).T


def contrastive_loss(speech: Tensor, ct: Tensor, agree: Tensor, log_scale: Tensor) -> Tensor:
    """Symmetric InfoNCE with many positives: agree [n, m] is true where the scan bears out all that was said.

    Rows and columns without a positive are left out. The likelihood is that of the sum over positives.
    """
    logits = speech @ ct.T * log_scale.exp()
    positive = logits.masked_fill(~agree, -1e4)
    terms = []
    for side in (1, 0):
        kept = agree.any(side)
        terms.append((torch.logsumexp(logits, side) - torch.logsumexp(positive, side))[kept].mean())
    return (terms[0] + terms[1]) / 2


def states_agree(states: Tensor, labels: Tensor) -> Tensor:
    """bool [n, m]: no stated finding of utterance n contradicts labels [m, 18] (0/1) of scan m."""
    signs = labels.float() * 2 - 1
    stated = states.float()
    return (stated @ signs.T) >= stated.abs().sum(1, keepdim=True) - 0.5
