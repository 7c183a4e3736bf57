"""The RadCLIP tower's losses: those of the CT-CLIP tower, on patches, slice embeddings and the pooled embedding."""

import torch
from torch import Tensor

from voxct.ct.attention import to_unit
from voxct.ct.losses import (
    contrast_reports,
    dense_presence,
    ground_directions,
    match_crops,
    slice_presence,
    zero_shot,
)
from voxct.ct.objective import LossWeights, Texts, TrainingHeads
from voxct.data.pool import Batch
from voxct.radclip.tower import RadClipImage


def merge_slices(logits: Tensor, depth: int) -> Tensor:
    """[b, z, ...] -> [b, depth, ...]: the largest logit of the images that share one layer of the masks' grid."""
    return logits.unflatten(1, (depth, -1)).amax(2)


def radclip_loss(
    tower: RadClipImage, heads: TrainingHeads, volumes: Tensor, batch: Batch, texts: Texts,
    positive_weight: Tensor, weights: LossWeights,
) -> tuple[Tensor, dict[str, float]]:  # fmt: skip
    """volumes float [b, 1, *shape], already augmented; batch.token_shares [b, depth, h, w, 18], depth divides z."""
    patches = tower.visual_transformer.encoder(volumes)
    tokens = tower.visual_transformer.pooling(patches)
    embedding = to_unit(tower.to_visual_latent(tokens.float()))
    scale, shares = heads.temperature.exp(), batch.token_shares
    depth = shares.shape[1]
    dense = merge_slices(heads.spatial(patches).float(), depth)
    slices = merge_slices(heads.slices(patches.mean((2, 3))).float(), depth)
    weight = tower.to_visual_latent.shared.expand(*patches.shape[2:4], -1, -1)
    directions = to_unit(texts.prompts[:, 0] - texts.prompts[:, 1])
    fine_shares = shares.repeat_interleave(patches.shape[1] // depth, 1)
    reports, report_labels = torch.cat([batch.reports, texts.reports]), torch.cat([batch.labels, texts.report_labels])
    parts = {
        "dense": dense_presence(dense, shares, positive_weight),
        "slices": slice_presence(slices, shares),
        "zero_shot": zero_shot(embedding, texts.prompts, batch.labels, scale, heads.prompt_offset),
        "reports": contrast_reports(embedding, batch.labels, reports, report_labels, scale),
        "crops": match_crops(embedding, batch.labels, batch.crops, batch.crop_states, scale, heads.crop_offset),
        "ground": ground_directions(tokens.float(), weight, directions, fine_shares, scale=1.0),
    }
    total = sum(getattr(weights, name) * value for name, value in parts.items())
    return total, {name: value.item() for name, value in parts.items()}
