"""PEG, the depthwise 3x3x3 convolution that is causal along its first axis, in two forms of equal result."""

from numpy.typing import NDArray

from voxct.ct.peg import PositionEncodingGenerator
from voxct.ctclip.graphs_builder import Graph


def add_peg(g: Graph, x: str, peg: PositionEncodingGenerator, grid: tuple[int, int, int], *, volume: bool) -> str:
    """x [*grid, width], causal along grid's first axis -> the same shape, without the residual."""
    weight, bias = (p.detach().float().cpu().numpy() for p in (peg.dsconv.weight, peg.dsconv.bias))
    if volume:
        turned = g.reshape(g.transpose(x, 3, 0, 1, 2), 1, len(bias), *grid)
        folded = g.reshape(convolve_volume(g, turned, weight, bias), len(bias), *grid)
        return g.transpose(folded, 1, 2, 3, 0)
    folded = convolve_frames(g, g.transpose(x, 0, 3, 1, 2), weight, bias, grid[0])
    return g.transpose(folded, 0, 2, 3, 1)


def convolve_volume(g: Graph, x: str, weight: NDArray, bias: NDArray) -> str:
    """x [1, width, first, second, third]; two planes of zeros before the first axis, none behind it."""
    constants = g.constant("peg.weight", weight), g.constant("peg.bias", bias)
    return g.run("Conv", x, *constants, group=len(bias), kernel_shape=[3, 3, 3], pads=[2, 1, 1, 0, 1, 1])


def convolve_frames(g: Graph, x: str, weight: NDArray, bias: NDArray, first: int) -> str:
    """x [first, width, second, third]; three depthwise 2-D convolutions, of the frame and of the two before it."""
    conv = {"group": len(bias), "kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}
    taps = [g.constant(f"peg.weight_{tap}", weight[:, :, tap]) for tap in range(3)]
    total = g.run("Conv", x, taps[2], g.constant("peg.bias", bias), **conv)
    for tap, delay in ((1, 1), (0, 2)):
        part = g.run("Conv", g.split(x, [first - delay, delay])[0], taps[tap], **conv)
        total = g.run("Add", total, g.run("Pad", part, g.integers(delay, *[0] * 7)))
    return total
