"""The status tower as a pack's text encoder: a typed sentence -> what to search by, weights stored as float16."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from voxct.onnx_session import open_session
from voxct.text.status_tower import StatusTeacher, StatusTower

LEAST_ELEMENTS = 256
"""Smaller tensors (norms, biases) stay float32: they weigh nothing."""


class QueryGraph(nn.Module):
    """ids int64 [1, n], no padding -> embedding [1, d], unit, and statuses [18, 5], probabilities (statuses.py).

    Who searches for what may be there looks for it, and for what has gone looks for none: in the pack's mixture of
    prototypes doubt counts as present and the past as absent.
    """

    def __init__(self, tower: StatusTower) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        told = self.tower.call(ids).softmax(-1)
        shares = torch.stack([told[..., 1] + told[..., 3], told[..., 2] + told[..., 4]], -1)
        raw = shares.flatten(1) @ self.tower.prototypes + self.tower.nothing
        return raw / torch.sqrt(raw.square().sum(-1, keepdim=True) + 1e-12), told[0]


def write_query_graph(teacher: StatusTeacher, path: Path) -> None:
    """Opset 18."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        QueryGraph(teacher.tower).eval(),
        (torch.tensor([[1, 3, 4, 5, 6]]),),
        str(path),
        input_names=["ids"],
        output_names=["embedding", "statuses"],
        dynamic_axes={"ids": {1: "tokens"}},
        opset_version=18,
        dynamo=False,
    )
    path.write_bytes(store_as_halves(onnx.load(path)).SerializeToString())


def store_as_halves(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large float32 tensors become float16 behind a Cast, which runtimes fold when they open the graph."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < LEAST_ELEMENTS:
            continue
        stored = f"{tensor.name}.half"
        casts.append(helper.make_node("Cast", [stored], [tensor.name], to=TensorProto.FLOAT))
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), stored))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


@torch.no_grad()
def embed_queries(teacher: StatusTeacher, texts: list[str]) -> np.ndarray:
    """By PyTorch: float32 [n, d]."""
    graph = QueryGraph(teacher.tower).eval()
    rows = [teacher.tokenizer.encode(text, teacher.tower.config.max_length) for text in texts]
    return np.concatenate([graph(torch.tensor([row]))[0].numpy() for row in rows])


def least_cosine(teacher: StatusTeacher, path: Path, texts: list[str]) -> float:
    """Between PyTorch and the graph."""
    session = open_session(path)
    rows = (np.array([teacher.tokenizer.encode(text, teacher.tower.config.max_length)]) for text in texts)
    got = np.concatenate([session.run(["embedding"], {"ids": row})[0] for row in rows])
    return float((got * embed_queries(teacher, texts)).sum(1).min())
