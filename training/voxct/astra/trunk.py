"""The trunk in PyTorch: the reference for every graph. Input [1, 1, S, R, A] in 0…1, tokens [1, *grid, dimension]."""

from torch import Tensor, nn, no_grad
from torch.nn.functional import conv3d, max_pool3d, relu

from voxct.astra.architecture import POOL, POOL_STRIDE, STEM_STRIDE
from voxct.astra.folding import Bottleneck, Convolution, FoldedTrunk


class AstraTrunk(nn.Module):
    """For inference alone: the folded weights are no parameters."""

    def __init__(self, folded: FoldedTrunk) -> None:
        super().__init__()
        self.folded = folded

    @no_grad()
    def forward(self, volume: Tensor) -> Tensor:
        x = relu(convolve(volume, self.folded.stem, STEM_STRIDE))
        x = max_pool3d(x, POOL, POOL_STRIDE, POOL // 2)
        for stage in self.folded.stages:
            for block in stage:
                x = run_block(x, block)
        return x.permute(0, 2, 3, 4, 1)


def run_block(x: Tensor, block: Bottleneck) -> Tensor:
    inner = relu(convolve(x, block.reduce))
    inner = relu(convolve(inner, block.spatial, (block.stride,) * 3))
    beside = x if block.shortcut is None else convolve(x, block.shortcut, (block.stride,) * 3)
    return relu(convolve(inner, block.expand) + beside)


def convolve(x: Tensor, layer: Convolution, stride: tuple[int, ...] = (1, 1, 1)) -> Tensor:
    padding = [n // 2 for n in layer.weight.shape[2:]]
    return conv3d(x, layer.weight, layer.bias, stride, padding)
