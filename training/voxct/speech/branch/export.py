"""The branch as a graph behind the encoder's, in float32 and int8."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.onnx_session import open_session
from voxct.speech.branch.features import POSITIONS_A_FRAME, TAPS
from voxct.speech.branch.model import SpeechBranch
from voxct.speech.quantization import quantize_speech

KEPT_FLOAT = ("/enter/", "/reader/")
"""The states that come in have outliers, and the reader makes what is compared."""


class BranchGraph(nn.Module):
    """after_4, states f32 [positions, 512] of the encoder graph, those of the speech alone, an even number ->
    embedding [1, d], unit, statuses [18, 5] as probabilities.
    """

    def __init__(self, branch: SpeechBranch) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, *taps: Tensor) -> tuple[Tensor, Tensor]:
        positions = torch.cat(taps, -1)[None]
        frames = F.avg_pool1d(positions.transpose(1, 2), POSITIONS_A_FRAME).transpose(1, 2)
        embedding, told = self.branch(frames, torch.ones_like(frames[..., :1]))
        return embedding, told[0].exp()


def write_branch(branch: SpeechBranch, folder: Path) -> None:
    """Writes branch.onnx (opset 18) and branch-int8.onnx, which keeps the first and the last maps in float32."""
    folder.mkdir(parents=True, exist_ok=True)
    export_graph(branch, folder / "branch.onnx")
    quantize_speech(folder / "branch.onnx", folder / "branch-int8.onnx", KEPT_FLOAT)


def export_graph(branch: SpeechBranch, file: Path) -> None:
    example = tuple(torch.randn(120, branch.config.states) for _ in TAPS)
    torch.onnx.export(
        BranchGraph(branch).eval(),
        example,
        str(file),
        input_names=list(TAPS),
        output_names=["embedding", "statuses"],
        dynamic_axes={tap: {0: "positions"} for tap in TAPS},
        opset_version=18,
        dynamo=False,
    )


@torch.no_grad()
def compare_branch(branch: SpeechBranch, file: Path, clips: list[np.ndarray]) -> dict[str, float]:
    """clips: float32 [positions, taps * states], an even number of positions. Against PyTorch: the least cosine of the
    embedding, the share of statuses (argmax) that are the same.
    """
    session = open_session(file)
    graph = BranchGraph(branch).eval()
    cosine, same = 1.0, []
    for clip in clips:
        taps = np.split(clip, len(TAPS), -1)
        own, told = graph(*map(torch.from_numpy, taps))
        other, statuses = session.run(None, dict(zip(TAPS, taps, strict=True)))
        cosine = min(cosine, float(other[0] @ own[0].numpy()))
        same.append((statuses.argmax(-1) == told.argmax(-1).numpy()).mean())
    return {"leastCosine": cosine, "sameStatuses": float(np.mean(same))}
