"""The head of a pack whose embedding is linear in its tokens: e = W (mean of tokens − μ), to length 1.

cos(e, d) = dᵀW (mean − μ) / ‖W (mean − μ)‖ = Σᵢ dᵀW (tᵢ − μ) / (N ‖W (mean − μ)‖): the terms of the sum are the heat,
which therefore adds up to the cosine exactly. Any W will do: a PCA's axes, an alignment to a text tower, a read-out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.ctclip.graphs_builder import Graph

EPSILON = 1e-60
"""Added to squared lengths: a scan at the mean itself, or an empty direction, gives zeros and no NaN."""


@dataclass(frozen=True)
class LinearHead:
    """projection float32 [dimension, D], mean float32 [D] of the archive's mean tokens."""

    projection: NDArray[np.float32]
    mean: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.projection.ndim != 2 or self.mean.shape != self.projection.shape[1:]:
            raise ValueError(f"a projection {self.projection.shape} does not fit a mean {self.mean.shape}")
        if not (np.isfinite(self.projection).all() and np.isfinite(self.mean).all()):
            raise ValueError("the head has weights that are no numbers")

    @property
    def dimension(self) -> int:
        return len(self.projection)

    def embed(self, means: NDArray) -> NDArray[np.float32]:
        """Mean tokens [..., D] -> unit embeddings [..., dimension]."""
        return to_unit((np.asarray(means, np.float64) - self.mean) @ self.projection.T).astype(np.float32)

    def look(self, tokens: NDArray, directions: NDArray) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """tokens [S, H, W, D], directions [n, dimension] -> embedding [dimension], heat [n, S, H, W]."""
        grid = tokens.shape[:-1]
        centred = tokens.reshape(-1, tokens.shape[-1]).astype(np.float64) - self.mean
        latent = centred.mean(0) @ self.projection.T
        length = np.sqrt(np.sum(latent**2) + EPSILON)
        pulls = to_unit(directions.astype(np.float64)) @ self.projection
        heat = pulls @ centred.T / (len(centred) * length)
        return (latent / length).astype(np.float32), heat.reshape(-1, *grid).astype(np.float32)


def to_unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows / np.sqrt(np.sum(rows**2, axis=-1, keepdims=True) + EPSILON)


def write_linear_head(path: Path, head: LinearHead, grid: tuple[int, int, int], providers: tuple[str, ...]) -> dict:
    """Writes the graph in float32 (4 MB at 512 × 2048); gives its entry of the manifest's ct.head.

    `tokens` f32[1, *grid, D], `directions` f32[n, dimension] -> `embedding` f32[1, dimension], `heat` f32[n, *grid].
    """
    g = Graph("linear-head")
    count, width = int(np.prod(grid)), head.projection.shape[1]
    mean = g.constant("mean", head.mean.astype(np.float32))
    weight = g.constant("projection", head.projection.astype(np.float32))
    centred = g.run("Sub", g.reshape("tokens", count, width), mean)
    latent = g.run("Gemm", g.run("ReduceMean", centred, g.integers(0), keepdims=1), weight, transB=1)
    length = add_length(g, latent)
    directions = g.run("Div", "directions", add_length(g, "directions"))
    pulled = g.run("Gemm", g.run("MatMul", directions, weight), centred, transB=1)
    share = g.run("Mul", length, g.constant("count", np.array([count], np.float32)))
    heat = g.reshape(g.run("Div", pulled, share), -1, *grid)
    part = g.save(
        path,
        {"tokens": [1, *grid, width], "directions": ["n", head.dimension]},
        {"embedding": (g.run("Div", latent, length), [1, head.dimension]), "heat": (heat, ["n", *grid])},
    )
    return {**part, "variant": "fp32", "providers": list(providers)}


def add_length(g: Graph, x: str) -> str:
    """[n, d] -> [n, 1]. Scaled by the largest number first: squares of float32 end at 1e38 and at 1e-38."""
    largest = g.run("ReduceMax", g.run("Abs", x), g.integers(1), keepdims=1)
    scale = g.run("Max", largest, g.constant("smallest", np.array([1e-30], np.float32)))
    scaled = g.run("Div", x, scale)
    squares = g.run("ReduceSum", g.run("Mul", scaled, scaled), g.integers(1), keepdims=1)
    return g.run("Mul", g.run("Sqrt", g.run("Max", squares, g.constant("one", np.array([1], np.float32)))), scale)
