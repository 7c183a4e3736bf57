"""AcuLa (arXiv 2512.04847): 1 - linear CKA between projected speech and language latents, and masked modelling."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.alignment.encoder import AlignedEncoder
from voxct.alignment.losses import linear_cka

SPAN_FRAMES = 10  # 0.4 s
MASKED_SHARE = 0.3


def projector(width: int, hidden: int, out: int) -> nn.Sequential:
    """AcuLa's projector: two linear layers, narrower at the end (384 -> 1024 -> 512 there)."""
    return nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, out))


class Acula(nn.Module):
    """Projectors of both sides and the decoder of hidden frames; `language` [clips, k] is frozen, one row a clip.

    A row that speaks two clips takes the mean of their latents.
    """

    def __init__(self, language: Tensor, dimension: int, width: int, projected: int = 64, hidden: int = 256):
        super().__init__()
        scaled = (language - language.mean(0)) / language.std(0).clamp(min=1e-4)
        self.register_buffer("language", scaled, persistent=False)
        self.speech_side = projector(dimension, hidden, projected)
        self.language_side = projector(language.shape[1], hidden, projected)
        self.hidden_frame = nn.Parameter(torch.zeros(width))
        self.rebuild = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def cka_loss(self, speech: Tensor, clips: list[list[int]]) -> Tensor:
        """1 - linear CKA of the batch (the biased estimate, as in AcuLa's code)."""
        language = torch.stack([self.language[row].mean(0) for row in clips])
        return 1 - linear_cka(self.speech_side(speech), self.language_side(language))

    def masked_loss(self, encoder: AlignedEncoder, frames: Tensor, mask: Tensor) -> Tensor:
        """Spans of frames are hidden; mean squared error of their rebuilding (each frame normalised) from the rest."""
        hidden = draw_spans(frames.shape[0], frames.shape[1]) & (mask[..., 0] > 0)
        seen = torch.where(hidden[..., None], self.hidden_frame, frames)
        rebuilt = self.rebuild(encoder.refine(seen, mask)[hidden])
        return F.mse_loss(rebuilt.float(), F.layer_norm(frames[hidden], frames.shape[-1:]))


def draw_spans(batch: int, frames: int, share: float = MASKED_SHARE, span: int = SPAN_FRAMES) -> Tensor:
    """bool [batch, frames]: about `share` lie in spans drawn at random."""
    starts = (torch.rand(batch, frames) < -torch.log(torch.tensor(1 - share)) / span).float()
    return F.max_pool1d(F.pad(starts[:, None], (span - 1, 0)), span, 1)[:, 0] > 0
