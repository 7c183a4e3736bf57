"""CT-CLIP's two towers as they are trained."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from voxct.contrastive.codebook import train_codebook
from voxct.ctclip.reference import CtClip

UNUSED = ("to_text_latent_extra.", "to_visual_latent_extra.", "visual_transformer.to_patch_emb_first_frame.",
          "visual_transformer.to_pixels", "text_transformer.pooler.")  # fmt: skip
UNUSED_PARTS = (".context_norm.", ".null_kv")
"""Stored in every checkpoint, read by no forward pass: without gradient, or several processes would wait for one."""
TEXT = ("text_transformer.", "to_text_latent.")


class Towers(nn.Module):
    """One forward pass for both towers, as DistributedDataParallel wants it."""

    def __init__(self, model: CtClip, trains_text: bool, gradient_checkpointing: bool) -> None:
        super().__init__()
        self.model, self.trains_text = model, trains_text
        vit = model.visual_transformer
        vit.vq = train_codebook(vit.vq)
        for transformer in (vit.enc_spatial_transformer, vit.enc_temporal_transformer):
            transformer.gradient_checkpointing = gradient_checkpointing
        if gradient_checkpointing and trains_text:
            model.text_transformer.gradient_checkpointing_enable({"use_reentrant": False})
        for name, parameter in model.named_parameters():
            unused = name.startswith(UNUSED) or any(part in name for part in UNUSED_PARTS)
            parameter.requires_grad_(not unused and (trains_text or not name.startswith(TEXT)))

    def train(self, mode: bool = True) -> Towers:
        """A frozen text tower never drops anything out."""
        super().train(mode)
        self.model.text_transformer.train(mode and self.trains_text)
        return self

    def forward(self, volume: Tensor, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Unit embeddings of the volumes [b, d] and of the sentences [n, d], and the temperature."""
        with torch.set_grad_enabled(self.trains_text and torch.is_grad_enabled()):
            text = self.model.encode_text(ids, mask)
        return self.model.encode_image(volume), text, self.model.temperature
