"""What encoder and decoder graphs share: published tensors by name, linear layers in a precision, attention of heads.

Tensors of the graphs are [n, width] without a batch: one utterance at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from voxct.ctclip.graphs_builder import CONTRIB, OPSET, Graph
from voxct.ctclip.graphs_linear import LINEARS, Linear
from voxct.speech.whisper.published import Tensors

HEAD_WIDTH = 64
"""Of every published Whisper."""
SCALE = HEAD_WIDTH**-0.5
EXPONENT, LEAST = 0.75, 1e-5
"""How much of an activation's outliers goes over to the weights, and what keeps a silent channel from dividing by 0."""


@dataclass(frozen=True)
class Weights:
    """Published tensors with the form in which linear layers are stored."""

    tensors: Tensors
    linear: Linear
    peaks: Tensors = field(default_factory=dict)
    """Largest magnitude of every input channel of a linear map, by its name, where it is known (peaks.py)."""
    exact: tuple[str, ...] = ()
    """Beginnings of names that stay float32."""

    @classmethod
    def of(cls, tensors: Tensors, variant: str, peaks: Tensors | None = None, exact: tuple[str, ...] = ()) -> Weights:
        return cls(tensors, LINEARS[variant], (peaks or {}) if variant == "int8" else {}, exact)

    def norm(self, g: Graph, x: str, name: str) -> str:
        return g.layer_norm(x, name, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"])

    def project(self, g: Graph, x: str, *names: str) -> str:
        """x [n, in] -> [n, outputs of all names together]; a map without bias counts as one with zeros."""
        weight = np.concatenate([self.tensors[f"{name}.weight"] for name in names])
        linear = LINEARS["fp32"] if names[0].startswith(self.exact) else self.linear
        if names[0] in self.peaks and linear is self.linear:
            step = find_smoothing(self.peaks[names[0]], weight)
            x, weight = g.run("Mul", x, g.constant(f"{names[0]}.smoothing", 1 / step)), weight * step
        biases = [self.tensors.get(f"{n}.bias", np.zeros(len(self.tensors[f"{n}.weight"]), np.float32)) for n in names]
        product = linear.apply(g, linear.prepare(g, x), "+".join(names), weight)
        return g.run("Add", product, g.constant(f"{'+'.join(names)}.bias", np.concatenate(biases)))

    def feed_forward(self, g: Graph, x: str, layer: str) -> str:
        hidden = self.project(g, self.norm(g, x, f"{layer}.final_layer_norm"), f"{layer}.fc1")
        return g.run("Add", x, self.project(g, g.run("Gelu", hidden, contrib=True), f"{layer}.fc2"))


def find_smoothing(peaks: NDArray, weight: NDArray) -> NDArray[np.float32]:
    """[inputs]: what activations are divided and weights multiplied by, so that both share the loss of eight bits.

    SmoothQuant (Xiao et al. 2023, arXiv 2211.10438); the product stays what it was. The exponent was the best
    of .3, .5, .7, .8 and .85 on recorded speech, by the cosine of the states.
    """
    of_weights = np.abs(weight).max(axis=0)
    step = np.maximum(peaks, LEAST) ** EXPONENT / np.maximum(of_weights, LEAST) ** (1 - EXPONENT)
    return step.astype(np.float32)


def to_heads(g: Graph, x: str, parts: int) -> list[str]:
    """[n, parts · width] -> parts times [heads, n, 64]."""
    stacked = g.run("Transpose", g.run("Reshape", x, g.integers(0, parts, -1, HEAD_WIDTH)), perm=(1, 2, 0, 3))
    if parts == 1:
        return [g.run("Squeeze", stacked, g.integers(0))]
    pieces = g.run("Split", stacked, g.integers(*[1] * parts), outputs=parts, axis=0)
    return [g.run("Squeeze", piece, g.integers(0)) for piece in pieces]


def attend(g: Graph, q: str, k: str, v: str, mask: str | None = None) -> tuple[str, str]:
    """[heads, n, 64] each -> (weights [heads, n, keys], mixed values [n, width]); the mask is added."""
    scores = g.run("FusedMatMul", q, k, contrib=True, alpha=SCALE, transB=1)
    weights = g.run("Softmax", scores if mask is None else g.run("Add", scores, mask), axis=-1)
    mixed = g.run("Transpose", g.run("MatMul", weights, v), perm=(1, 0, 2))
    return weights, g.run("Reshape", mixed, g.integers(0, -1))


def count_layers(tensors: Tensors, side: str) -> int:
    return sum(f"{side}.layers.{n}.fc1.weight" in tensors for n in range(99))


def save_graph(g: Graph, path: Path, inputs: dict[str, tuple[int, list]], outputs: dict[str, tuple[str, list]]) -> None:
    """inputs: name -> (ONNX type, shape); outputs: name -> (inner name, shape), float32. A letter is a free size."""
    ends = [helper.make_node("Identity", [inner], [name], name=f"to_{name}") for name, (inner, _) in outputs.items()]
    graph = helper.make_graph(
        [*g.nodes, *ends],
        g.name,
        [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, (_, shape) in outputs.items()],
        list(g.constants.values()),
    )
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    model = helper.make_model(graph, opset_imports=versions, ir_version=9, producer_name="voxct")
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def scalar(g: Graph, name: str, value: float | int, dtype: type = np.float32) -> str:
    """Of no dimension; the same name is the same constant."""
    g.constants.setdefault(name, numpy_helper.from_array(np.array(value, dtype), name))
    return name
