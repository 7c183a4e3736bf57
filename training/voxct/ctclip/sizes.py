"""Sizes of a checkpoint from the shapes of its tensors, so that the full and a reduced one take the same way."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from torch import Tensor

from voxct.ctclip.config import FULL, CtClipConfig, TextConfig

BERT_HEAD_WIDTH = 64
"""BERT's head width; the number of heads leaves no trace in the shapes."""

VIT = "visual_transformer."
BERT = "text_transformer."
READ_FOR_SIZES = (
    "to_visual_latent.weight",
    f"{VIT}to_patch_emb.2.weight",
    f"{VIT}to_patch_emb_first_frame.1.weight",
    f"{VIT}spatial_rel_pos_bias.net.2.weight",
    f"{VIT}enc_spatial_transformer.layers.0.1.q_scale",
    f"{VIT}enc_spatial_transformer.layers.0.3.4.weight",
    f"{VIT}vq._codebook.embed",
    f"{BERT}embeddings.word_embeddings.weight",
    f"{BERT}embeddings.position_embeddings.weight",
    f"{BERT}encoder.layer.0.intermediate.dense.weight",
)


class UnsuitableCheckpoint(ValueError):
    """Says what is wrong with the file and what to do."""


def assume_layers(state: Mapping[str, Tensor]) -> CtClipConfig:
    """CT-CLIP's sizes with as many layers as the names tell of: enough to know which names there should be."""
    layers = count_layers(state, f"{VIT}enc_spatial_transformer.layers")
    text = count_layers(state, f"{BERT}encoder.layer")
    return replace(FULL, layers=layers or FULL.layers, text=replace(FULL.text, layers=text or FULL.text.layers))


def infer_sizes(state: Mapping[str, Tensor]) -> CtClipConfig:
    """state has every name. Raises UnsuitableCheckpoint where the shapes fit no CT-CLIP of version 2."""
    shapes = {key: tuple(state[key].shape) for key in READ_FOR_SIZES}
    wrong = [f"{key} {shape}" for key, shape in shapes.items() if len(shape) != rank_of(key)]
    if wrong:
        raise UnsuitableCheckpoint(f"tensors of unexpected rank: {', '.join(wrong)}")
    width, voxels = shapes[f"{VIT}to_patch_emb.2.weight"]
    latent, image = shapes["to_visual_latent.weight"]
    bias_heads, bias_width = shapes[f"{VIT}spatial_rel_pos_bias.net.2.weight"]
    side = infer_grid(image, width)
    frame = math.isqrt(shapes[f"{VIT}to_patch_emb_first_frame.1.weight"][0])
    if frame == 0 or voxels % frame**2:
        raise UnsuitableCheckpoint(f"patches of {voxels} voxels do not consist of frames of {frame} x {frame}")
    patch = (voxels // frame**2, frame, frame)
    return CtClipConfig(
        shape=(side * patch[0], side * frame, side * frame),
        patch=patch,
        width=width,
        layers=count_layers(state, f"{VIT}enc_spatial_transformer.layers"),
        heads=bias_heads,
        head_width=shapes[f"{VIT}enc_spatial_transformer.layers.0.1.q_scale"][0],
        feed_forward=shapes[f"{VIT}enc_spatial_transformer.layers.0.3.4.weight"][1],
        bias_width=bias_width,
        codebook=shapes[f"{VIT}vq._codebook.embed"][1],
        latent=latent,
        text=infer_text_sizes(state),
    )


def rank_of(key: str) -> int:
    if key.endswith("codebook.embed"):
        return 3
    return 1 if key.endswith(("q_scale", "first_frame.1.weight")) else 2


def infer_grid(image: int, width: int) -> int:
    """Tokens a side. Version 2 projects the mean over z (side² tokens), version 1 projected all of them (side³).

    The z axis leaves no trace in version 2; CT-CLIP's grid is a cube (24 x 24 x 24).
    """
    cells = image // width
    side = math.isqrt(cells)
    if cells * width == image and side**2 == cells:
        return side
    if cells * width == image and round(cells ** (1 / 3)) ** 3 == cells:
        raise UnsuitableCheckpoint(
            f"a CT-CLIP checkpoint of version 1: its projection reads all {cells} tokens, version 2 reads their mean "
            "over z. Version 1 also saw other HU limits. Use version 2 (CT-CLIP_v2.pt)"
        )
    raise UnsuitableCheckpoint(f"to_visual_latent reads {image} numbers, which is no square grid of {width} each")


def infer_text_sizes(state: Mapping[str, Tensor]) -> TextConfig:
    vocabulary, width = state[f"{BERT}embeddings.word_embeddings.weight"].shape
    return TextConfig(
        vocabulary=vocabulary,
        positions=state[f"{BERT}embeddings.position_embeddings.weight"].shape[0],
        width=width,
        layers=count_layers(state, f"{BERT}encoder.layer"),
        heads=max(1, width // BERT_HEAD_WIDTH),
        feed_forward=state[f"{BERT}encoder.layer.0.intermediate.dense.weight"].shape[0],
    )


def count_layers(state: Mapping[str, Tensor], prefix: str) -> int:
    pattern = re.compile(re.escape(prefix) + r"\.(\d+)\.")
    return 1 + max((int(found[1]) for key in state if (found := pattern.match(key))), default=-1)
