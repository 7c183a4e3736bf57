"""Exported graphs run by onnxruntime on the CPU: what is measured here is what the browser runs."""

from pathlib import Path

import onnx
import onnxruntime

EXACT_PRODUCTS = ("session.x64quantprecision", "1")
"""A processor with AVX2 and no VNNI sums uint8·int8 in pairs to 16 bits, which overflow: int8 graphs came out with a
cosine of .993 in place of .9995. onnxruntime then takes uint8·uint8, which is exact, as wasm is everywhere; other
processors are left as they are (onnxruntime_session_options_config_keys.h)."""


def open_session(
    path: Path | str, threads: int = 1, *, keeps_arena: bool = True, warns: bool = True
) -> onnxruntime.InferenceSession:
    """keeps_arena: false where several sessions live side by side, and each would keep its largest activations."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_cpu_mem_arena = keeps_arena
    if not warns:
        options.log_severity_level = 3
    if names_its_zeros(path):
        options.add_session_config_entry(*EXACT_PRODUCTS)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


WEIGHTS_ZERO = {"MatMulInteger": 3, "MatMulIntegerToFloat": 5, "DequantizeLinear": 2}
"""Input that is the zero point of the weights."""


def names_its_zeros(path: Path | str) -> bool:
    """Of weights without a zero point onnxruntime 1.31 turns one into uint8 and refuses the graph at the next ("Attempt
    to replace the existing tensor"): such a graph is left as it is.
    """
    graph = onnx.load(str(path), load_external_data=False).graph
    places = [(node, WEIGHTS_ZERO[node.op_type]) for node in graph.node if node.op_type in WEIGHTS_ZERO]
    return all(len(node.input) > place and node.input[place] for node, place in places)
