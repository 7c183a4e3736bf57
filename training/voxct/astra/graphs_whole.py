"""The whole trunk as one ONNX graph with 3-D convolutions: for native runs, and what cut graphs are held against."""

from pathlib import Path

import numpy as np

from voxct.astra.architecture import POOL, POOL_STRIDE, STEM_STRIDE
from voxct.astra.folding import Bottleneck, Convolution, FoldedTrunk
from voxct.ctclip.graphs_builder import Graph


def export_whole(folded: FoldedTrunk, path: Path) -> dict:
    """Gives the graph's part of the manifest. Weights inside: 470 MB at full size."""
    architecture = folded.architecture
    g = Graph("astra-trunk")
    x = g.run("Relu", add_convolution(g, "volume", "stem", folded.stem, STEM_STRIDE))
    x = add_pool(g, x)
    for stage, blocks in enumerate(folded.stages):
        for index, block in enumerate(blocks):
            x = add_block(g, x, f"stage{stage + 1}.{index}", block)
    tokens = g.transpose(x, 0, 2, 3, 4, 1)
    shape = [1, *architecture.grid, architecture.dimension]
    return g.save(path, {"volume": [1, 1, *architecture.shape]}, {"tokens": (tokens, shape)})


def add_pool(g: Graph, x: str) -> str:
    return g.run("MaxPool", x, kernel_shape=[POOL] * 3, strides=[POOL_STRIDE] * 3, pads=[POOL // 2] * 6)


def add_block(g: Graph, x: str, name: str, block: Bottleneck) -> str:
    stride = (block.stride,) * 3
    inner = g.run("Relu", add_convolution(g, x, f"{name}.reduce", block.reduce))
    inner = g.run("Relu", add_convolution(g, inner, f"{name}.spatial", block.spatial, stride))
    out = add_convolution(g, inner, f"{name}.expand", block.expand)
    beside = x if block.shortcut is None else add_convolution(g, x, f"{name}.shortcut", block.shortcut, stride)
    return g.run("Relu", g.run("Add", out, beside))


def add_convolution(g: Graph, x: str, name: str, layer: Convolution, stride: tuple[int, ...] = (1, 1, 1)) -> str:
    kernel = list(layer.weight.shape[2:])
    weight = g.constant(f"{name}.weight", layer.weight.numpy().astype(np.float32))
    bias = g.constant(f"{name}.bias", layer.bias.numpy().astype(np.float32))
    pads = [n // 2 for n in kernel] * 2
    return g.run("Conv", x, weight, bias, kernel_shape=kernel, strides=list(stride), pads=pads)
