"""A tensor [S, C, H, W] cut along S into pieces that each fit a storage buffer, and what reads across the cuts.

S stands in the place of the batch, so that every convolution is one of planes: WebGPU has quick kernels for those and a
naive one for three axes. Only the 3×3×3 convolution and the pool look at neighbours along S; they ask for rows by
number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voxct.ctclip.graphs_builder import Graph
from voxct.ctclip.graphs_layout import cut


@dataclass(frozen=True)
class Pieces:
    """names: tensors [rows[n], *plane] that follow one another along S; plane: channels, height, width."""

    names: tuple[str, ...]
    rows: tuple[int, ...]
    plane: tuple[int, int, int]

    @property
    def total(self) -> int:
        return sum(self.rows)

    def starts(self) -> list[int]:
        return [sum(self.rows[:n]) for n in range(len(self.rows))]


@dataclass(frozen=True)
class Budget:
    """bytes: of one tensor; item: bytes of a number."""

    bytes: int
    item: int

    def cut_rows(self, total: int, plane: tuple[int, int, int]) -> list[int]:
        """Sizes of the fewest pieces of [total, *plane] that fit."""
        most = self.bytes // (int(np.prod(plane)) * self.item)
        if most < 1:
            raise ValueError(f"one plane of {plane} has more than {self.bytes} bytes")
        return cut(total, most)

    def fits(self, total: int, plane: tuple[int, int, int]) -> bool:
        return total * int(np.prod(plane)) * self.item <= self.bytes


def join(g: Graph, pieces: Pieces) -> str:
    return g.concat(list(pieces.names))


def split_rows(g: Graph, x: str, rows: list[int], plane: tuple[int, int, int]) -> Pieces:
    return Pieces(tuple(g.split(x, rows)), tuple(rows), plane)


def take_rows(g: Graph, x: str, total: int, first: int, count: int, step: int = 1) -> str:
    """Rows first, first + step, … of x [total, C, H, W]; a row before 0 or from `total` on is zeros."""
    wanted = [first + n * step for n in range(count)]
    inside = [row for row in wanted if 0 <= row < total]
    before, after = sum(row < 0 for row in wanted), sum(row >= total for row in wanted)
    if not before and not after and inside == list(range(total)):
        return x
    if not inside:
        nothing = take_rows(g, x, total, 0, 1)
        return g.concat([g.run("Sub", nothing, nothing)] * count)
    end = inside[-1] + 1
    kept = g.run("Slice", x, g.integers(inside[0]), g.integers(end), g.integers(0), g.integers(step))
    if not before and not after:
        return kept
    return g.run("Pad", kept, g.integers(before, 0, 0, 0, after, 0, 0, 0))


def stack_neighbours(g: Graph, x: str, total: int, first: int, count: int, step: int) -> str:
    """[count, 3·C, H, W]: for each of `count` rows the rows before, at and after it, as channels."""
    around = [take_rows(g, x, total, first + offset, count, step) for offset in (-1, 0, 1)]
    return g.concat(around, axis=1)


def recut(g: Graph, x: Pieces, rows: list[int]) -> Pieces:
    """Other cuts without the whole in between: each piece is joined from parts of the old ones."""
    if list(x.rows) == rows:
        return x
    names, at = [], 0
    for count in rows:
        parts = []
        for name, start, length in zip(x.names, x.starts(), x.rows, strict=True):
            low, high = max(at, start), min(at + count, start + length)
            if low < high:
                parts.append(take_rows(g, name, length, low - start, high - low))
        names.append(g.concat(parts))
        at += count
    return Pieces(tuple(names), tuple(rows), x.plane)


def stride_rows(g: Graph, pieces: Pieces, step: int) -> Pieces:
    """Every `step`-th row of the whole, counted over the cuts."""
    if step == 1:
        return pieces
    names, rows = [], []
    for name, start, count in zip(pieces.names, pieces.starts(), pieces.rows, strict=True):
        first = -start % step
        kept = -(-(count - first) // step)
        if kept > 0:
            names.append(take_rows(g, name, count, first, kept, step))
            rows.append(kept)
    return Pieces(tuple(names), tuple(rows), pieces.plane)
