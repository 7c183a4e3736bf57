"""The image side of CT-CLIP: CTViT, projection, L2 norm; and the exact heat of a direction."""

from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from voxct.ct.attention import to_unit
from voxct.ct.config import CtTowerConfig
from voxct.ct.ctvit import CtVit
from voxct.ct.projection import LocalisedProjection


class CtClipImage(nn.Module):
    """volume [b, 1, *shape] -> unit embedding [b, latent]."""

    def __init__(self, config: CtTowerConfig) -> None:
        super().__init__()
        self.config = config
        self.visual_transformer = CtVit(config)
        _, height, columns = config.grid
        self.to_visual_latent = LocalisedProjection(height, columns, config.width, config.latent)

    def forward(self, volume: Tensor) -> Tensor:
        return to_unit(self.to_visual_latent(self.visual_transformer(volume)))


class CtHead(nn.Module):
    """tokens [1, z, h, w, width], directions [n, latent] -> embedding [1, latent], heat [n, z, h, w].

    heat[z, y, x] = (W^T d)[y, x] . token[z, y, x] / n_z / |e| with d of unit length, so that the sum of a direction's
    heat is cos(d, e).
    """

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        height, columns, width, latent = weight.shape
        self.cells, self.width = height * columns, width
        self.register_buffer("weight", weight.reshape(self.cells * width, latent).contiguous())

    def forward(self, tokens: Tensor, directions: Tensor) -> tuple[Tensor, Tensor]:
        _, depth, height, columns, width = tokens.shape
        latent = tokens.mean(1).reshape(1, -1) @ self.weight
        length = (latent.square().sum(-1, keepdim=True) + 1e-12).sqrt()
        pulled = (to_unit(directions) @ self.weight.T).view(-1, self.cells, self.width)
        columns_of_tokens = tokens.view(depth, self.cells, width).permute(1, 2, 0)
        heat = (pulled.transpose(0, 1) @ columns_of_tokens).permute(1, 2, 0) / (depth * length)
        return latent / length, heat.reshape(-1, depth, height, columns)


def save_image_tower(path: Path, tower: CtClipImage, log: dict) -> None:
    torch.save({"config": asdict(tower.config), "state": tower.state_dict(), "log": log}, path)


def load_image_tower(path: Path | str) -> CtClipImage:
    saved = torch.load(path, map_location="cpu", weights_only=True)
    tower = CtClipImage(CtTowerConfig(**saved["config"]))
    tower.load_state_dict(saved["state"])
    return tower.eval()
