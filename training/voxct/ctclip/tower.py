"""Checkpoint -> the project's own port of CTViT, which the graphs are exported from."""

from torch import Tensor

from voxct.ct.config import CtTowerConfig
from voxct.ct.ctvit import CtVit
from voxct.ctclip.checkpoint import Checkpoint
from voxct.ctclip.config import CtClipConfig
from voxct.ctclip.sizes import VIT


def to_tower_config(config: CtClipConfig) -> CtTowerConfig:
    """The port names its PEG's axes (h, w, z) where the reference names them (z, h, w) and reshapes: the same numbers
    only where the three are equal, which they are in CT-CLIP.
    """
    z, height, columns = config.grid
    assert z == height == columns, f"the token grid {config.grid} is no cube"
    return CtTowerConfig(
        shape=config.shape,
        patch=config.patch,
        width=config.width,
        spatial_layers=config.layers,
        temporal_layers=config.layers,
        heads=config.heads,
        head_width=config.head_width,
        feed_forward=config.feed_forward,
        bias_width=config.bias_width,
        latent=config.latent,
        codebook=config.codebook,
        patch_norm=True,
    )


def build_tower(checkpoint: Checkpoint) -> tuple[CtVit, Tensor]:
    """The image tower on the checkpoint's own tensors, and the projection [h, w, width, latent].

    The projection is a transposed view of the (mapped) file, 604 MB at full size: copy it once at most.
    """
    config = checkpoint.config
    vit = CtVit(to_tower_config(config))
    own = {name: find_source(name) for name in vit.state_dict()}
    vit.load_state_dict({name: checkpoint.state[key].float() for name, key in own.items()}, assign=True)
    _, height, columns = config.grid
    weight = checkpoint.state["to_visual_latent.weight"].float()
    return vit.eval().requires_grad_(False), weight.T.view(height, columns, config.width, config.latent)


def find_source(name: str) -> str:
    """The checkpoint's name of one of the port's tensors; what the image path does not use has none."""
    return VIT + name.replace("vq.embed", "vq._codebook.embed")
