"""Chunks of phantom volumes as `npx tsx phantom/cli.ts volumes` writes them, read through memory maps."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

INT8_DIVISOR = 127
FINDINGS = 18


@dataclass(frozen=True)
class Case:
    """A phantom's truth: labels 18 x 0|1, its report's sentences with states, the whole report."""

    seed: int
    labels: tuple[int, ...]
    sentences: tuple[tuple[str, dict[str, str]], ...]
    report: str


@dataclass(frozen=True)
class Chunk:
    """volumes int8 [n, *shape]; tokens uint8 [n, *grid, 18], the share of a token inside each mask times 255."""

    name: str
    volumes: NDArray[np.int8]
    tokens: NDArray[np.uint8]
    cases: tuple[Case, ...]

    @property
    def labels(self) -> NDArray[np.int64]:
        return np.array([case.labels for case in self.cases], dtype=np.int64)

    @property
    def seeds(self) -> list[int]:
        return [case.seed for case in self.cases]


def load_chunk(
    cases_path: Path, shape: tuple[int, int, int] = (72, 96, 96), grid: tuple[int, int, int] = (12, 12, 12)
) -> Chunk:
    """cases_path ends in .cases.jsonl; the two arrays lie beside it."""
    name = cases_path.name.removesuffix(".cases.jsonl")
    cases = tuple(parse_case(line) for line in cases_path.read_text(encoding="utf-8").splitlines() if line)
    n = len(cases)
    volumes = np.memmap(cases_path.with_name(f"{name}.volumes.i8"), np.int8, "r", shape=(n, *shape))
    tokens = np.memmap(cases_path.with_name(f"{name}.tokens.u8"), np.uint8, "r", shape=(n, *grid, FINDINGS))
    return Chunk(name, volumes, tokens, cases)


def parse_case(line: str) -> Case:
    row = json.loads(line)
    sentences = tuple((sentence["text"], sentence["states"]) for sentence in row["sentences"])
    return Case(row["seed"], tuple(row["labels"]), sentences, row["report"])


def list_chunks(folder: Path, split: str) -> list[Path]:
    """Finished chunks, in order of their first index: the cases file is written last."""
    return sorted(Path(folder).glob(f"{split}-*.cases.jsonl"))


def load_split(folder: Path, split: str) -> list[Chunk]:
    chunks = [load_chunk(path) for path in list_chunks(folder, split)]
    if not chunks:
        raise FileNotFoundError(f"no {split} chunks in {folder}: make them with the phantoms command")
    return chunks


def to_model_input(volumes: NDArray[np.int8]) -> NDArray[np.float32]:
    """int8 [n, *shape] -> float32 [n, 1, *shape] in [-1, 1]."""
    return (volumes.astype(np.float32) / INT8_DIVISOR)[:, None]
