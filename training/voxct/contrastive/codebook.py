"""CT-CLIP's codebook while it learns (vector-quantize-pytorch 1.1.2, CosineSimCodebook; CTViT keeps its defaults)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from voxct.contrastive.distributed import sum_over_processes
from voxct.ctclip.reference import VectorQuantize

DECAY = 0.8


class TrainingQuantize(VectorQuantize):
    """x [..., width] -> the row of the nearest code, with the gradient of x itself (straight through). In training mode
    the codes that were hit move towards the mean direction of their tokens; the mean is over all processes.
    """

    def forward(self, x: Tensor) -> Tensor:
        with torch.no_grad(), torch.autocast(x.device.type, enabled=False):
            unit = F.normalize(x.detach().float(), dim=-1).flatten(0, -2)
            rows = self._codebook.embed[0]
            codes = (unit @ F.normalize(rows, dim=-1).T).argmax(-1)
            quantised = rows[codes].view(x.shape)
            if self.training:
                self.follow(unit, codes)
        return x + (quantised.to(x.dtype) - x).detach() if self.training else quantised.to(x.dtype)

    def follow(self, unit: Tensor, codes: Tensor) -> None:
        """unit [n, width], codes [n]: moving averages of the hits and of the codes' directions."""
        rows = self._codebook.embed
        hits = sum_over_processes(torch.bincount(codes, minlength=rows.shape[1]).to(unit.dtype))
        sums = sum_over_processes(torch.zeros_like(rows[0]).index_add_(0, codes, unit))
        means = F.normalize(sums / hits.clamp(min=1)[:, None], dim=-1)
        target = torch.where((hits == 0)[:, None], F.normalize(rows[0], dim=-1), means)
        self._codebook.cluster_size.mul_(DECAY).add_(hits[None], alpha=1 - DECAY)
        rows.mul_(DECAY).add_(target[None], alpha=1 - DECAY)


def train_codebook(quantize: VectorQuantize) -> TrainingQuantize:
    """The same state under the same names."""
    size, width = quantize._codebook.embed.shape[1:]
    made = TrainingQuantize(size, width)
    made._codebook = quantize._codebook
    return made
