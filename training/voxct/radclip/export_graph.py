"""RadCLIP tower -> ct-trunk.onnx and ct-head.onnx with the names and shapes of the CT-CLIP pack's graphs."""

from pathlib import Path

import torch

from voxct.ct.export_graph import export
from voxct.radclip.tower import PooledHead, RadClipImage


def export_trunk(tower: RadClipImage, path: Path) -> None:
    """`volume` f32[1,1,*shape] -> `tokens` f32[1,*grid,width], already weighted by the attention over slices."""
    volume = torch.zeros(1, 1, *tower.config.shape)
    export(tower.visual_transformer.eval(), (volume,), path, ["volume"], ["tokens"], None)


def export_head(tower: RadClipImage, path: Path) -> None:
    """`tokens`, `directions` f32[n,latent] -> `embedding` f32[1,latent], `heat` f32[n,*grid]; n is free."""
    head = PooledHead(tower.to_visual_latent.shared).eval()
    tokens = torch.randn(1, *tower.config.grid, tower.config.width)
    shapes = {"tokens": None, "directions": {0: torch.export.Dim("n", min=1, max=4096)}}
    inputs = (tokens, torch.randn(3, tower.config.latent))
    export(head, inputs, path, ["tokens", "directions"], ["embedding", "heat"], shapes)
