"""The first and the last part of the trunk: patch embedding and vector quantisation, both a slab (one plane of tokens)
at a time, so that neither the patches nor the scores against the codebook ever stand whole in memory."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.ct.ctvit import CtVit
from voxct.ctclip.graphs_builder import Graph, Stored, store
from voxct.ctclip.graphs_integer import search_twice
from voxct.ctclip.graphs_layers import add_norm, to_array
from voxct.ctclip.graphs_layout import Layout

EMBEDDED = 4 * 2**20
"""Bytes from which a codebook table lies in a file of its own, shared by the variants."""


def add_patches(g: Graph, volume: str, vit: CtVit, layout: Layout) -> str:
    """volume [1, 1, patch depth, height, columns] -> tokens [1, H, W, width].

    A patch's features stand in the order (depth, height, column), as in CTViT's Rearrange.
    """
    (_, h, w), (depth, height, column) = vit.config.grid, vit.config.patch
    _, patch_norm, project, norm = vit.to_patch_emb
    cells = g.transpose(g.reshape(volume, depth, h, height, w, column), 1, 3, 0, 2, 4)
    x = g.reshape(cells, h * w, vit.config.patch_voxels)
    gamma, beta = to_array(patch_norm.weight), to_array(patch_norm.bias)
    weight, bias = to_array(project.weight), to_array(project.bias)
    # Scale and shift of the norm go into the layer: rows of unit deviation are what is quantised.
    x = add_norm(g, x, "patch_norm", torch.ones_like(patch_norm.weight), torch.zeros_like(patch_norm.bias), layout)
    x = layout.patch.apply(g, layout.patch.prepare(g, x), "patch", weight * gamma)
    x = g.run("Add", x, g.constant("patch.bias", bias + weight @ beta))
    x = add_norm(g, x, "token_norm", norm.weight, norm.bias, layout)
    return g.reshape(x, 1, h, w, vit.config.width)


@dataclass(frozen=True)
class Codebook:
    """The search goes by cosine, the result is the row as stored."""

    unit: NDArray[np.float32] | Stored
    """Rows of length 1 [codes, width], in a file of their own where they are large."""
    length: NDArray[np.float32]
    """Of the stored rows [codes, 1]."""
    plain: NDArray[np.float32]
    """The unit rows in memory."""


def store_codebook(rows: NDArray[np.float32], out: Path) -> Codebook:
    length = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32)
    unit = (rows / np.maximum(length, 1e-12)).astype(np.float32)
    return Codebook(store(out / "ct-codebook.f32", unit) if unit.nbytes >= EMBEDDED else unit, length, unit)


def add_search(g: Graph, tokens: str, codebook: Codebook, layout: Layout) -> str:
    """tokens [1, H, W, width] -> the nearest codes, same shape. A token's own length does not move the argmax."""
    width = codebook.plain.shape[1]
    x = g.reshape(tokens, -1, width)
    rows = g.constant("codebook", codebook.unit)
    if layout.integer:
        codes = search_twice(g, x, rows, codebook.plain)
    else:
        codes = g.run("ArgMax", g.run("Gemm", x, rows, transB=1), axis=-1, keepdims=0)
    lengths = g.run("Gather", g.constant("code_length", codebook.length), codes)
    return g.run("Mul", g.run("Gather", rows, codes), lengths)
