"""Weights of a second target: HLIP's checkpoint by its own names, or a state dict by this project's."""

from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from voxct.pack.weights_file import UnsuitableWeights, read_weights
from voxct.speech.hugging_face import load_exactly
from voxct.targets.config import EncoderConfig
from voxct.targets.tower import TargetImage, build_random

HLIP_MARKER = "patch_embed.proj.weight"
PLAIN_LOGIT_SCALE = 10.0
"""Where a file has none: CLIP's learned one ends near 100, CT-CLIP's is unknown; it moves no ranking."""


@dataclass(frozen=True)
class Target:
    """text: tensors of the checkpoint's own text tower, names from `text.` on; {} without one."""

    tower: TargetImage
    logit_scale: float
    text: dict[str, Tensor] = field(default_factory=dict)


def open_target(config: EncoderConfig, weights: str) -> Target:
    """weights: "random", HLIP's .pt, or a state dict of TargetImage. ValueError names what does not fit."""
    if weights == "random":
        return Target(build_random(config), PLAIN_LOGIT_SCALE)
    state = read_checkpoint(Path(weights))
    marked = next((name for name in state if name.endswith(HLIP_MARKER)), None)
    with torch.device("meta"):
        tower = TargetImage(config)
    tower.to_empty(device="cpu")
    renamed = state if marked is None else rename_hlip(state, marked.removesuffix(HLIP_MARKER), config)
    load_exactly(tower, renamed, weights, ("logit_scale", "text."))
    scale = next((float(v.exp()) for name, v in state.items() if name.endswith("logit_scale")), PLAIN_LOGIT_SCALE)
    return Target(tower.eval(), scale, {name: v for name, v in state.items() if name.startswith("text.")})


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """Tensors of a .pt: a plain state dict, or what a trainer wraps around it."""
    if not path.is_file():
        raise ValueError(f"{path}: no such file; give a checkpoint or the word random")
    try:
        return read_weights(path)
    except UnsuitableWeights as error:
        raise ValueError(f"{path}: {error}") from error


def rename_hlip(state: dict[str, Tensor], trunk: str, config: EncoderConfig) -> dict[str, Tensor]:
    """Names of timm's VisionTransformer under open_clip's `visual.trunk.` to TargetImage's.

    The patch convolution becomes a product, positions one table, qkv three matrices; the last block belongs to the CLS
    pooling. Names that are not known stay as they are, so that they are listed.
    """
    last = f"blocks.{config.layers - 1}."
    renamed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        own = name.removeprefix(trunk).replace("attn.proj.", "attn.to_out.")
        if own.startswith(last):
            own = "pooling.block." + own.removeprefix(last)
        elif own.startswith("norm."):
            own = "pooling." + own
        if ".qkv." in own:
            for part, piece in zip("qkv", tensor.chunk(3), strict=True):
                renamed["visual_transformer." + own.replace(".qkv.", f".to_{part}.")] = piece
        elif name == trunk.replace("trunk.", "head.") + "proj.weight":
            renamed["to_visual_latent.shared"] = tensor.T
        elif own.startswith("patch_embed.proj."):
            kind = own.rsplit(".", 1)[1]
            renamed[f"visual_transformer.embed.{kind}"] = tensor.flatten(1) if kind == "weight" else tensor
        elif own == "spatial_posemb":
            renamed["visual_transformer.places"] = tensor.flatten(1, 3) + add_order(state, trunk)
        elif name.startswith(trunk) and own != "sequential_posemb":
            renamed["visual_transformer." + own] = tensor
        elif own != "sequential_posemb":
            renamed[name] = tensor
    return renamed


def add_order(state: dict[str, Tensor], trunk: str) -> Tensor | float:
    """Position of the first scan of a study, where the checkpoint has positions of scans: [1, 1, width]."""
    order = state.get(trunk + "sequential_posemb")
    return 0.0 if order is None else order[:, :1]
