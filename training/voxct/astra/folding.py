"""A state dict of the inflated ResNet -> convolutions with a bias: normalisation is linear once it is trained.

y = γ (w∗x − μ) / √(σ² + ε) + β, so w' = w γ/√(σ² + ε) and b' = β − μ γ/√(σ² + ε) (Ioffe and Szegedy, arXiv 1502.03167).
The stem sees the same channel three times: its weights are added up over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from voxct.astra.architecture import EXPANSION, IMAGE_CHANNELS, STEM_KERNEL, Architecture

EPSILON = 1e-5
PREFIXES = (
    "visual_encoder.model.encode_image.i3_resnet.",
    "encode_image.i3_resnet.",
    "module.",
)
BESIDE = ("classifier.", "contrastive_head.")
"""Heads of Merlin's own checkpoint, which the trunk doesn't use."""
NORM = ("weight", "bias", "running_mean", "running_var")
SHOWN = 4


class UnsuitableWeights(ValueError):
    """Says what is wrong with the file and what to do."""


@dataclass(frozen=True)
class Convolution:
    """weight float32 [out, in, S, R, A], bias float32 [out]."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True)
class Bottleneck:
    """1×1×1, 3×3×3 (which carries the stride), 1×1×1; the shortcut is the identity where it is None."""

    reduce: Convolution
    spatial: Convolution
    expand: Convolution
    shortcut: Convolution | None
    stride: int


@dataclass(frozen=True)
class FoldedTrunk:
    architecture: Architecture
    stem: Convolution
    stages: tuple[tuple[Bottleneck, ...], ...]


def fold_trunk(state: Mapping[str, Tensor], architecture: Architecture) -> FoldedTrunk:
    """Raises UnsuitableWeights where a tensor is missing, has another shape or holds what is no number."""
    named = strip_prefix(state)
    check_tensors(named, architecture)
    stem = fold(named, "conv1", "bn1")
    stages = tuple(
        tuple(fold_block(named, stage, index) for index in range(count))
        for stage, count in enumerate(architecture.blocks)
    )
    summed = Convolution(stem.weight.sum(1, keepdim=True), stem.bias)
    return FoldedTrunk(architecture, summed, stages)


def strip_prefix(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    for prefix in PREFIXES:
        if any(key.startswith(prefix) for key in state):
            return strip_prefix({key[len(prefix) :]: state[key] for key in state if key.startswith(prefix)})
    return {key: value for key, value in state.items() if not key.startswith(BESIDE)}


def check_tensors(state: Mapping[str, Tensor], architecture: Architecture) -> None:
    wanted = list_shapes(architecture)
    missing = [name for name in wanted if name not in state]
    if missing:
        raise UnsuitableWeights(f"the weights lack {shorten(missing)}: this is no state dict of Astra's image encoder")
    wrong = [f"{name} {tuple(state[name].shape)} for {shape}" for name, shape in wanted.items()
             if tuple(state[name].shape) != shape]  # fmt: skip
    if wrong:
        raise UnsuitableWeights(f"tensors of another size: {shorten(wrong)}")
    broken = [name for name in wanted if not bool(torch.isfinite(state[name].float()).all())]
    if broken:
        raise UnsuitableWeights(f"tensors with values that are no numbers: {shorten(broken)}; fetch the weights again")


def shorten(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def list_shapes(architecture: Architecture) -> dict[str, tuple[int, ...]]:
    """Name and shape of every tensor that the trunk reads."""
    shapes = {"conv1.weight": (architecture.width, IMAGE_CHANNELS, *STEM_KERNEL)}
    shapes |= norm_shapes("bn1", architecture.width)
    for stage, index in architecture.list_blocks():
        shapes |= block_shapes(architecture, stage, index)
    return shapes


def block_shapes(architecture: Architecture, stage: int, index: int) -> dict[str, tuple[int, ...]]:
    name, planes = f"layer{stage + 1}.{index}", architecture.planes(stage)
    wide = planes * EXPANSION
    inputs = architecture.inputs(stage) if index == 0 else wide
    shapes = {
        f"{name}.conv1.weight": (planes, inputs, 1, 1, 1),
        f"{name}.conv2.weight": (planes, planes, 3, 3, 3),
        f"{name}.conv3.weight": (wide, planes, 1, 1, 1),
        **norm_shapes(f"{name}.bn1", planes),
        **norm_shapes(f"{name}.bn2", planes),
        **norm_shapes(f"{name}.bn3", wide),
    }
    if index == 0:
        shapes |= {f"{name}.downsample.0.weight": (wide, inputs, 1, 1, 1), **norm_shapes(f"{name}.downsample.1", wide)}
    return shapes


def norm_shapes(name: str, channels: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.{part}": (channels,) for part in NORM}


def fold_block(state: Mapping[str, Tensor], stage: int, index: int) -> Bottleneck:
    name = f"layer{stage + 1}.{index}"
    return Bottleneck(
        fold(state, f"{name}.conv1", f"{name}.bn1"),
        fold(state, f"{name}.conv2", f"{name}.bn2"),
        fold(state, f"{name}.conv3", f"{name}.bn3"),
        fold(state, f"{name}.downsample.0", f"{name}.downsample.1") if index == 0 else None,
        2 if index == 0 and stage > 0 else 1,
    )


def fold(state: Mapping[str, Tensor], convolution: str, norm: str) -> Convolution:
    """In float64, so that the folding itself adds no error to that of bf16."""
    gamma, beta, mean, variance = (state[f"{norm}.{part}"].double() for part in NORM)
    gain = gamma / torch.sqrt(variance + EPSILON)
    weight = state[f"{convolution}.weight"].double() * gain[:, None, None, None, None]
    return Convolution(weight.float(), (beta - mean * gain).float())
