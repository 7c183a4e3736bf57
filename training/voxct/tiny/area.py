"""A tiny pack of Astra's kind: an area resize of the foreground, a 3-D ResNet in parts, a linear head, no finding.

Random weights; the library is six phantoms, whose embeddings PyTorch and numpy give, not the graphs. A scan of one of
them is therefore nearest to itself wherever preprocessing, trunk and head do what they do here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.astra.architecture import Architecture
from voxct.astra.folding import FoldedTrunk, fold_trunk
from voxct.astra.graphs_parts import export_parts
from voxct.astra.random_state import draw_state
from voxct.astra.trunk import AstraTrunk
from voxct.corpora.area_input import area_spec
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.volumes import HuVolume
from voxct.pack.linear_head import LinearHead, write_linear_head
from voxct.tiny.pack import save_raw, to_numbers

ARCHITECTURE = Architecture(blocks=(1, 1), width=4, shape=(20, 32, 32))
"""Tokens of 32 numbers on a grid of 5 × 4 × 4."""
DIMENSION = 4
REPEAT = 2
PROVIDERS = ("webgpu", "wasm")
SPEC = area_spec(ARCHITECTURE.shape)
PIECE = 16 * 2**10
"""Bytes: small enough that the tiny tensors are cut, too."""


@dataclass(frozen=True)
class Scan:
    seed: int
    volume: HuVolume


def write_area_pack(folder: Path, scans: list[Scan]) -> dict:
    """Writes every file of the pack and returns its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    folded = fold_trunk(draw_state(ARCHITECTURE, seed=3), ARCHITECTURE)
    trunk = AstraTrunk(folded)
    tokens = [encode(trunk, prepare_input(scan.volume, SPEC)) for scan in scans]
    head = fit_head(np.stack([one.reshape(-1, one.shape[-1]).mean(0) for one in tokens]))
    embeddings = np.stack([embed(head, one) for one in tokens])
    stored = np.random.default_rng(4).integers(0, 128, [n // REPEAT for n in ARCHITECTURE.shape], dtype=np.int8)
    probe = stored.repeat(REPEAT, 0).repeat(REPEAT, 1).repeat(REPEAT, 2) / np.float32(127)
    given = {"kind": "int8-file", **save_raw(folder / "ct-parity.i8", stored), "shape": list(stored.shape)}
    return {
        **identify(),
        "embedding": {"dimension": DIMENSION, "logitScale": 1},
        "ct": {
            "input": SPEC,
            "tokenGrid": list(ARCHITECTURE.grid),
            "tokenDimension": ARCHITECTURE.dimension,
            "trunk": [write_trunk(folder, folded)],
            "head": [write_linear_head(folder / "head.onnx", head, ARCHITECTURE.grid, PROVIDERS)],
            "parity": {
                "input": {**given, "divisor": 127, "repeat": [REPEAT] * 3},
                "expected": to_numbers(embed(head, encode(trunk, probe))),
                "minCosine": 0.9999,
            },
        },
        "findings": [],
        "library": {
            "embeddings": save_raw(folder / "library.f32", embeddings.astype("<f4")),
            "labelProvenance": "none",
            "cases": [describe(scan) for scan in scans],
        },
        "evaluation": [],
    }


def identify() -> dict:
    return {
        "schema": "voxct-pack/1",
        "id": "tiny-area",
        "version": "1",
        "title": "Tiny pack without findings",
        "description": "Random weights with the shapes of a real encoder's pack, for tests.",
        "trainedOn": "nothing",
        "licence": "MIT",
        "citations": [],
        "intendedUse": "Tests of the software. Its likeness means nothing.",
        "clinical": False,
    }


def describe(scan: Scan) -> dict:
    return {
        "id": f"scan-{scan.seed}",
        "title": f"Phantom {scan.seed}",
        "open": {"kind": "phantom", "seed": scan.seed},
    }


def encode(trunk: AstraTrunk, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Input [S, R, A] → tokens [*grid, D]."""
    return trunk(torch.from_numpy(np.ascontiguousarray(values, np.float32))[None, None])[0].numpy()


def embed(head: LinearHead, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    return head.embed(tokens.reshape(-1, tokens.shape[-1]).mean(0))


def fit_head(means: NDArray[np.float32]) -> LinearHead:
    """The scans' principal axes, each to unit variance: random features differ most in their brightness alone."""
    centre = means.mean(0)
    _, spread, axes = np.linalg.svd((means - centre).astype(np.float64), full_matrices=False)
    return LinearHead((axes[:DIMENSION] / spread[:DIMENSION, None]).astype(np.float32), centre.astype(np.float32))


def write_trunk(folder: Path, folded: FoldedTrunk) -> dict:
    """The graphs of the real encoder's pack: one after the other, each in pieces of rows."""
    parts = export_parts(folded, folder, "fp32", piece=PIECE)
    return {**parts[0], "variant": "fp32", "providers": list(PROVIDERS), "next": parts[1:]}
