"""int8 graphs for wasm: weights of MatMul and Gemm to 8 bits, activations on the fly."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from voxct.ct.session import CtSession
from voxct.ct.validation import to_prompt_margins
from voxct.data.chunks import Chunk, to_model_input
from voxct.metrics import mean_auroc
from voxct.onnx_session import open_session

OPERATORS = ["MatMul", "Gemm"]


def quantize_graph(source: Path, target: Path) -> None:
    """Signed weights, one scale a column: half the error of one scale a matrix."""
    quantize_dynamic(source, target, op_types_to_quantize=OPERATORS, per_channel=True, weight_type=QuantType.QInt8)


@dataclass(frozen=True)
class Compared:
    """fp32 against a changed graph on the same cases."""

    n: int
    lowest_cosine: float
    mean_cosine: float
    auroc: float
    auroc_changed: float
    lowest_heat_cosine: float
    """Over cases and findings: the maps point the same way."""


def compare_graphs(plain: CtSession, changed: CtSession, chunks: list[Chunk], prompts: NDArray, count: int) -> Compared:
    """prompts [18, 2, d]; the first `count` cases."""
    directions = (prompts[:, 0] - prompts[:, 1]).astype(np.float32)
    labels = np.concatenate([chunk.labels for chunk in chunks])[:count]
    rows = [(chunk, row) for chunk in chunks for row in range(len(chunk.cases))][:count]
    found: dict[str, list] = {"plain": [], "changed": [], "heat": []}
    for chunk, row in rows:
        volume = to_model_input(np.asarray(chunk.volumes[row : row + 1]))
        (one, heat), (other, other_heat) = (s.look(s.encode(volume), directions) for s in (plain, changed))
        found["plain"].append(one[0])
        found["changed"].append(other[0])
        found["heat"].append(cosine(heat.reshape(18, -1), other_heat.reshape(18, -1)).min())
    one, other = np.stack(found["plain"]), np.stack(found["changed"])
    cosines = cosine(one, other)
    return Compared(
        n=len(rows),
        lowest_cosine=float(cosines.min()),
        mean_cosine=float(cosines.mean()),
        auroc=mean_auroc(labels, to_prompt_margins(one, prompts)),
        auroc_changed=mean_auroc(labels, to_prompt_margins(other, prompts)),
        lowest_heat_cosine=float(np.min(found["heat"])),
    )


def cosine(a: NDArray, b: NDArray) -> NDArray[np.float64]:
    return (a * b).sum(-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1) + 1e-12)


class MixedSession(CtSession):
    """Any trunk with any head."""

    def __init__(self, trunk: Path, head: Path) -> None:
        self.trunk, self.head = open_session(trunk), open_session(head)
