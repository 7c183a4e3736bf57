"""PEG: CT-CLIP's positional encoding generator, a depthwise 3x3x3 convolution, causal along its first axis."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class PositionEncodingGenerator(nn.Module):
    """x [b, first, second, third, width] -> the same shape; the caller adds the residual.

    The kernel is stored as CT-CLIP stores it: dsconv.weight [width, 1, 3, 3, 3], dsconv.bias [width].
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dsconv = nn.Conv3d(width, width, 3, groups=width)

    def forward(self, x: Tensor) -> Tensor:
        return convolve_by_frames(x, self.dsconv.weight, self.dsconv.bias)


def convolve_by_volume(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """The reference: F.pad (1,1,1,1,2,0) and a grouped Conv3d, as in CT-CLIP's attention.py."""
    padded = F.pad(x.permute(0, 4, 1, 2, 3), (1, 1, 1, 1, 2, 0))
    return F.conv3d(padded, weight, bias, groups=weight.shape[0]).permute(0, 2, 3, 4, 1)


def convolve_by_frames(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Equal to convolve_by_volume, as three depthwise Conv2d on shifted frames: WebGPU has no grouped Conv3d."""
    batch, first, second, third, width = x.shape
    frames = x.reshape(batch * first, second, third, width).permute(0, 3, 1, 2)
    total = F.conv2d(frames, weight[:, :, 2], bias, padding=1, groups=width)
    total = total.view(batch, first, width, second, third)
    for tap, delay in ((1, 1), (0, 2)):
        part = F.conv2d(frames, weight[:, :, tap], None, padding=1, groups=width)
        part = part.view(batch, first, width, second, third)[:, : first - delay]
        total = total + torch.cat([torch.zeros_like(total[:, :delay]), part], dim=1)
    return total.permute(0, 1, 3, 4, 2)
