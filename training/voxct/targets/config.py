"""What a config of configs/targets says: input, encoder and words of a pack of another CT encoder than CT-CLIP."""

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

Pooling = Literal["cls", "attention", "mean"]


@dataclass(frozen=True)
class EncoderConfig:
    """A plain ViT. shape and patch in voxels along the input's axes.

    scan_layers: those that attend over the whole volume; the others attend within one layer of tokens along the first
    axis (HLIP's slice attention). None: all of them.
    """

    shape: tuple[int, int, int]
    patch: tuple[int, int, int]
    width: int
    layers: int
    heads: int
    feed_forward: int
    latent: int
    pooling: Pooling
    scan_layers: tuple[int, ...] | None = None
    norm_eps: float = 1e-6

    def __post_init__(self) -> None:
        if any(size % step for size, step in zip(self.shape, self.patch, strict=True)):
            raise ValueError(f"patch {self.patch} does not divide shape {self.shape}")
        if self.width % self.heads:
            raise ValueError(f"{self.heads} heads do not divide the width {self.width}")
        if not self.attends_whole(self.layers - 1):
            raise ValueError("the last layer must be one of scanLayers: the volume is pooled over all its tokens")

    def attends_whole(self, layer: int) -> bool:
        return self.scan_layers is None or layer in self.scan_layers

    @property
    def grid(self) -> tuple[int, int, int]:
        z, y, x = (size // step for size, step in zip(self.shape, self.patch, strict=True))
        return z, y, x

    @property
    def tokens(self) -> int:
        return self.grid[0] * self.grid[1] * self.grid[2]

    @property
    def patch_voxels(self) -> int:
        return self.patch[0] * self.patch[1] * self.patch[2]


@dataclass(frozen=True)
class TargetConfig:
    """input: the manifest's `ct.input` as it stands; words: its title, description, licence and so on (WORDS).

    prompts: how the encoder's authors ask for a finding (voxct/targets/prompts.py); {} where this is not known.
    """

    id: str
    words: dict
    input: dict
    encoder: EncoderConfig
    prompts: dict = field(default_factory=dict)
    reduced: dict = field(default_factory=dict)


WORDS = ("title", "description", "trainedOn", "licence", "citations", "limits")


def read_target(path: Path) -> TargetConfig:
    """ValueError with the file's name where a field is missing or does not fit."""
    given = json.loads(path.read_text(encoding="utf-8"))
    try:
        encoder = EncoderConfig(shape=tuple(given["input"]["shape"]), **to_fields(given["encoder"]))
        words = {name: given[name] for name in WORDS}
        return TargetConfig(
            given["id"], words, given["input"], encoder, given.get("prompts", {}), given.get("reduced", {})
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def reduce_target(target: TargetConfig) -> TargetConfig:
    """The same encoder at the config's `reduced` sizes: for tests. The volume covers the same millimetres."""
    encoder = replace(target.encoder, **to_fields(target.reduced))
    scale = [full / small for full, small in zip(target.encoder.shape, encoder.shape, strict=True)]
    spacing = [mm * factor for mm, factor in zip(target.input["spacingMm"], scale, strict=True)]
    return replace(target, encoder=encoder, input={**target.input, "shape": list(encoder.shape), "spacingMm": spacing})


def to_fields(values: dict) -> dict:
    """camelCase to snake_case, lists to tuples."""
    return {
        re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name): tuple(v) if isinstance(v, list) else v
        for name, v in values.items()
    }
