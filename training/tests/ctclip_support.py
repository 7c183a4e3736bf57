"""Small things that the tests of CT-CLIP share."""

import torch

from voxct.ctclip.body import draw_body
from voxct.ctclip.config import REDUCED


def draw_volume(seed: int) -> torch.Tensor:
    """[1, 1, *shape] of the reduced model."""
    return torch.from_numpy(draw_body(seed, REDUCED.shape))[None, None]
