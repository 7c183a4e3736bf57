"""What differs between variants beside the linear layers: where they run decides how the graph is cut."""

from dataclasses import dataclass

import numpy as np

from voxct.ctclip.graphs_linear import LINEARS, Linear, Variant

MIB = 2**20
WEBGPU_BINDING = 128 * MIB
"""maxStorageBufferBindingSize that every WebGPU device grants (the specification's default limit)."""
ALIGNMENT = 32
"""The feed-forward's inner width is padded to a multiple: vec4 kernels, and whole blocks of MatMulNBits."""


@dataclass(frozen=True)
class Layout:
    patch: Linear
    attention: Linear
    feed_forward: Linear
    score_bytes: int
    """Attention scores that may stand in memory at once."""
    half_attention: bool = False
    """Products of attention in float16; softmax stays float32."""
    integer: bool = False
    """For the CPU provider in wasm, where arithmetic in int8 is four times as fast and scalar kernels are dear: forms
    in graphs_integer.py in the place of the plain ones, PEG as one grouped 3-D convolution (absent from WebGPU)."""


def choose_layout(variant: Variant) -> Layout:
    """q4 keeps patches and attention, a third of the weights, in 8 bits: their errors weigh more.

    fp16 keeps the patches in float32: WebGPU adds halves up in halves, and a patch has 4,000 of them.
    """
    linear = LINEARS["q8" if variant == "q4" else variant]
    patch = LINEARS["fp32"] if variant == "fp16" else linear
    score_bytes = (48 if variant == "int8" else 96) * MIB
    precision = {"half_attention": variant == "fp16", "integer": variant == "int8"}
    return Layout(patch, linear, LINEARS[variant], score_bytes, **precision)


def cut(total: int, most: int) -> list[int]:
    """Sizes of the fewest nearly equal pieces of at most `most`."""
    pieces = -(-total // max(1, most))
    return [int(size) for size in np.diff(np.linspace(0, total, pieces + 1).round())]
