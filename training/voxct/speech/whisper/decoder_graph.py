"""Whisper's greedy decoding as one ONNX graph: the loop over tokens lies within it.

Keys and values of the cross-attention are made once, before the loop, and never leave the graph: fed as inputs at every
token they would be copied each time (18 to 37 MB). The first turn of the loop takes the whole prompt, every later one
the token before.

int8 here is plain: moving outliers into the weights, which the encoder needs, doubled the error of log-probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from voxct.ctclip.graphs_builder import Graph
from voxct.ctclip.graphs_linear import quantise_rows
from voxct.speech.whisper.graph_parts import HEAD_WIDTH, Weights, attend, count_layers, save_graph, scalar, to_heads
from voxct.speech.whisper.published import ALIGNMENT_HEADS, Tensors
from voxct.speech.whisper.vocabulary import Vocabulary

SUPPRESSED = -1e9
"""Added to the logit of a token that must not be written."""
FLOAT, INT64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


@dataclass(frozen=True)
class Sizes:
    layers: int
    heads: int
    width: int


def write_decoder_graph(
    tensors: Tensors,
    vocabulary: Vocabulary,
    path: Path,
    variant: str,
    alignment_heads: tuple[tuple[int, int], ...] = ALIGNMENT_HEADS,
) -> None:
    """Inputs, outputs; ids are those of the cut vocabulary.

    `states` f32[positions, width] of the encoder; `prompt` int64[n]: the previous text, then the start sequence;
    `bias` f32[tokens]: added to the logits, zeros for none; `most` int64[1]: tokens at most, 448 with the prompt.
    -> `tokens` f32[t]: what was chosen, the end included where it was reached; `log_probs` f32[t]: the model's own,
    without bias; `no_speech` f32[1]: probability at the start token; `attention` f32[t, alignment heads, positions].
    """
    g = Graph("whisper-decoder")
    w = Weights.of(tensors, variant)
    table = tensors["decoder.embed_tokens.weight"][vocabulary.published]
    sizes = Sizes(count_layers(tensors, "decoder"), table.shape[1] // HEAD_WIDTH, table.shape[1])
    cross = [add_cross(g, w, n) for n in range(sizes.layers)]
    add_biases(g, vocabulary)
    body = Body(g, w, sizes, vocabulary, cross, alignment_heads)
    body.add(table, tensors["decoder.embed_positions.weight"])
    outputs = run_loop(g, body, sizes)
    inputs = {
        "states": (FLOAT, ["positions", sizes.width]),
        "prompt": (INT64, ["n"]),
        "bias": (FLOAT, [len(table)]),
        "most": (INT64, [1]),
    }
    tokens = g.cast(outputs["token"], np.float32)
    first = g.run("Slice", outputs["no_speech"], g.integers(0), g.integers(1), g.integers(0))
    shown = {
        "tokens": (tokens, ["t"]),
        "log_probs": (outputs["log_prob"], ["t"]),
        "no_speech": (first, [1]),
        "attention": (outputs["attention"], ["t", len(body.alignment_heads), "positions"]),
    }
    save_graph(g, path, inputs, shown)


def add_cross(g: Graph, w: Weights, layer: int) -> tuple[str, str]:
    """Keys and values [heads, positions, 64] of the encoder's states."""
    name = f"decoder.layers.{layer}.encoder_attn"
    k, v = to_heads(g, w.project(g, "states", f"{name}.k_proj", f"{name}.v_proj"), 2)
    return k, v


def add_biases(g: Graph, vocabulary: Vocabulary) -> None:
    """`always` and `first`: the given bias with what must not be written at any token, and at the first one."""
    suppressed = np.zeros(len(vocabulary.published), np.float32)
    suppressed[vocabulary.suppressed] = SUPPRESSED
    begin = suppressed.copy()
    begin[vocabulary.suppressed_first] = SUPPRESSED
    for name, added in (("always", suppressed), ("first", begin)):
        g.nodes.append(helper.make_node("Add", ["bias", g.constant(f"suppressed.{name}", added)], [name], name=name))


def run_loop(g: Graph, body: Body, sizes: Sizes) -> dict[str, str]:
    nothing = g.constant("no_past", np.zeros((sizes.heads, 0, HEAD_WIDTH), np.float32))
    start = g.run("Sub", g.run("Shape", "prompt", start=0, end=1), g.integers(START_LENGTH))
    rows = g.run("Concat", start, g.integers(-1), axis=0)
    carried = ["prompt", rows, g.integers(0), *[nothing] * (2 * sizes.layers)]
    names = ["token", "log_prob", "no_speech", "attention"]
    ignored = [f"last_{n}" for n in range(len(carried))]
    most = g.run("Squeeze", "most", g.integers(0))
    g.nodes.append(
        helper.make_node(
            "Loop",
            [most, "", *carried],
            [*ignored, *(f"all_{name}" for name in names)],
            name="greedy",
            body=body.to_proto(),
        )
    )
    return {name: f"all_{name}" for name in names}


START_LENGTH = 4
"""Start of transcript, language, task, no timestamps."""


class Body:
    """One turn of the loop: k tokens behind a past of t -> the next token."""

    def __init__(
        self,
        outer: Graph,
        w: Weights,
        sizes: Sizes,
        vocabulary: Vocabulary,
        cross: list[tuple[str, str]],
        alignment_heads: tuple[tuple[int, int], ...],
    ) -> None:
        self.g = Graph("turn", constants=outer.constants, prefix="turn_")
        self.w, self.sizes, self.vocabulary, self.cross = w, sizes, vocabulary, cross
        self.alignment_heads = alignment_heads
        self.results: list[str] = []

    def add(self, table: np.ndarray, positions: np.ndarray) -> None:
        g = self.g
        count = g.run("Shape", "tokens", start=0, end=1)
        total = g.run("Add", "past", count)
        place = g.run("Slice", g.constant("decoder.positions", positions), "past", total, g.integers(0))
        x = g.run("Add", self.embed(table), place)
        mask, caches, weights = self.causal(total), [], []
        for layer in range(self.sizes.layers):
            x, cache, attention = self.layer(x, layer, mask)
            caches += cache
            weights += self.pick(attention, layer)
        logits = self.project_out(g.run("Gather", x, "rows", axis=0), table)
        attention = g.run("Concat", *weights, axis=0)
        self.finish(logits, attention, total, caches)

    def embed(self, table: np.ndarray) -> str:
        """The rows of the output's own matrix: it is stored once."""
        g = self.g
        columns = g.run("Gather", self.stored(table), "tokens", axis=1)
        rows = g.run("Transpose", columns, perm=(1, 0))
        if not self.is_integer:
            return rows
        step = g.run("Gather", g.constant("decoder.tokens.scale", quantise_rows(table)[1]), "tokens", axis=0)
        return g.run("Mul", g.cast(rows, np.float32), g.run("Unsqueeze", step, g.integers(1)))

    @property
    def is_integer(self) -> bool:
        return type(self.w.linear).__name__ == "IntegerLinear"

    def stored(self, table: np.ndarray) -> str:
        """[width, tokens]: the name under which the linear layer stores it."""
        weight = quantise_rows(table)[0] if self.is_integer else table
        return self.g.constant("decoder.tokens", weight.T)

    def project_out(self, x: str, table: np.ndarray) -> str:
        """[r, width] -> logits [r, tokens]."""
        normed = self.w.norm(self.g, x, "decoder.layer_norm")
        return self.w.linear.apply(self.g, self.w.linear.prepare(self.g, normed), "decoder.tokens", table)

    def causal(self, total: str) -> str:
        """[k, t + k]: 0 up to the token itself, then a large negative number."""
        g = self.g
        past, end = (g.run("Squeeze", x, g.integers(0)) for x in ("past", total))
        zero, one = scalar(g, "zero", 0, np.int64), scalar(g, "one", 1, np.int64)
        own = g.run("Unsqueeze", g.run("Range", past, end, one), g.integers(1))
        seen = g.run("LessOrEqual", g.run("Range", zero, end, one), own)
        return g.run("Where", seen, scalar(g, "seen", 0.0), scalar(g, "unseen", SUPPRESSED))

    def layer(self, x: str, layer: int, mask: str) -> tuple[str, list[str], str]:
        g, w, name = self.g, self.w, f"decoder.layers.{layer}"
        normed = w.norm(g, x, f"{name}.self_attn_layer_norm")
        q, k, v = to_heads(g, w.project(g, normed, *(f"{name}.self_attn.{part}_proj" for part in "qkv")), 3)
        k = g.run("Concat", f"past_k_{layer}", k, axis=1)
        v = g.run("Concat", f"past_v_{layer}", v, axis=1)
        x = g.run("Add", x, w.project(g, attend(g, q, k, v, mask)[1], f"{name}.self_attn.out_proj"))
        normed = w.norm(g, x, f"{name}.encoder_attn_layer_norm")
        (q,) = to_heads(g, w.project(g, normed, f"{name}.encoder_attn.q_proj"), 1)
        attention, mixed = attend(g, q, *self.cross[layer])
        x = g.run("Add", x, w.project(g, mixed, f"{name}.encoder_attn.out_proj"))
        return w.feed_forward(g, x, name), [k, v], attention

    def pick(self, attention: str, layer: int) -> list[str]:
        """Rows [alignment heads of the layer, positions] of the last token."""
        heads = [head for n, head in self.alignment_heads if n == layer]
        if not heads:
            return []
        g = self.g
        last = g.run("Gather", attention, scalar(g, "last", -1, np.int64), axis=1)
        return [g.run("Gather", last, g.integers(*heads), axis=0)]

    def finish(self, logits: str, attention: str, total: str, caches: list[str]) -> None:
        g = self.g
        last = g.run("Gather", logits, scalar(g, "last", -1, np.int64), axis=0)
        start = g.run("Gather", logits, scalar(g, "zero", 0, np.int64), axis=0)
        is_first = g.run("Equal", "turn", scalar(g, "zero", 0, np.int64))
        token = g.run("ArgMax", g.run("Add", last, g.run("Where", is_first, "first", "always")), axis=0, keepdims=0)
        chosen = self.log_prob(last, token)
        silent = g.run("Exp", self.log_prob(start, scalar(g, "no_speech_id", self.vocabulary.no_speech, np.int64)))
        goes_on = g.run("Not", g.run("Equal", token, scalar(g, "end_id", self.vocabulary.end, np.int64)))
        nexts = [g.run("Unsqueeze", token, g.integers(0)), g.integers(-1), total]
        self.results = [self.copy(x) for x in [goes_on, *nexts, *caches, token, chosen, silent, attention]]

    def copy(self, x: str) -> str:
        """An output of a body must be made there."""
        return self.g.run("Identity", x)

    def log_prob(self, logits: str, token: str) -> str:
        g = self.g
        everything = g.run("ReduceLogSumExp", logits, keepdims=0)
        return g.run("Sub", g.run("Gather", logits, token, axis=0), everything)

    def to_proto(self):
        cache = [self.sizes.heads, None, HEAD_WIDTH]
        pasts = [f"past_{kind}_{n}" for n in range(self.sizes.layers) for kind in "kv"]
        info = helper.make_tensor_value_info
        inputs = [
            info("turn", INT64, []),
            info("goes_on", BOOL, []),
            info("tokens", INT64, [None]),
            info("rows", INT64, [None]),
            info("past", INT64, [1]),
            *(info(name, FLOAT, cache) for name in pasts),
        ]
        kinds = [(BOOL, []), (INT64, [None]), (INT64, [None]), (INT64, [1]), *[(FLOAT, cache)] * len(pasts)]
        kinds += [(INT64, []), (FLOAT, []), (FLOAT, []), (FLOAT, [len(self.alignment_heads), None])]
        outputs = [info(name, kind, shape) for name, (kind, shape) in zip(self.results, kinds, strict=True)]
        return helper.make_graph(self.g.nodes, "turn", inputs, outputs)
