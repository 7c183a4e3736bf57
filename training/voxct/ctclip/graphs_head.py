"""Tokens and directions -> unit embedding and exact heat, one row of cells at a time.

The projection [H, W, width, latent] is CT-CLIP's largest tensor (604 MB in float32). It is cut into H pieces, each the
left operand of both products: Wᵢᵀ mᵢ, summed over the pieces, is the latent, and Wᵢ dᵀ is what pulls the tokens of row
i in a direction. The left operand is not packed at load by the CPU provider, so that no second copy of it arises.
"""

from pathlib import Path
from typing import Literal

import numpy as np
from torch import Tensor

from voxct.ctclip.graphs_builder import Graph, Stored
from voxct.ctclip.graphs_linear import Variant

Kept = Literal["fp32", "fp16", "int8"]
PRECISIONS: dict[Variant, Kept] = {"fp32": "fp32", "fp16": "fp16", "int8": "int8", "q8": "int8", "q4": "int8"}
TYPES = {"fp32": np.dtype(np.float32), "fp16": np.dtype(np.float16), "int8": np.dtype(np.int8)}
UNIT_EPSILON = 1e-12


def store_projection(weight: Tensor, path: Path, kept: Kept) -> tuple[list[Stored], np.ndarray | None]:
    """weight [H, W, width, latent] -> pieces [W·width, latent] in one file; int8 also gives the step of each latent.

    Reads the weight a row at a time: it may be memory-mapped.
    """
    rows, columns, width, latent = weight.shape
    shape, dtype = (columns * width, latent), TYPES[kept]
    size = int(np.prod(shape)) * dtype.itemsize
    steps = None
    if kept == "int8":
        peaks = np.max([weight[row].detach().abs().amax((0, 1)).float().numpy() for row in range(rows)], axis=0)
        steps = np.where(peaks > 0, peaks / 127, 1).astype(np.float32)
    with path.open("wb") as stream:
        for row in range(rows):
            piece = weight[row].detach().float().reshape(shape).numpy()
            (piece if steps is None else np.rint(piece / steps)).astype(dtype).tofile(stream)
    return [Stored(path, shape, dtype, row * size) for row in range(rows)], steps


def add_head(
    g: Graph, grid: tuple[int, int, int], width: int, pieces: list[Stored], steps: np.ndarray | None
) -> tuple[str, str]:
    """`tokens` [1, S, H, W, width], `directions` [n, latent] -> embedding [1, latent], heat [n, S, H, W]."""
    s, h, w = grid
    means = g.split(g.reshape(g.run("ReduceMean", "tokens", g.integers(1), keepdims=0), h, w * width, 1), [1] * h)
    rows = g.split(g.transpose(g.reshape("tokens", s, h, w, width), 1, 2, 3, 0), [1] * h)
    unit = g.transpose(scale_latent(g, divide_by_length(g, "directions", axis=-1), steps), 1, 0)
    latent, pulls = None, []
    for row, piece in enumerate(pieces):
        weight = add_piece(g, row, piece, steps)
        part = g.run("Gemm", weight, g.reshape(means[row], w * width, 1), transA=1)
        latent = part if latent is None else g.run("Add", latent, part)
        pulled = g.transpose(g.reshape(g.run("MatMul", weight, unit), w, width, -1), 2, 0, 1)
        pulls.append(pull_row(g, pulled, g.reshape(rows[row], w, width, s)))
    latent = g.transpose(scale_latent(g, g.transpose(latent, 1, 0), steps), 1, 0)
    length = g.run("Sqrt", add_epsilon(g, g.run("ReduceSum", g.run("Mul", latent, latent), keepdims=1)))
    share = g.run("Mul", length, g.constant("depth", np.array([s], np.float32)))
    heat = g.run("Div", g.transpose(g.concat(pulls, axis=0), 2, 3, 0, 1), share)
    return g.transpose(g.run("Div", latent, length), 1, 0), heat


def pull_row(g: Graph, pulled: str, tokens: str) -> str:
    """pulled [n, W, width], tokens of one row [W, width, S] -> [1, W, n, S]."""
    product = g.run("MatMul", g.transpose(pulled, 1, 0, 2), tokens)
    return g.run("Unsqueeze", product, g.integers(0))


def add_piece(g: Graph, row: int, piece: Stored, steps: np.ndarray | None) -> str:
    """One row of the projection as float32 (int8: in steps), made of what is stored when it is needed."""
    weight = g.constant(f"projection_{row}", piece)
    if steps is not None:
        return g.run("DequantizeLinear", weight, g.constant("one", np.array(1, np.float32)))
    if piece.dtype != np.float16:
        return weight
    # Constants are unfolded when a graph is loaded, and a widened copy of all weights would be kept. A shape that
    # depends on the number of directions keeps the widening for the run.
    count = g.run("Shape", "directions", start=0, end=1)
    one = g.run("Div", count, count)
    shape = g.concat([g.run("Mul", one, g.integers(piece.shape[0])), g.integers(piece.shape[1])])
    return g.cast(g.hint(g.run("Reshape", weight, shape), np.float16, piece.shape), np.float32)


def scale_latent(g: Graph, x: str, steps: np.ndarray | None) -> str:
    """x [n, latent] in the units of the int8 weights: cheaper than to scale all weights, 295 thousand a latent."""
    return x if steps is None else g.run("Mul", x, g.constant("projection_step", steps))


def divide_by_length(g: Graph, x: str, axis: int) -> str:
    squares = g.run("ReduceSum", g.run("Mul", x, x), g.integers(axis), keepdims=1)
    return g.run("Div", x, g.run("Sqrt", add_epsilon(g, squares)))


def add_epsilon(g: Graph, x: str) -> str:
    return g.run("Add", x, g.constant("epsilon", np.array([UNIT_EPSILON], np.float32)))
