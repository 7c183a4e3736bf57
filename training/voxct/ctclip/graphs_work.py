"""How the time of an encoding divides among the parts, for a progress bar: multiplications, roughly."""

from voxct.ct.config import CtTowerConfig

ATTENTION_PRICE = 3.0
"""A multiplication of the narrow products of attention, softmax included, against one of a wide linear layer."""


def estimate_work(config: CtTowerConfig) -> list[float]:
    """Shares of the trunk's parts in their order; they add up to 1."""
    s, h, w = config.grid
    cells, inner = s * h * w, config.heads * config.head_width
    linear = cells * config.width * (4 * inner + 3 * config.feed_forward)
    costs = [
        cells * config.width * config.patch_voxels,
        *[linear + ATTENTION_PRICE * 2 * cells * h * w * inner] * config.spatial_layers,
        *[linear + ATTENTION_PRICE * 2 * cells * s * inner] * config.temporal_layers,
        cells * config.width * config.codebook,
    ]
    shares = [round(cost / sum(costs), 4) for cost in costs]
    return [*shares[:-1], round(1 - sum(shares[:-1]), 4)]
