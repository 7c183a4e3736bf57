"""Smaller variants of a float32 graph: int8 for wasm, 8- and 4-bit weights for WebGPU."""

from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

BLOCK = 32
"""Weights that share one scale: the usual one of onnxruntime's WebGPU kernels."""
PROVIDERS = {"fp32": ("webgpu", "wasm"), "int8": ("wasm",), "q8": ("webgpu",), "q4": ("webgpu",)}
LEAST_COSINE = {"fp32": 0.9999, "int8": 0.999, "q8": 0.999, "q4": 0.99}
"""Against PyTorch, of every probe; a variant below is not shipped."""


def make_variant(source: Path, target: Path, variant: str, operators: tuple[str, ...] = ("MatMul",)) -> None:
    """source: a float32 graph with its weights inside.

    operators (int8 alone; the others know MatMul only): a linear map of a 2-D tensor is a Gemm. Products of two
    activations stay in float32.
    """
    model = onnx.load(str(source))
    # The exporter's rewrites leave shapes behind that no longer fit; the quantisers stumble over them.
    del model.graph.value_info[:]
    if variant == "int8":
        quantize_dynamic(
            model, target, op_types_to_quantize=list(operators), per_channel=True, weight_type=QuantType.QInt8
        )
    elif variant in ("q8", "q4"):
        quantizer = MatMulNBitsQuantizer(model, bits=int(variant[1]), block_size=BLOCK, is_symmetric=True)
        quantizer.process()
        onnx.save(quantizer.model.model, str(target))
    else:
        raise ValueError(f"{variant}: no such variant; there are {', '.join(PROVIDERS)}")
