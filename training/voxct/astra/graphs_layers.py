"""Stem and bottleneck on pieces of rows, equal to the whole graph's 3-D convolutions.

A bottleneck's wide tensors (256 channels of 80×56×56 numbers are 257 MB in float32) are touched by 1×1×1 convolutions
alone, which need no neighbour: they stay in pieces, and only the narrow tensor between them is ever whole. So no row is
computed twice and no halo has to be handed from graph to graph.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from voxct.astra.folding import Bottleneck, Convolution
from voxct.astra.graphs_rows import Budget, Pieces, join, recut, split_rows, stack_neighbours, stride_rows, take_rows
from voxct.ctclip.graphs_builder import Graph


@dataclass(frozen=True)
class Writer:
    """dtype: of weights and activations."""

    g: Graph
    budget: Budget
    dtype: type

    def convolve(self, x: str, name: str, layer: Convolution, stride: int, padding: int) -> str:
        """x [S, 3·C or C, H, W]: the kernel's depth lies in the channels, the row before first."""
        weight = self.g.constant(f"{name}.weight", fold_depth(layer.weight).astype(self.dtype))
        bias = self.g.constant(f"{name}.bias", layer.bias.numpy().astype(self.dtype))
        kernel = list(layer.weight.shape[3:])
        return self.g.run(
            "Conv", x, weight, bias, kernel_shape=kernel, strides=[stride] * 2, pads=[padding] * 4, dilations=[1, 1]
        )

    def relu(self, x: str) -> str:
        return self.g.run("Relu", x)


def fold_depth(weight: Tensor) -> np.ndarray:
    """[out, in, depth, H, W] -> [out, depth·in, H, W]."""
    out, inputs, depth, height, width = weight.shape
    return weight.permute(0, 2, 1, 3, 4).reshape(out, depth * inputs, height, width).numpy()


def halved(n: int) -> int:
    return -(-n // 2)


def add_stem(w: Writer, volume: str, shape: tuple[int, int, int], layer: Convolution) -> Pieces:
    """volume [S, 1, R, A] -> [S/2, C, R/4, A/4]: convolution, rectifier, pool."""
    (depth, height, width), channels = shape, layer.weight.shape[0]
    assert depth % 2 == 0
    plane = (channels, halved(height), halved(width))
    pooled, rows, first = [], w.budget.cut_rows(depth, plane), 0
    for count in rows:
        x = stack_neighbours(w.g, volume, depth, first, count, 1)
        x = w.relu(w.convolve(x, "stem", layer, 2, 3))
        pooled.append(w.g.run("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4))
        first += count
    small = (channels, halved(plane[1]), halved(plane[2]))
    return pool_rows(w, Pieces(tuple(pooled), tuple(rows), small))


def pool_rows(w: Writer, pieces: Pieces) -> Pieces:
    """The largest of rows 2n − 1, 2n, 2n + 1, piece by piece. Behind a rectifier a row of zeros beyond the edge, which
    take_rows gives, changes no maximum."""
    names, rows = [], []
    whole, total = join(w.g, pieces), pieces.total
    first = 0
    for count in w.budget.cut_rows(total // 2, pieces.plane):
        around = [take_rows(w.g, whole, total, 2 * first + offset, count, 2) for offset in (-1, 0, 1)]
        names.append(larger(w, larger(w, around[0], around[1]), around[2]))
        rows.append(count)
        first += count
    return Pieces(tuple(names), tuple(rows), pieces.plane)


def larger(w: Writer, a: str, b: str) -> str:
    """Exact; the WebGPU provider has kernels for Greater and Where."""
    return w.g.run("Where", w.g.run("Greater", a, b), a, b)


def add_bottleneck(w: Writer, x: Pieces, name: str, block: Bottleneck) -> Pieces:
    reduced = tuple(w.relu(w.convolve(piece, f"{name}.reduce", block.reduce, 1, 0)) for piece in x.names)
    narrow = Pieces(reduced, x.rows, (block.reduce.weight.shape[0], *x.plane[1:]))
    inner = add_spatial(w, narrow, name, block)
    wide = (block.expand.weight.shape[0], *inner.plane[1:])
    rows = w.budget.cut_rows(inner.total, wide)
    inner = recut(w.g, inner, rows)
    beside = add_shortcut(w, recut(w.g, stride_rows(w.g, x, block.stride), rows), name, block)
    names = []
    for own, other in zip(inner.names, beside.names, strict=True):
        expanded = w.convolve(own, f"{name}.expand", block.expand, 1, 0)
        names.append(w.relu(w.g.run("Add", expanded, other)))
    return Pieces(tuple(names), tuple(rows), wide)


def add_spatial(w: Writer, narrow: Pieces, name: str, block: Bottleneck) -> Pieces:
    """3×3×3 with the stride, as many rows at once as their three neighbours' channels leave room for."""
    whole, total = join(w.g, narrow), narrow.total
    channels, height, width = narrow.plane
    out = total if block.stride == 1 else halved(total)
    names, rows, first = [], w.budget.cut_rows(out, (3 * channels, height, width)), 0
    for count in rows:
        x = stack_neighbours(w.g, whole, total, first * block.stride, count, block.stride)
        names.append(w.relu(w.convolve(x, f"{name}.spatial", block.spatial, block.stride, 1)))
        first += count
    plane = narrow.plane if block.stride == 1 else (channels, halved(height), halved(width))
    return Pieces(tuple(names), tuple(rows), plane)


def add_shortcut(w: Writer, x: Pieces, name: str, block: Bottleneck) -> Pieces:
    """x has the output's rows already."""
    if block.shortcut is None:
        return x
    names = tuple(w.convolve(piece, f"{name}.shortcut", block.shortcut, block.stride, 0) for piece in x.names)
    height, width = x.plane[1:] if block.stride == 1 else (halved(x.plane[1]), halved(x.plane[2]))
    return Pieces(names, x.rows, (block.shortcut.weight.shape[0], height, width))


def pieces_of(w: Writer, x: str, total: int, plane: tuple[int, int, int]) -> Pieces:
    return split_rows(w.g, x, w.budget.cut_rows(total, plane), plane)
