"""Dual directions: what was said about each finding, read off the embedding that mixes it.

The encoder's raw embedding is sum_k w_k p_k + p_nothing + detail, with w the three-way answers (present, absent a
finding). The rows d_k of the pseudo-inverse of the prototypes have d_k . p_j = 1 for k = j and 0 otherwise, and the
detail is made orthogonal to all prototypes before the export, so (d_k . e) / (d_nothing . e) = w_k for the unit
embedding e. Cosines to the prompts smear findings that are said together into one another and shrink with their number.
"""

from __future__ import annotations

import copy

import numpy as np
import torch

from voxct.speech.model import SpeechEncoder


def prototypes_of(encoder: SpeechEncoder) -> np.ndarray:
    """float64 [37, dimension]: present and absent of each finding, then "nothing stated"."""
    mixture = encoder.project.prototypes
    rows = torch.cat([mixture.weight.T, mixture.bias[None]]).detach()
    return rows.double().numpy()


def reading_directions(encoder: SpeechEncoder) -> np.ndarray:
    """float32 [37, dimension]: the dual of each prototype."""
    return np.linalg.pinv(prototypes_of(encoder)).T.astype(np.float32)


@torch.no_grad()
def fold_detail(encoder: SpeechEncoder) -> SpeechEncoder:
    """A copy whose detail has no part in the space of the prototypes. The graph keeps its shape."""
    folded = copy.deepcopy(encoder)
    rows = prototypes_of(encoder)
    outside = torch.from_numpy(np.eye(rows.shape[1]) - np.linalg.pinv(rows) @ rows)
    last = folded.project.detail_out
    last.weight.copy_((outside @ last.weight.double()).float())
    last.bias.copy_((outside @ last.bias.double()).float())
    return folded


def read_shares(embeddings: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """Unit embeddings [n, dimension] -> P(present), P(absent) of each finding, [n, 18, 2] in 0..1."""
    read = embeddings @ directions.T
    unit = read[:, -1:]
    shares = np.where(unit > 0, read[:, :-1] / np.where(unit > 0, unit, 1), 0).clip(0, 1)
    return shares.reshape(len(embeddings), -1, 2)


def to_said_scores(shares: np.ndarray) -> np.ndarray:
    """[n, 18]: the larger of the two shares, negative for absent: what the app thresholds."""
    return np.where(shares[..., 0] >= shares[..., 1], shares[..., 0], -shares[..., 1])
