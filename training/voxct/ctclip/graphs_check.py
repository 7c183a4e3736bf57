"""What a graph must not hold: an operator without a WebGPU kernel, or a tensor beyond a storage buffer's size."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, shape_inference

from voxct.ct.export_graph import REFUSED_OPERATORS
from voxct.ctclip.graphs_builder import load_graph
from voxct.ctclip.graphs_layout import MIB, WEBGPU_BINDING

FREE_DIMENSION = 128
"""Directions that a free dimension stands for: more than a query of the app asks at once."""
GRAPH_LIMIT = 2**31
"""A protobuf ends there; so does an ArrayBuffer of Chrome."""


def check_part(path: Path, *, webgpu: bool) -> None:
    """Raises ValueError. The sizes are checked for every provider: they bound memory too."""
    model = load_graph(path)
    if webgpu:
        check_operators(model, path.name)
    check_files(model, path)
    for name, size in measure_tensors(model).items():
        if size > WEBGPU_BINDING:
            raise ValueError(f"{path.name}: {name} has {size / MIB:.0f} MiB, a storage buffer {WEBGPU_BINDING // MIB}")


def check_operators(model: onnx.ModelProto, name: str) -> None:
    for node in model.graph.node:
        kernel = [a.ints for a in node.attribute if a.name == "kernel_shape"]
        if node.op_type in REFUSED_OPERATORS or (node.op_type == "Conv" and len(kernel[0]) == 3):
            raise ValueError(f"{name}: {node.op_type} ({node.name}) has no WebGPU kernel")


def check_files(model: onnx.ModelProto, path: Path) -> None:
    named = {pair.value for t in model.graph.initializer for pair in t.external_data if pair.key == "location"}
    for file in [path, *(path.parent / name for name in named)]:
        if file.stat().st_size >= GRAPH_LIMIT:
            raise ValueError(f"{file.name} has 2 GB or more: no browser reads it as one piece")


def measure_tensors(model: onnx.ModelProto) -> dict[str, int]:
    """Bytes of every tensor of the graph, weights and intermediate results alike. ValueError if one stays unknown."""
    plain = onnx.ModelProto()
    plain.CopyFrom(model)
    graph = plain.graph
    for value in graph.input:
        for dimension in value.type.tensor_type.shape.dim:
            if not dimension.HasField("dim_value"):
                dimension.dim_value = FREE_DIMENSION
    del graph.output[:], graph.node[:]
    for node in model.graph.node:
        graph.node.extend(to_standard(node, graph))
    inferred = shape_inference.infer_shapes(plain, strict_mode=True, data_prop=True).graph
    sizes = {t.name: count_bytes(t.data_type, t.dims) for t in graph.initializer}
    for value in [*inferred.input, *inferred.value_info]:
        kind = value.type.tensor_type
        sizes[value.name] = count_bytes(kind.elem_type, [dimension.dim_value for dimension in kind.shape.dim])
    missing = {name for node in graph.node for name in node.output if sizes.get(name, 0) == 0}
    if missing:
        raise ValueError(f"the size of {sorted(missing)[0]} is not known")
    return sizes


def count_bytes(kind: int, shape) -> int:
    return int(np.prod([*shape], dtype=np.int64)) * helper.tensor_dtype_to_np_dtype(kind).itemsize


def to_standard(node: onnx.NodeProto, graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """Nodes of ONNX with the shapes of one of onnxruntime's: ONNX infers shapes for its own alone."""
    match node.op_type:
        case "SimplifiedLayerNormalization" | "FastGelu":
            return [helper.make_node("Identity", node.input[:1], node.output)]
        case "MatMulIntegerToFloat":
            summed = f"{node.output[0]}_summed"
            product = helper.make_node("MatMulInteger", [*node.input[:2], node.input[4]], [summed])
            return [product, helper.make_node("Cast", [summed], node.output, to=TensorProto.FLOAT)]
        case "MatMulNBits":
            sizes = {a.name: a.i for a in node.attribute}
            weight = f"{node.output[0]}_weight"
            graph.input.append(helper.make_tensor_value_info(weight, TensorProto.FLOAT, [sizes["K"], sizes["N"]]))
            return [helper.make_node("MatMul", [node.input[0], weight], node.output)]
    return [node]
