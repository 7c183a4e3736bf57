"""The speech encoder as one ONNX graph, from samples to embedding and letters, with no STFT or DFT operator."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch

from voxct.speech.listener import Listener
from voxct.speech.model import SpeechEncoder

# Operators the browser's WebGPU provider runs or that only carry shapes; an export that needs another one is refused.
ALLOWED_OPERATORS = frozenset(
    "Add Cast Ceil Clip Concat Constant ConstantOfShape Conv Div Erf Exp Expand Floor Gather Gelu Gemm Identity "
    "LayerNormalization Log LogSoftmax MatMul Max Min Mul Neg Pow Range Reciprocal ReduceMax ReduceMean ReduceSum "
    "Reshape Shape Sigmoid Slice Softmax Split Sqrt Squeeze Sub Transpose Unsqueeze Where".split()
)


def export_speech(encoder: SpeechEncoder, file: Path) -> None:
    """Writes float32 ONNX (opset 18): audio [1, samples] -> embedding [1, d], log_probs [1, frames, letters]."""
    file.parent.mkdir(parents=True, exist_ok=True)
    example = torch.randn(1, 48_000) * 0.1
    torch.onnx.export(
        encoder.eval(),
        (example,),
        str(file),
        input_names=["audio"],
        output_names=["embedding", "log_probs"],
        dynamic_axes={"audio": {1: "samples"}, "log_probs": {1: "frames"}},
        opset_version=18,
        dynamo=False,
    )
    foreign = list_operators(file) - ALLOWED_OPERATORS
    if foreign:
        raise ValueError(f"{file}: operators without a WebGPU kernel: {sorted(foreign)}")


def list_operators(file: Path) -> set[str]:
    """Operator types of the graph."""
    return {node.op_type for node in onnx.load(str(file)).graph.node}


@torch.no_grad()
def measure_parity(encoder: SpeechEncoder, file: Path, clips: list[np.ndarray]) -> dict[str, float]:
    """Largest absolute differences between PyTorch and onnxruntime over the clips."""
    listener, worst = Listener(file), {"embedding": 0.0, "log_probs": 0.0}
    for clip in clips:
        embedding, log_probs = encoder(torch.from_numpy(clip)[None])
        other = listener.run(clip)
        worst["embedding"] = max(worst["embedding"], float(np.abs(embedding[0].numpy() - other[0]).max()))
        worst["log_probs"] = max(worst["log_probs"], float(np.abs(log_probs[0].numpy() - other[1]).max()))
    return worst
