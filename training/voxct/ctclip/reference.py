"""CT-CLIP's image and text towers with exactly the released state dict's keys and shapes, in plain PyTorch.

Sources: CT_CLIP/ct_clip/ct_clip.py and transformer_maskgit/transformer_maskgit/ctvit.py of
ibrahimethemhamamci/CT-CLIP, vector-quantize-pytorch 1.1.2 (eval mode), Hugging Face's BertModel.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig, BertModel

from voxct.ctclip.config import CtClipConfig, TextConfig
from voxct.ctclip.layers import PositionBias, Transformer


class Codebook(nn.Module):
    """State of CosineSimCodebook. `embed` is an average of unit vectors and need not have unit length itself."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.register_buffer("initted", torch.ones(1))
        self.register_buffer("cluster_size", torch.zeros(1, size))
        self.register_buffer("embed", F.normalize(torch.rand(1, size, width) * 2 - 1, dim=-1))


class VectorQuantize(nn.Module):
    """x [..., width] -> the stored row of the code nearest by cosine."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self._codebook = Codebook(size, width)

    def forward(self, x: Tensor) -> Tensor:
        rows = self._codebook.embed[0]
        scores = F.normalize(x.float(), dim=-1) @ F.normalize(rows, dim=-1).T
        return rows[scores.argmax(-1)]


class ReferenceCtVit(nn.Module):
    """volume [b, 1, *shape] in [-1, 1] -> tokens [b, t, h, w, width]; axes S, L, P."""

    def __init__(self, config: CtClipConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.spatial_rel_pos_bias = PositionBias(config)
        self.to_patch_emb_first_frame = build_patch_embedding(config.frame_pixels, width)
        self.to_patch_emb = build_patch_embedding(config.patch_voxels, width)
        self.enc_spatial_transformer = Transformer(config)
        self.enc_temporal_transformer = Transformer(config)
        self.vq = VectorQuantize(config.codebook, width)
        self.to_pixels_first_frame = nn.Sequential(nn.Linear(width, config.frame_pixels))
        self.to_pixels = nn.Sequential(nn.Linear(width, config.patch_voxels))

    def forward(self, volume: Tensor) -> Tensor:
        return self.vq(self.encode(volume))

    def encode(self, volume: Tensor) -> Tensor:
        """Tokens before quantisation."""
        tokens = self.embed_patches(volume)
        axes = b, t, h, w = tokens.shape[:4]
        rows = tokens.flatten(2, 3).flatten(0, 1)
        rows = self.enc_spatial_transformer(rows, axes, self.spatial_rel_pos_bias(h, w))
        columns = rows.unflatten(0, (b, t)).transpose(1, 2).flatten(0, 1)
        columns = self.enc_temporal_transformer(columns, axes)
        return columns.view(b, h, w, t, -1).permute(0, 3, 1, 2, 4)

    def embed_patches(self, volume: Tensor) -> Tensor:
        """Features of a patch in the order (channel, z, first in-plane axis, second)."""
        cut = volume[:, 0]
        for axis, step in zip((1, 2, 3), self.config.patch, strict=True):
            cut = cut.unfold(axis, step, step)
        return self.to_patch_emb(cut.flatten(4))


def build_patch_embedding(features: int, width: int) -> nn.Sequential:
    """Index 0 rearranges in the reference and holds nothing."""
    return nn.Sequential(nn.Identity(), nn.LayerNorm(features), nn.Linear(features, width), nn.LayerNorm(width))


class CtClip(nn.Module):
    """Both towers; logit = cosine * exp(temperature). *_extra and the decoder heads are stored and never used."""

    def __init__(self, config: CtClipConfig) -> None:
        super().__init__()
        self.config = config
        _, height, columns = config.grid
        image = height * columns * config.width
        self.temperature = nn.Parameter(torch.tensor(1.0))
        self.text_transformer = build_bert(config.text)
        self.visual_transformer = ReferenceCtVit(config)
        self.to_text_latent = nn.Linear(config.text.width, config.latent, bias=False)
        self.to_text_latent_extra = nn.Linear(config.text.width, config.latent, bias=False)
        self.to_visual_latent = nn.Linear(image, config.latent, bias=False)
        self.to_visual_latent_extra = nn.Linear(image, config.latent, bias=False)

    def encode_image(self, volume: Tensor) -> Tensor:
        """[b, 1, *shape] -> unit embedding [b, latent]."""
        return self.project_tokens(self.visual_transformer(volume))

    def project_tokens(self, tokens: Tensor) -> Tensor:
        """[b, t, h, w, width] -> unit [b, latent]: mean over t, flattened as (h, w, width)."""
        return F.normalize(self.to_visual_latent(tokens.mean(1).flatten(1)), dim=-1)

    def encode_text(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask int64 [b, n] -> unit embedding [b, latent], from the first (CLS) position of the last layer."""
        positions = torch.arange(ids.shape[1], device=ids.device)[None]
        states = self.text_transformer(
            input_ids=ids, attention_mask=mask, position_ids=positions, token_type_ids=torch.zeros_like(ids)
        ).last_hidden_state
        return F.normalize(self.to_text_latent(states[:, 0]), dim=-1)


def build_bert(text: TextConfig) -> BertModel:
    config = BertConfig(
        vocab_size=text.vocabulary,
        hidden_size=text.width,
        num_hidden_layers=text.layers,
        num_attention_heads=text.heads,
        intermediate_size=text.feed_forward,
        max_position_embeddings=text.positions,
        attn_implementation="eager",
    )
    return BertModel(config)


@contextmanager
def without_memory() -> Iterator[None]:
    """Modules built here have shapes and names but no numbers, until load_state_dict(assign=True)."""
    with torch.device("meta"):
        yield
