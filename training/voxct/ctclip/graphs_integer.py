"""Forms for the CPU provider in wasm. Its LayerNormalization is scalar code there, four times as slow as its RMS norm,
and its Gelu (erf) twice as slow as the tanh form."""

from numpy.typing import NDArray

from voxct.ctclip.graphs_builder import Graph
from voxct.ctclip.graphs_linear import IntegerLinear

SHORTLIST = 4
"""Codes that the int8 search hands on to be compared in float32."""


def norm_by_rms(g: Graph, x: str, name: str, gamma: NDArray, beta: NDArray | None = None) -> str:
    """LayerNorm over the last axis: the RMS norm of what is left without the mean."""
    centred = g.run("Sub", x, g.run("ReduceMean", x, g.integers(-1), keepdims=1))
    scale = g.constant(f"{name}.gamma", gamma)
    normed = g.run("SimplifiedLayerNormalization", centred, scale, axis=-1, epsilon=1e-5)
    return normed if beta is None or not beta.any() else g.run("Add", normed, g.constant(f"{name}.beta", beta))


def search_twice(g: Graph, x: str, rows: str, codebook: NDArray) -> str:
    """x [n, width], rows = codebook [codes, width] -> index of the nearest row [n]: int8 first, the best in float32."""
    linear = IntegerLinear()
    scores = linear.apply(g, linear.prepare(g, x), "codebook_int8", codebook, scaled=False)
    _, best = g.run("TopK", scores, g.integers(SHORTLIST), outputs=2, axis=-1)
    exact = g.run("MatMul", g.run("Gather", rows, best), g.reshape(x, -1, codebook.shape[1], 1))
    winner = g.reshape(g.run("ArgMax", exact, axis=1, keepdims=0), -1, 1)
    return g.reshape(g.run("GatherElements", best, winner, axis=1), -1)
