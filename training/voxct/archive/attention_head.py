"""A head whose token weights are softmax(token · query): given them it is linear, so its heat sums to the cosine, too.

e = unit(W (Σᵢ aᵢ tᵢ − μ)), heat of d: aᵢ · dᵀW (tᵢ − μ) / ‖W (Σ aᵢ tᵢ − μ)‖, with Σ aᵢ = 1.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.ctclip.graphs_builder import Graph
from voxct.pack.linear_head import LinearHead, add_length


def write_attention_head(
    path: Path, head: LinearHead, query: NDArray[np.float32], grid: tuple[int, ...], providers: tuple[str, ...]
) -> dict:
    """As write_linear_head; query float32 [D]."""
    g = Graph("attention-head")
    count, width = int(np.prod(grid)), head.projection.shape[1]
    weight = g.constant("projection", head.projection.astype(np.float32))
    tokens = g.reshape("tokens", count, width)
    pull = g.run("MatMul", tokens, g.constant("query", query.astype(np.float32)[:, None]))
    weights = g.run("Softmax", pull, axis=0)
    centred = g.run("Sub", tokens, g.constant("mean", head.mean.astype(np.float32)))
    shares = g.run("Mul", weights, centred)
    latent = g.run("Gemm", g.run("ReduceSum", shares, g.integers(0), keepdims=1), weight, transB=1)
    length = add_length(g, latent)
    directions = g.run("Div", "directions", add_length(g, "directions"))
    pulled = g.run("Gemm", g.run("MatMul", directions, weight), shares, transB=1)
    heat = g.reshape(g.run("Div", pulled, length), -1, *grid)
    part = g.save(
        path,
        {"tokens": [1, *grid, width], "directions": ["n", head.dimension]},
        {"embedding": (g.run("Div", latent, length), [1, head.dimension]), "heat": (heat, ["n", *grid])},
    )
    return {**part, "variant": "fp32", "providers": list(providers)}
