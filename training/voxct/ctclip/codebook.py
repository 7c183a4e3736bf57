"""A codebook like a trained one, for checkpoints without training: unit means of the tokens nearest to each code.

CT-CLIP's codes are running means of the tokens assigned to them, so a token lies clearly nearer to its code than to
the next. Among random codes the best and the next best are nearly equal for every token, and any rounding (fp16, the
order of a sum) would flip codes: a parity measured on such a codebook says nothing about a trained one.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

CHUNK = 8192


def fit_codebook(tokens: Tensor, size: int, source: torch.Generator, steps: int = 2) -> Tensor:
    """tokens [n, width] -> codes [size, width] of unit length; cosine k-means from distinct tokens drawn at random."""
    unit = F.normalize(tokens, dim=-1)
    codes = draw_start(unit, size, source)
    for _ in range(steps):
        nearest = torch.cat([(part @ codes.T).argmax(-1) for part in unit.split(CHUNK)])
        sums = torch.zeros_like(codes).index_add_(0, nearest, unit)
        used = torch.bincount(nearest, minlength=size) > 0
        codes = torch.where(used[:, None], F.normalize(sums, dim=-1), codes)
    return codes


def draw_start(unit: Tensor, size: int, source: torch.Generator) -> Tensor:
    """Tokens at random; where there are fewer than codes, the rest lies between two of them."""
    order = torch.randperm(len(unit), generator=source)
    chosen = unit[order[:size]]
    missing = size - len(chosen)
    if missing == 0:
        return chosen.clone()
    pairs = torch.randint(len(unit), (2, missing), generator=source)
    return torch.cat([chosen, F.normalize(unit[pairs[0]] + unit[pairs[1]], dim=-1)])
