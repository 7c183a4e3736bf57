"""Where a gateway finds cases: the library of a pack in memory, or one that lies elsewhere (milvus_store.py)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voxct.library.encoder import read_manifest
from voxct.library.graphs_hash import hash_graphs
from voxct.pack.rules import locate


@dataclass(frozen=True)
class Hit:
    """case: a row of the library; embedding float32 [dimension]; score: its cosine with the query."""

    place: int
    score: float
    case: dict
    embedding: NDArray[np.float32]


class StoreAway(RuntimeError):
    """The store does not answer."""


class CaseStore(Protocol):
    """Cases by their places 0 … size - 1, with unit embeddings of one encoder."""

    encoder: str
    dimension: int
    size: int

    def search(self, queries: NDArray[np.float32], count: int) -> list[list[Hit]]:
        """Of each query [n, dimension] the nearest, best first. Raises StoreAway."""

    def fetch(self, places: list[int]) -> list[Hit]:
        """In the order of the places, with score 0. Raises StoreAway."""


def read_library(pack: Path) -> tuple[dict, list[dict], NDArray[np.float32]]:
    """Manifest, cases and embeddings [cases, dimension]. ValueError where the pack has no case."""
    manifest = read_manifest(pack)
    library = manifest["library"]
    if "embeddings" not in library:
        raise ValueError(f"{pack / 'manifest.json'} has an empty library: scripts/build_library.py fills it")
    cases = library["cases"]
    if "table" in library:
        lines = locate(library["table"], pack).read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines if line]
    path = locate(library["embeddings"], pack)
    vectors = np.fromfile(path, "<f4").reshape(-1, manifest["embedding"]["dimension"])
    if len(vectors) != len(cases):
        raise ValueError(f"{path} has {len(vectors)} embeddings, the library {len(cases)} cases")
    return manifest, cases, vectors


class PackStore:
    """A pack's library in memory, searched exactly."""

    def __init__(self, pack: Path) -> None:
        manifest, self.cases, self.vectors = read_library(pack)
        self.encoder = hash_graphs(manifest)
        self.size, self.dimension = self.vectors.shape

    def search(self, queries: NDArray[np.float32], count: int) -> list[list[Hit]]:
        return [self.rank(row, count) for row in queries @ self.vectors.T]

    def rank(self, scores: NDArray[np.float32], count: int) -> list[Hit]:
        best = np.argsort(-scores, kind="stable")[:count]
        return [Hit(int(n), float(scores[n]), self.cases[n], self.vectors[n]) for n in best]

    def fetch(self, places: list[int]) -> list[Hit]:
        return [Hit(n, 0.0, self.cases[n], self.vectors[n]) for n in places]
