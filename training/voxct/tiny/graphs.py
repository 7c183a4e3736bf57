"""Graphs of the tiny pack, each with its reference in numpy: random weights, the names and shapes of real packs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SHAPE, GRID, PATCH = (4, 6, 8), (2, 3, 4), (2, 2, 2)
TOKENS, WIDTH, DIMENSION = 24, 5, 6
KERNEL, STRIDE, CHANNELS = 400, 160, 8
ALPHABET = ["", " ", "a", "b", "c"]


class Weights:
    """All random numbers of the pack, drawn once."""

    def __init__(self, seed: int) -> None:
        draw = np.random.default_rng(seed).standard_normal

        def as_weights(*shape: int) -> np.ndarray:
            return (draw(shape) / np.sqrt(shape[0])).astype(np.float32)

        self.patch, self.patch_bias = as_weights(8, WIDTH), as_weights(WIDTH)
        self.projection = as_weights(TOKENS * WIDTH, DIMENSION)
        self.filters = (draw((CHANNELS, 1, KERNEL)) / np.sqrt(KERNEL)).astype(np.float32)
        self.speech, self.letters = as_weights(CHANNELS, DIMENSION), as_weights(CHANNELS, len(ALPHABET))


def to_unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def encode_volume(w: Weights, volume: np.ndarray) -> np.ndarray:
    """Reference of trunk and head: float volume [4, 6, 8] → unit embedding [6]."""
    patches = volume.reshape(2, 2, 3, 2, 4, 2).transpose(0, 2, 4, 1, 3, 5).reshape(TOKENS, 8)
    return to_unit(np.tanh(patches @ w.patch + w.patch_bias).reshape(-1) @ w.projection)


def encode_audio(w: Weights, audio: np.ndarray) -> np.ndarray:
    """Reference of the speech encoder: float audio [samples] → unit embedding [6]."""
    frames = np.lib.stride_tricks.sliding_window_view(audio, KERNEL)[::STRIDE]
    return to_unit(np.tanh(frames @ w.filters[:, 0].T).mean(0) @ w.speech)


def save_graph(path: Path, nodes: list, inputs: dict, outputs: dict, constants: dict) -> None:
    """Writes an ONNX graph; `inputs` and `outputs` are name → shape, all float32."""

    def to_info(values: dict) -> list:
        return [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in values.items()]

    initializers = [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, path.stem, to_info(inputs), to_info(outputs), initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


def save_trunk(path: Path, w: Weights) -> None:
    n = helper.make_node
    nodes = [
        n("Reshape", ["volume", "split"], ["cells"]),
        n("Transpose", ["cells"], ["patches"], perm=[0, 2, 4, 1, 3, 5]),
        n("Reshape", ["patches", "rows"], ["flat"]),
        n("MatMul", ["flat", "patch"], ["projected"]),
        n("Add", ["projected", "bias"], ["shifted"]),
        n("Tanh", ["shifted"], ["activated"]),
        n("Reshape", ["activated", "grid"], ["tokens"]),
    ]
    constants = {
        "split": np.array([2, 2, 3, 2, 4, 2]),
        "rows": np.array([TOKENS, 8]),
        "grid": np.array([1, *GRID, WIDTH]),
        "patch": w.patch,
        "bias": w.patch_bias,
    }
    save_graph(path, nodes, {"volume": [1, 1, *SHAPE]}, {"tokens": [1, *GRID, WIDTH]}, constants)


def save_head(path: Path, w: Weights) -> None:
    n = helper.make_node
    nodes = [
        n("Reshape", ["tokens", "row"], ["flat"]),
        n("MatMul", ["flat", "projection"], ["raw"]),
        n("ReduceL2", ["raw"], ["norm"], axes=[1], keepdims=1),
        n("Div", ["raw", "norm"], ["embedding"]),
        n("MatMul", ["directions", "back"], ["pulled"]),
        n("Mul", ["pulled", "flat"], ["terms"]),
        n("Reshape", ["terms", "perToken"], ["grouped"]),
        n("ReduceSum", ["grouped", "last"], ["summed"], keepdims=0),
        n("Div", ["summed", "norm"], ["scaled"]),
        n("Reshape", ["scaled", "grid"], ["heat"]),
    ]
    constants = {
        "row": np.array([1, TOKENS * WIDTH]),
        "projection": w.projection,
        "back": w.projection.T,
        "perToken": np.array([-1, TOKENS, WIDTH]),
        "last": np.array([2]),
        "grid": np.array([-1, *GRID]),
    }
    inputs = {"tokens": [1, *GRID, WIDTH], "directions": ["n", DIMENSION]}
    save_graph(path, nodes, inputs, {"embedding": [1, DIMENSION], "heat": ["n", *GRID]}, constants)


def save_speech(path: Path, w: Weights) -> None:
    n = helper.make_node
    nodes = [
        n("Unsqueeze", ["audio", "one"], ["channel"]),
        n("Conv", ["channel", "filters"], ["convolved"], kernel_shape=[KERNEL], strides=[STRIDE]),
        n("Tanh", ["convolved"], ["activated"]),
        n("ReduceMean", ["activated"], ["mean"], axes=[2], keepdims=0),
        n("MatMul", ["mean", "speech"], ["raw"]),
        n("ReduceL2", ["raw"], ["norm"], axes=[1], keepdims=1),
        n("Div", ["raw", "norm"], ["embedding"]),
        n("Transpose", ["activated"], ["frames"], perm=[0, 2, 1]),
        n("MatMul", ["frames", "letters"], ["scores"]),
        n("LogSoftmax", ["scores"], ["log_probs"], axis=-1),
    ]
    constants = {"one": np.array([1]), "filters": w.filters, "speech": w.speech, "letters": w.letters}
    outputs = {"embedding": [1, DIMENSION], "log_probs": [1, "frames", len(ALPHABET)]}
    save_graph(path, nodes, {"audio": [1, "samples"]}, outputs, constants)
