"""The image side of a second target: ViT, pooling, projection; its parts are named as the CT-CLIP tower's."""

import torch
from torch import Tensor, nn

from voxct.ct.attention import to_unit
from voxct.radclip.tower import PooledProjection
from voxct.targets.config import EncoderConfig
from voxct.targets.vit import PlainVit


class TargetImage(nn.Module):
    """volume [b, 1, *shape] -> unit embedding [b, latent]."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.visual_transformer = PlainVit(config)
        self.to_visual_latent = PooledProjection(config.width, config.latent)

    def forward(self, volume: Tensor) -> Tensor:
        return to_unit(self.to_visual_latent(self.visual_transformer(volume)))


def build_random(config: EncoderConfig, seed: int = 0) -> TargetImage:
    """Random weights that see: positions and CLS of the size of a trained model's, attention that is not flat."""
    torch.manual_seed(seed)
    tower = TargetImage(config)
    for name, parameter in tower.named_parameters():
        if name.endswith(("to_q.weight", "to_k.weight")):
            nn.init.normal_(parameter, std=2 * config.width**-0.5)
    return tower.eval()
