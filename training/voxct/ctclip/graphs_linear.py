"""Linear layers in the precisions of the variants. All take and give float32; the graph around them is the same.

fp32   MatMul.
fp16   MatMul of halves.
int8   Activations to uint8 at run time, every row brought to the same range first; weights to int8, a scale an output.
q8, q4 MatMulNBits: weights in blocks of 32 inputs with a scale a block, activations float32.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from voxct.ctclip.graphs_builder import Graph

Variant = Literal["fp32", "fp16", "int8", "q8", "q4"]
VARIANTS: tuple[Variant, ...] = ("fp32", "fp16", "int8", "q8", "q4")
SMALLEST_PEAK = 1e-6
"""Added to a row's largest value, which may be 0: a patch of air is constant."""
BLOCK = 32
"""Inputs that share a scale in MatMulNBits."""


class Linear(Protocol):
    """`prepare` once an input, `apply` once a weight [outputs, inputs]: several layers share the prepared input.

    `even`: the rows have one range already, as after a norm. `scaled` false: each row may come out times a positive
    factor, for what is normalised or compared afterwards.
    """

    def prepare(self, g: Graph, x: str, *, even: bool = False) -> list[str]: ...

    def apply(self, g: Graph, prepared: list[str], name: str, weight: NDArray, *, scaled: bool = True) -> str: ...


class FloatLinear:
    def prepare(self, g: Graph, x: str, *, even: bool = False) -> list[str]:
        return [x]

    def apply(self, g: Graph, prepared: list[str], name: str, weight: NDArray, *, scaled: bool = True) -> str:
        return g.run("MatMul", prepared[0], g.constant(name, weight.T))


class HalfLinear:
    def prepare(self, g: Graph, x: str, *, even: bool = False) -> list[str]:
        return [g.cast(x, np.float16)]

    def apply(self, g: Graph, prepared: list[str], name: str, weight: NDArray, *, scaled: bool = True) -> str:
        product = g.run("MatMul", prepared[0], g.constant(name, weight.T.astype(np.float16)))
        return g.cast(product, np.float32)


class IntegerLinear:
    """One step of the tensor for all rows would waste the eight bits of a row that is smaller than the largest."""

    def prepare(self, g: Graph, x: str, *, even: bool = False) -> list[str]:
        if even:
            return g.run("DynamicQuantizeLinear", x, outputs=3)
        peak = g.run("ReduceMax", g.run("Abs", x), g.integers(-1), keepdims=1)
        peak = g.run("Add", peak, g.constant("smallest_peak", np.array([SMALLEST_PEAK], np.float32)))
        return [*g.run("DynamicQuantizeLinear", g.run("Div", x, peak), outputs=3), peak]

    def apply(self, g: Graph, prepared: list[str], name: str, weight: NDArray, *, scaled: bool = True) -> str:
        quantised, scale = quantise_rows(weight)
        values, step, zero, *peak = prepared
        constants = g.constant(name, quantised.T), step, g.constant(f"{name}.scale", scale)
        # 0, and each weight's own: onnxruntime turns int8 weights into uint8 for some processors, and would give all
        # that name none one of the same name.
        own_zero = g.constant(f"{name}.zero", np.zeros(1, np.int8))
        product = g.run("MatMulIntegerToFloat", values, *constants, zero, own_zero, contrib=True)
        return g.run("Mul", product, *peak) if scaled and peak else product


@dataclass(frozen=True)
class BlockLinear:
    bits: Literal[4, 8]

    def prepare(self, g: Graph, x: str, *, even: bool = False) -> list[str]:
        return [x]

    def apply(self, g: Graph, prepared: list[str], name: str, weight: NDArray, *, scaled: bool = True) -> str:
        blocks, scales = quantise_blocks(weight, self.bits)
        outputs, inputs = weight.shape
        constants = g.constant(name, blocks), g.constant(f"{name}.scale", scales)
        sizes = {"K": inputs, "N": outputs, "bits": self.bits, "block_size": BLOCK}
        return g.run("MatMulNBits", prepared[0], *constants, contrib=True, **sizes)


LINEARS: dict[Variant, Linear] = {
    "fp32": FloatLinear(),
    "fp16": HalfLinear(),
    "int8": IntegerLinear(),
    "q8": BlockLinear(8),
    "q4": BlockLinear(4),
}


def quantise_rows(weight: NDArray) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """weight [rows, n] -> int8 of the same shape in ±127 and the step of every row [rows]."""
    step = np.abs(weight).max(axis=1) / 127
    step = np.where(step > 0, step, 1).astype(np.float32)
    return np.rint(weight / step[:, None]).astype(np.int8), step


def quantise_blocks(weight: NDArray, bits: Literal[4, 8]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """weight [outputs, inputs] -> MatMulNBits' [outputs, blocks, BLOCK·bits/8] and scales [outputs·blocks].

    Unsigned with the default zero point 2^(bits − 1); two 4-bit values a byte, the first in the low half.
    """
    outputs, inputs = weight.shape
    blocks = -(-inputs // BLOCK)
    padded = np.zeros((outputs, blocks * BLOCK), np.float32)
    padded[:, :inputs] = weight
    padded = padded.reshape(outputs, blocks, BLOCK)
    middle = 1 << (bits - 1)
    peak = np.take_along_axis(padded, np.abs(padded).argmax(-1)[..., None], -1)
    scale = (peak / -middle) if bits == 4 else np.abs(peak) / (middle - 1)
    scale = np.where(scale != 0, scale, 1).astype(np.float32)
    values = np.clip(np.rint(padded / scale) + middle, 0, 2 * middle - 1).astype(np.uint8)
    if bits == 4:
        values = values[..., 0::2] | (values[..., 1::2] << 4)
    return values, scale[..., 0].reshape(-1)
