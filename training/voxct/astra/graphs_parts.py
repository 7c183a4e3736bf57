"""The trunk as a chain of graphs: a part is stem or bottlenecks, some tenth of the work, so that the caller can show
progress and stop between them. Between parts lies float32 [1, S, C, H, W]; the last one gives the tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Literal

import numpy as np

from voxct.astra.architecture import EXPANSION, STEM_KERNEL, Architecture
from voxct.astra.folding import FoldedTrunk
from voxct.astra.graphs_layers import Writer, add_bottleneck, add_stem, halved, pieces_of
from voxct.astra.graphs_rows import Budget, Pieces, join
from voxct.ctclip.graphs_builder import Graph
from voxct.ctclip.graphs_layout import WEBGPU_BINDING

Variant = Literal["fp32", "fp16"]
DTYPES: dict[Variant, type] = {"fp32": np.float32, "fp16": np.float16}
PIECE = 96 * 2**20
"""Bytes of a piece: below WebGPU's default binding, with room for the two rows that padding adds."""
SHARE = 0.09
"""Of the work that a part aims at: a twelfth to a tenth, but for stage 1, whose wide tensors leave no graph."""


@dataclass(frozen=True)
class Step:
    """A stem or bottleneck. after: (rows, plane) that it gives; work: multiplications."""

    name: str
    after: tuple[int, tuple[int, int, int]]
    work: int
    stage: int = -1
    index: int = 0


def list_steps(a: Architecture) -> list[Step]:
    depth, height, width = a.shape
    voxels = depth * halved(height) * halved(width)
    rows, plane = halved(depth), (a.width, halved(halved(height)), halved(halved(width)))
    steps = [Step("stem", (rows, plane), voxels * a.width * prod(STEM_KERNEL))]
    for stage, index in a.list_blocks():
        before, channels = rows * plane[1] * plane[2], plane[0]
        if index == 0 and stage > 0:
            rows, plane = halved(rows), (channels, halved(plane[1]), halved(plane[2]))
        planes, places = a.planes(stage), rows * plane[1] * plane[2]
        wide = planes * EXPANSION
        work = before * channels * planes + places * (27 * planes * planes + planes * wide)
        work += places * channels * wide if index == 0 else 0
        plane = (wide, *plane[1:])
        steps.append(Step(f"stage{stage + 1}.{index}", (rows, plane), work, stage, index))
    return steps


def group_steps(steps: list[Step], binding: int) -> list[list[Step]]:
    """Cut where the tensor is small enough to be handed over, once a part has its share of the work."""
    total, groups, open_group = sum(step.work for step in steps), [], []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        open_group.append(step)
        rows, plane = step.after
        small = rows * prod(plane) * 4 <= binding
        enough = sum(each.work for each in open_group) >= SHARE * total or step.name == "stem"
        if following is None or (small and enough):
            groups.append(open_group)
            open_group = []
    return groups


def export_parts(
    folded: FoldedTrunk, out: Path, variant: Variant, piece: int = PIECE, binding: int = WEBGPU_BINDING
) -> list[dict]:
    """Writes astra-<n>-<variant>.onnx into `out`; gives the parts as the manifest has them, with `work`."""
    steps = list_steps(folded.architecture)
    total = sum(step.work for step in steps)
    parts, before = [], None
    for number, group in enumerate(group_steps(steps, binding), start=1):
        path = out / f"astra-{number}-{variant}.onnx"
        part = save_part(folded, group, before, path, variant, piece)
        parts.append({**part, "work": round(sum(step.work for step in group) / total, 4)})
        before = group[-1].after
    return parts


def save_part(
    folded: FoldedTrunk,
    group: list[Step],
    before: tuple[int, tuple[int, int, int]] | None,
    path: Path,
    variant: Variant,
    piece: int,
) -> dict:
    dtype, architecture = DTYPES[variant], folded.architecture
    g = Graph(path.stem)
    w = Writer(g, Budget(piece, np.dtype(dtype).itemsize), dtype)
    if before is None:
        shape = architecture.shape
        inputs = {"volume": [1, 1, *shape]}
        x = add_stem(w, to_type(g, g.reshape("volume", shape[0], 1, *shape[1:]), dtype), shape, folded.stem)
        group = group[1:]
    else:
        rows, plane = before
        inputs = {"tokens_in": [1, rows, *plane]}
        x = pieces_of(w, to_type(g, g.reshape("tokens_in", rows, *plane), dtype), rows, plane)
    for step in group:
        x = add_bottleneck(w, x, step.name, folded.stages[step.stage][step.index])
    return finish(w, x, path, inputs, architecture)


def finish(w: Writer, x: Pieces, path: Path, inputs: dict, architecture: Architecture) -> dict:
    shape = [1, x.total, *x.plane]
    out = join(w.g, x)
    if x.plane[0] == architecture.dimension:
        out, shape = w.g.transpose(out, 0, 2, 3, 1), [1, *architecture.grid, architecture.dimension]
    tokens = w.g.reshape(out if w.dtype == np.float32 else w.g.cast(out, np.float32), *shape)
    return w.g.save(path, inputs, {"tokens": (tokens, shape)})


def to_type(g: Graph, x: str, dtype: type) -> str:
    return x if dtype == np.float32 else g.cast(x, dtype)
