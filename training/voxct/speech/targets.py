"""What the speech encoder is drawn to: the frozen text teacher's sentence embedding, where the teacher is right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from voxct.speech.corpus import Corpus

# Margin that the teacher's own embedding must show for each stated finding to be taken as the target.
TRUSTED_MARGIN = 0.15


@dataclass
class Teacher:
    """Targets [corpus, d] of length 1, whether a text has one (bool [corpus]), prompts [18, 2, d].

    `nothing` [d] is half the mean direction of the sentences that state no finding.
    """

    sentences: Tensor
    taught: Tensor
    prompts: Tensor
    nothing: Tensor

    def targets(self, pairs: np.ndarray) -> tuple[Tensor, Tensor]:
        """Targets [n, d] of clips that speak one or two texts (pairs [n, 2], -1 for none), and which clips have one."""
        spoken = torch.from_numpy(pairs >= 0)
        total = (self.sentences[pairs] * spoken[..., None]).sum(1)
        whole = (self.taught[pairs] | ~spoken).all(1) & spoken.any(1)
        return torch.nn.functional.normalize(total, dim=-1), whole


def make_teacher(sentences: np.ndarray, prompts: np.ndarray, corpus: Corpus) -> Teacher:
    """Teacher's sentence embeddings, corrected: where one contradicts what is stated, the mean of the stated prompts.

    Everyday talk is outside the teacher's vocabulary and gets no target: only zero margins are asked of it.
    """
    states = corpus.states.astype(np.float32)
    margins = sentences @ (prompts[:, 0] - prompts[:, 1]).T
    wrong = ((states != 0) & (margins * states < TRUSTED_MARGIN)).any(1)
    targets = np.where(wrong[:, None], stated_prompts(states, prompts), sentences)
    taught = np.array([u.kind != "talk" for u in corpus.utterances])
    other = sentences[taught & (states == 0).all(1)].mean(0)
    nothing = 0.5 * other / np.linalg.norm(other)
    return Teacher(*(torch.from_numpy(np.ascontiguousarray(part)) for part in (targets, taught, prompts, nothing)))


def stated_prompts(states: np.ndarray, prompts: np.ndarray) -> np.ndarray:
    """Unit mean of the positive prompts of what is present and the negative ones of what is absent, [n, d]."""
    total = (states == 1).astype(np.float32) @ prompts[:, 0] + (states == -1).astype(np.float32) @ prompts[:, 1]
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
