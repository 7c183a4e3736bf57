"""A small writer of ONNX graphs: nodes by name, constants, weights inside the graph or in external files."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
CONTRIB = "com.microsoft"
"""Operators of onnxruntime beside ONNX (docs/ContribOperators.md of onnxruntime)."""

ONNX_TYPES = {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.float16): TensorProto.FLOAT16,
              np.dtype(np.int8): TensorProto.INT8, np.dtype(np.uint8): TensorProto.UINT8,
              np.dtype(np.int64): TensorProto.INT64}  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """An array that lies in an external file: raw, little-endian, row-major, `offset` bytes from its start."""

    file: Path
    shape: tuple[int, ...]
    dtype: np.dtype
    offset: int = 0

    @property
    def length(self) -> int:
        return int(np.prod(self.shape)) * self.dtype.itemsize


@dataclass
class Graph:
    name: str
    nodes: list = field(default_factory=list)
    constants: dict[str, TensorProto] = field(default_factory=dict)
    external: dict[str, Path] = field(default_factory=dict)
    hints: list = field(default_factory=list)
    prefix: str = ""
    """Of the nodes' names: those of a graph within a graph must differ from the outer ones."""

    def run(
        self, operator: str, *inputs: str, outputs: int = 1, contrib: bool = False, **attributes
    ) -> str | list[str]:
        """Adds a node; gives the name of its output, or their list where there are several."""
        stem = f"{self.prefix}{operator.lower()}_{len(self.nodes)}"
        names = [stem] if outputs == 1 else [f"{stem}_{n}" for n in range(outputs)]
        domain = CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(operator, inputs, names, name=stem, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, value: NDArray | Stored) -> str:
        """Adds a constant once; the same name is the same constant."""
        if name not in self.constants:
            stored = isinstance(value, Stored)
            array = self.refer(name, value) if stored else numpy_helper.from_array(np.ascontiguousarray(value), name)
            self.constants[name] = array
        return name

    def refer(self, name: str, stored: Stored) -> TensorProto:
        tensor = TensorProto(name=name, data_type=ONNX_TYPES[np.dtype(stored.dtype)], dims=stored.shape)
        tensor.data_location = TensorProto.EXTERNAL
        place = {"location": stored.file.name, "offset": stored.offset, "length": stored.length}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self.external[stored.file.name] = stored.file
        return tensor

    def integers(self, *values: int) -> str:
        return self.constant("i_" + "_".join(map(str, values)), np.array(values, np.int64))

    def hint(self, x: str, dtype: type, shape: tuple[int, ...]) -> str:
        """States a shape that shape inference can't find."""
        self.hints.append(helper.make_tensor_value_info(x, ONNX_TYPES[np.dtype(dtype)], shape))
        return x

    def reshape(self, x: str, *shape: int) -> str:
        return self.run("Reshape", x, self.integers(*shape))

    def transpose(self, x: str, *order: int) -> str:
        return self.run("Transpose", x, perm=order)

    def cast(self, x: str, dtype: type) -> str:
        return self.run("Cast", x, to=ONNX_TYPES[np.dtype(dtype)])

    def split(self, x: str, sizes: list[int], axis: int = 0) -> list[str]:
        if len(sizes) == 1:
            return [x]
        return self.run("Split", x, self.integers(*sizes), outputs=len(sizes), axis=axis)

    def concat(self, parts: list[str], axis: int = 0) -> str:
        return parts[0] if len(parts) == 1 else self.run("Concat", *parts, axis=axis)

    def layer_norm(self, x: str, name: str, gamma: NDArray, beta: NDArray, epsilon: float = 1e-5) -> str:
        """Over the last axis; epsilon is PyTorch's default."""
        scale, shift = self.constant(f"{name}.gamma", gamma), self.constant(f"{name}.beta", beta)
        return self.run("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon)

    def save(self, path: Path, inputs: dict[str, list], outputs: dict[str, tuple[str, list]]) -> dict:
        """Writes the graph; `outputs` maps a name to (inner name, shape). Gives its part of the manifest.

        All inputs and outputs are float32; a dimension may be a letter (free).
        """
        ends = [
            helper.make_node("Identity", [inner], [name], name=f"to_{name}") for name, (inner, _) in outputs.items()
        ]
        graph = helper.make_graph(
            [*self.nodes, *ends],
            self.name,
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, (_, shape) in outputs.items()],
            list(self.constants.values()),
            value_info=self.hints,
        )
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=9, producer_name="voxct")
        path.write_bytes(model.SerializeToString())
        external = [describe(file) for _, file in sorted(self.external.items())]
        return {**describe(path), **({"external": external} if external else {})}


def describe(path: Path) -> dict:
    """file, bytes and sha256 of a written file, as the manifest has them."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 22):
            digest.update(block)
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def store(path: Path, array: NDArray) -> Stored:
    """Writes one array to an external file."""
    np.ascontiguousarray(array).tofile(path)
    return Stored(path, array.shape, array.dtype)


def load_graph(path: Path) -> onnx.ModelProto:
    """Without its external data."""
    return onnx.load(str(path), load_external_data=False)
