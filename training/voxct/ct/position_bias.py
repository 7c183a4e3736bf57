"""Continuous position bias (Swin v2 style) of the spatial transformer: a constant once the weights are fixed."""

import torch
from torch import Tensor, nn


def list_log_offsets(height: int, width: int) -> Tensor:
    """sign(d) * log(|d| + 1) for all pairs of cells: [h*w, h*w, 2]."""
    cells = torch.stack(torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")).flatten(1)
    offsets = (cells[:, :, None] - cells[:, None, :]).permute(1, 2, 0).float()
    return offsets.sign() * (offsets.abs() + 1).log()


class ContinuousPositionBias(nn.Module):
    """Two numbers a pair -> MLP -> one bias a head: [heads, h*w, h*w]. The MLP runs once a distinct offset."""

    def __init__(self, width: int, heads: int, height: int, columns: int) -> None:
        super().__init__()
        self.net = nn.ModuleList(
            [
                nn.Sequential(nn.Linear(2, width), nn.LeakyReLU(0.1)),
                nn.Sequential(nn.Linear(width, width), nn.LeakyReLU(0.1)),
                nn.Linear(width, heads),
            ]
        )
        offsets = list_log_offsets(height, columns)
        distinct, index = offsets.flatten(0, 1).unique(dim=0, return_inverse=True)
        self.register_buffer("distinct", distinct, persistent=False)
        self.register_buffer("index", index.view(height * columns, height * columns), persistent=False)

    def forward(self) -> Tensor:
        x = self.distinct
        for step in self.net:
            x = step(x)
        return x[self.index].permute(2, 0, 1).contiguous()
