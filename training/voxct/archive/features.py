"""What is kept of an archive's scans (voxct/library/features.py), opened for learning."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.library.patients import name_patient


class UnsuitableFeatures(ValueError):
    """Says what is wrong with the folder and what to do."""


@dataclass(frozen=True)
class ArchiveFeatures:
    """index: a line a case; means float32 [n, D]; tokens float16 [n, *grid, D] mapped from the file, where kept;
    embeddings float32 [n, dimension] by the pack's head with the sha256 `head`, where kept.
    """

    index: tuple[dict, ...]
    means: NDArray[np.float32]
    tokens: NDArray[np.float16] | None = None
    embeddings: NDArray[np.float32] | None = None
    head: str | None = None

    def __len__(self) -> int:
        return len(self.index)

    def select(self, rows: list[int]) -> ArchiveFeatures:
        """Tokens stay mapped where all rows are asked for."""
        whole = rows == list(range(len(self)))
        tokens = self.tokens if whole or self.tokens is None else self.tokens[rows]
        embeddings = None if self.embeddings is None else self.embeddings[rows]
        return replace(self, index=tuple(self.index[r] for r in rows), means=self.means[rows], tokens=tokens,
                       embeddings=embeddings)  # fmt: skip


def read_archive(folder: Path) -> ArchiveFeatures:
    """A folder that is still being filled may be read: the index counts. Raises UnsuitableFeatures."""
    index = read_index(folder / "index.jsonl")
    means = read_array(folder / "features.npy", len(index))
    if means is None:
        raise UnsuitableFeatures(f"{folder} holds no features.npy: run build_library with --features {folder}")
    if means.ndim != 2 or not np.isfinite(means).all():
        raise UnsuitableFeatures(f"{folder / 'features.npy'}: not finite numbers [n, D] but {means.shape}")
    tokens, embeddings = (read_array(folder / f"{name}.npy", len(index)) for name in ("tokens", "embeddings"))
    made = folder / "features.json"
    head = json.loads(made.read_text(encoding="utf-8"))["madeBy"].get("head") if made.is_file() else None
    return ArchiveFeatures(index, np.array(means, np.float32), tokens, embeddings, head)


def read_index(path: Path) -> tuple[dict, ...]:
    """Whole lines alone."""
    if not path.is_file():
        raise UnsuitableFeatures(f"{path} is missing: run scripts/build_library.py with --features {path.parent}")
    text = path.read_text(encoding="utf-8")
    try:
        lines = tuple(json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines())
    except json.JSONDecodeError as error:
        raise UnsuitableFeatures(f"{path}: line {error.lineno} is not JSON ({error.msg})") from error
    if not lines:
        raise UnsuitableFeatures(f"{path} names no case")
    return lines


def read_array(path: Path, count: int) -> NDArray | None:
    if not path.is_file():
        return None
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise UnsuitableFeatures(f"{path} can't be read ({error})") from error
    if len(array) < count:
        raise UnsuitableFeatures(f"{path} has {len(array)} rows, the index {count}: embed the archive again")
    return array[:count]


def list_patients(features: ArchiveFeatures, given: dict[str, str]) -> list[str]:
    """Of each case: as the table says, as the index says, as CT-RATE's name says, or the scan by itself."""
    return [find_patient(line, given.get(line["id"])) for line in features.index]


def find_patient(line: dict, given: str | None) -> str:
    named = name_patient(Path(line["file"]).name) if line.get("file") else name_patient(line["id"])
    return given or line.get("patient") or named or line.get("scan") or line["id"]
