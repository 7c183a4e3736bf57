"""CT tower -> two ONNX graphs, opset 18, of operators that the WebGPU provider runs (no grouped Conv3d, no CPB)."""

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from voxct.ct.ctclip import CtClipImage, CtHead
from voxct.ct.ctvit import CtVit

OPSET = 18
REFUSED_OPERATORS = frozenset(
    {"STFT", "DFT", "NonZero", "Mod", "MatMulInteger", "ConvInteger", "Sign", "Round", "OneHot", "Or", "Xor", "Loop",
     "If", "ConvTranspose", "GatherND", "ScatterND", "RandomNormal"}
)  # fmt: skip
"""Operators without a WebGPU kernel in onnxruntime-web 1.30, or that raise there."""


class Trunk(nn.Module):
    """CtVit with the position bias folded to a constant."""

    def __init__(self, vit: CtVit) -> None:
        super().__init__()
        self.vit = vit
        self.register_buffer("bias", vit.spatial_rel_pos_bias().detach())

    def forward(self, volume: Tensor) -> Tensor:
        return self.vit.encode(volume, self.bias)[1]


def export_trunk(tower: CtClipImage, path: Path) -> None:
    """`volume` f32[1,1,*shape] -> `tokens` f32[1,*grid,width]."""
    volume = torch.zeros(1, 1, *tower.config.shape)
    export(Trunk(tower.visual_transformer).eval(), (volume,), path, ["volume"], ["tokens"], None)


def export_head(tower: CtClipImage, path: Path) -> None:
    """`tokens`, `directions` f32[n,latent] -> `embedding` f32[1,latent], `heat` f32[n,*grid]; n is free."""
    head = CtHead(tower.to_visual_latent.fold()).eval()
    tokens = torch.randn(1, *tower.config.grid, tower.config.width)
    shapes = {"tokens": None, "directions": {0: torch.export.Dim("n", min=1, max=4096)}}
    directions = torch.randn(3, tower.config.latent)
    export(head, (tokens, directions), path, ["tokens", "directions"], ["embedding", "heat"], shapes)


def export(
    module: nn.Module, inputs: tuple, path: Path, input_names: list[str], output_names: list[str], shapes: dict | None
) -> None:
    torch.onnx.export(
        module,
        inputs,
        str(path),
        input_names=input_names,
        output_names=output_names,
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
        dynamic_shapes=shapes,
        verbose=False,
    )
    check_operators(path)


def check_operators(path: Path) -> None:
    """Refuses a graph that would fail, or fall back to the CPU, on WebGPU."""
    model = onnx.load(str(path))
    assert model.opset_import[0].version == OPSET, f"opset {model.opset_import[0].version}"
    for node in model.graph.node:
        if node.op_type in REFUSED_OPERATORS:
            raise ValueError(f"{path.name}: {node.op_type} ({node.name}) has no WebGPU kernel")
        kernel = [a.ints for a in node.attribute if a.name == "kernel_shape"]
        if node.op_type == "Conv" and kernel and len(kernel[0]) == 3:
            raise ValueError(f"{path.name}: a 3-D convolution ({node.name})")


def list_operators(path: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    for node in onnx.load(str(path), load_external_data=False).graph.node:
        counts[node.op_type] = counts.get(node.op_type, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))
