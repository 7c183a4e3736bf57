"""Whisper's encoder as an ONNX graph from samples to states, for any context: the published weights, untouched.

The context is as long as the audio that is given: the table of positions is cut to it. Speech should fill at most
70 % of it (contexts.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto

from voxct.ctclip.graphs_builder import Graph
from voxct.speech.logmel import FFT_BINS, HOP_SAMPLES, SAMPLE_RATE_HZ, WINDOW_SAMPLES, fourier_basis
from voxct.speech.whisper.graph_parts import Weights, attend, count_layers, save_graph, scalar, to_heads
from voxct.speech.whisper.logmel import DECADES_KEPT, POWER_FLOOR
from voxct.speech.whisper.mel_scale import slaney_filters
from voxct.speech.whisper.published import Tensors

MIDDLE = 4
"""The layer whose un-normed states come out beside the last one's: lower layers know sounds, upper ones words."""

EXACT = ("encoder.layers.0.self_attn",)
"""Eight bits here alone cost more of the cosine than everywhere else together (.998 against .9996)."""


def write_encoder_graph(tensors: Tensors, path: Path, variant: str, peaks: Tensors | None = None) -> None:
    """`audio` f32[1, samples], samples a multiple of 320 and 480,000 at most, zeros behind the speech ->

    `states` f32[positions, width]: final norm, what the decoder attends to; `after_4` and `after_6` f32[positions,
    width]: the residual stream behind that many layers, without a norm. A position is 20 ms.
    """
    g = Graph("whisper-encoder")
    w = Weights.of(tensors, variant, peaks, EXACT)
    x = add_positions(g, tensors, add_convolutions(g, tensors, add_log_mel(g, "audio", tensors)))
    streams = {}
    for n in range(count_layers(tensors, "encoder")):
        x = add_layer(g, w, x, f"encoder.layers.{n}")
        streams[n + 1] = x
    last = max(streams)
    width = tensors["encoder.conv1.weight"].shape[0]
    shape = ["positions", width]
    chosen = {f"after_{n}": (streams[n], shape) for n in sorted({min(MIDDLE, last), last})}
    states = {"states": (w.norm(g, x, "encoder.layer_norm"), shape)}
    save_graph(g, path, {"audio": (TensorProto.FLOAT, [1, "samples"])}, states | chosen)


def add_log_mel(g: Graph, audio: str, tensors: Tensors) -> str:
    """As WhisperLogMel: [1, samples] -> [1, mel bins, samples / 160]."""
    bins = tensors["encoder.conv1.weight"].shape[1]
    half = WINDOW_SAMPLES // 2
    centred = g.run("Pad", g.run("Unsqueeze", audio, g.integers(1)), g.integers(0, 0, half, 0, 0, half), mode="reflect")
    basis = g.constant("mel.basis", fourier_basis()[:, None, :].astype(np.float32))
    parts = g.run("Conv", centred, basis, strides=[HOP_SAMPLES])
    # The frame behind the last hop is dropped.
    parts = g.run("Slice", parts, g.integers(0), g.integers(-1), g.integers(2))
    squares = g.split(g.run("Mul", parts, parts), [FFT_BINS, FFT_BINS], axis=1)
    filters = g.constant("mel.filters", slaney_filters(bins, FFT_BINS, SAMPLE_RATE_HZ / 2))
    mel = g.run("MatMul", filters, g.run("Add", *squares))
    floored = g.run("Max", mel, scalar(g, "mel.floor", POWER_FLOOR))
    decades = g.run("Mul", g.run("Log", floored), scalar(g, "mel.decade", 1 / np.log(10.0)))
    lowest = g.run("Sub", g.run("ReduceMax", decades, keepdims=1), scalar(g, "mel.kept", DECADES_KEPT))
    shifted = g.run("Add", g.run("Max", decades, lowest), scalar(g, "mel.four", 4.0))
    return g.run("Mul", shifted, scalar(g, "mel.quarter", 0.25))


def add_convolutions(g: Graph, tensors: Tensors, mel: str) -> str:
    """[1, mel bins, frames] -> [frames / 2, width]."""
    x = mel
    for name, stride in (("encoder.conv1", 1), ("encoder.conv2", 2)):
        weight, bias = (g.constant(f"{name}.{kind}", tensors[f"{name}.{kind}"]) for kind in ("weight", "bias"))
        x = g.run("Gelu", g.run("Conv", x, weight, bias, pads=[1, 1], strides=[stride]), contrib=True)
    return g.run("Transpose", g.run("Squeeze", x, g.integers(0)), perm=(1, 0))


def add_positions(g: Graph, tensors: Tensors, x: str) -> str:
    table = g.constant("encoder.positions", tensors["encoder.embed_positions.weight"])
    count = g.run("Shape", x, start=0, end=1)
    return g.run("Add", x, g.run("Slice", table, g.integers(0), count, g.integers(0)))


def add_layer(g: Graph, w: Weights, x: str, layer: str) -> str:
    normed = w.norm(g, x, f"{layer}.self_attn_layer_norm")
    stacked = w.project(g, normed, *(f"{layer}.self_attn.{part}_proj" for part in "qkv"))
    _, mixed = attend(g, *to_heads(g, stacked, 3))
    x = g.run("Add", x, w.project(g, mixed, f"{layer}.self_attn.out_proj"))
    return w.feed_forward(g, x, layer)
