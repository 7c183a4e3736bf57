"""One layer of CT-CLIP's transformers as ONNX nodes.

Exact rewrites of voxct/ct/attention.py, each held to it by the tests:
- Queries: LN's scale and mean go into the weight, q ~ ((I − 11ᵀ/n) γ Wqᵀ) x; its deviation cancels in the L2 norm.
- L2 norm over a head = RMS norm / √width; the scales of q, k and the 8 of the scores stand on the queries alone.
- The feed-forward's two halves are two layers, padded with zeros to an even width.
"""

import numpy as np
from numpy.typing import NDArray

from voxct.ct.attention import COSINE_SCALE, AxialTransformer, CosineAttention
from voxct.ctclip.graphs_builder import Graph, Stored
from voxct.ctclip.graphs_integer import norm_by_rms
from voxct.ctclip.graphs_layout import ALIGNMENT, Layout, cut
from voxct.ctclip.graphs_peg import add_peg

NORM_EPSILON = 1e-12


def add_layer(
    g: Graph, x: str, grid: tuple[int, int, int], transformer: AxialTransformer, index: int, layout: Layout,
    bias: Stored | None,
) -> str:  # fmt: skip
    """x [S, H, W, width] -> the same; the last layer ends with the transformer's norm.

    The temporal transformer works on [H, W, S, width]: there its attention runs over the last axis, and its PEG is
    causal along H, because the reference reshapes (h w) t to t h w without turning it.
    """
    peg, attention, _, feed_forward = transformer.layers[index]
    width, temporal = attention.norm.gamma.shape[0], transformer.attended == 1
    first, second, third = (*grid[1:], grid[0]) if temporal else grid
    x = g.transpose(x, 1, 2, 0, 3) if temporal else x
    x = g.run("Add", add_peg(g, x, peg, (first, second, third), volume=layout.integer), x)
    x = g.reshape(x, -1, width)
    rows = (first * second, third) if temporal else (first, second * third)
    x = g.run("Add", add_attention(g, x, rows, attention, layout, bias), x)
    x = g.run("Add", add_feed_forward(g, x, feed_forward, layout), x)
    if index == len(transformer.layers) - 1:
        x = add_norm(g, x, "norm_out", transformer.norm_out.gamma, transformer.norm_out.beta, layout)
    x = g.reshape(x, first, second, third, width)
    return g.transpose(x, 2, 0, 1, 3) if temporal else x


def add_attention(
    g: Graph, x: str, rows: tuple[int, int], attention: CosineAttention, layout: Layout, bias: Stored | None
) -> str:
    """x [n·length, width] with rows = (n, length); a row attends within itself."""
    heads, head_width, (n, length) = attention.heads, attention.head_width, rows
    to_k, to_v = np.split(to_array(attention.to_kv.weight), 2)
    scale = to_array(attention.q_scale * attention.k_scale) * COSINE_SCALE
    prepared = layout.attention.prepare(g, x)

    def project(name: str, weight: NDArray, *, scaled: bool) -> str:
        return g.reshape(layout.attention.apply(g, prepared, name, weight, scaled=scaled), n, length, heads, head_width)

    q = to_unit(g, project("to_q", fold_norm(attention), scaled=False), "q_scale", scale)
    k = to_unit(g, project("to_k", to_k, scaled=False), "unit", np.ones(head_width, np.float32))
    v = project("to_v", to_v, scaled=True)
    turned = g.transpose(q, 0, 2, 1, 3), g.transpose(k, 0, 2, 3, 1), g.transpose(v, 0, 2, 1, 3)
    sizes = cut(n, layout.score_bytes // (4 * heads * length * length))
    pieces = zip(*(g.split(part, sizes) for part in turned), strict=True)
    mixed = g.concat([mix_values(g, *piece, bias, half=layout.half_attention) for piece in pieces])
    joined = g.reshape(g.transpose(mixed, 0, 2, 1, 3), -1, heads * head_width)
    return layout.attention.apply(g, layout.attention.prepare(g, joined), "to_out", to_array(attention.to_out.weight))


def mix_values(g: Graph, q: str, k: str, v: str, bias: Stored | None, *, half: bool) -> str:
    """q, v [rows, heads, length, head width], k with its last axes swapped; softmax in float32."""
    if half:
        q, k, v = (g.cast(part, np.float16) for part in (q, k, v))
    scores = g.run("MatMul", q, k)
    scores = g.cast(scores, np.float32) if half else scores
    if bias is not None:
        scores = g.run("Add", scores, g.constant("position_bias", bias))
    shares = g.run("Softmax", scores, axis=-1)
    if half:
        return g.cast(g.run("MatMul", g.cast(shares, np.float16), v), np.float32)
    return g.run("MatMul", shares, v)


def fold_norm(attention: CosineAttention) -> NDArray[np.float32]:
    """Wq [inner, width] of the plain x, up to a positive factor a token. Raises ValueError where LN has a shift."""
    if np.abs(to_array(attention.norm.beta)).max() > 0:
        raise ValueError("the norm before the queries has a shift; CT-CLIP's has none (its beta is a zero buffer)")
    weight = (to_array(attention.to_q.weight) * to_array(attention.norm.gamma)).astype(np.float64)
    return (weight - weight.mean(axis=1, keepdims=True)).astype(np.float32)


def to_unit(g: Graph, x: str, name: str, scale: NDArray) -> str:
    """L2 norm over the last axis, times `scale`."""
    factor = g.constant(name, (scale / np.sqrt(scale.size)).astype(np.float32))
    return g.run("SimplifiedLayerNormalization", x, factor, axis=-1, epsilon=NORM_EPSILON)


def add_feed_forward(g: Graph, x: str, feed_forward, layout: Layout) -> str:
    norm, expand, _, _, contract = feed_forward
    inner = contract.weight.shape[1]
    more = -inner % ALIGNMENT
    value, gate = (np.pad(half, ((0, more), (0, 0))) for half in np.split(to_array(expand.weight), 2))
    normed = add_norm(g, x, "ff_norm", norm.weight, norm.bias, layout)
    prepared = layout.feed_forward.prepare(g, normed, even=True)
    opened = add_gelu(g, layout.feed_forward.apply(g, prepared, "ff_gate", gate), layout)
    hidden = g.run("Mul", opened, layout.feed_forward.apply(g, prepared, "ff_value", value))
    weight = np.pad(to_array(contract.weight), ((0, 0), (0, more)))
    return layout.feed_forward.apply(g, layout.feed_forward.prepare(g, hidden), "ff_out", weight)


def add_norm(g: Graph, x: str, name: str, gamma, beta, layout: Layout) -> str:
    norm = norm_by_rms if layout.integer else Graph.layer_norm
    return norm(g, x, name, to_array(gamma), to_array(beta))


def add_gelu(g: Graph, x: str, layout: Layout) -> str:
    return g.run("FastGelu", x, contrib=True) if layout.integer else g.run("Gelu", x)


def to_array(parameter) -> NDArray[np.float32]:
    return parameter.detach().float().cpu().numpy()
