"""What an archive's scans look like to the trunk, kept beside its library: voxct/archive learns on it.

features.npy     float32 [n, D]: the mean over a scan's tokens
embeddings.npy   float32 [n, dimension]: what the pack's head makes of them, unit
tokens.npy       float16 [n, *grid, D], where asked for (2 MB a scan of 10 x 7 x 7 x 2,048)
index.jsonl      a line a case in the same order: id, file, scan, stamp, and what a library says of it
features.json    the pack's trunk, head and input that made them
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from voxct.corpora.cache import write_atomically
from voxct.corpora.journal import OtherModel, Row
from voxct.library.archive import Case
from voxct.library.publish import to_library_case

Published = tuple[list[dict], dict[str, NDArray]]


def to_mean(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """[1, *grid, D] -> [D]."""
    return tokens[0].reshape(-1, tokens.shape[-1]).mean(0, dtype=np.float64).astype(np.float32)


class FeatureStore:
    """A file a scan in `parts` while a run lasts; `publish` joins them in the order of the cases."""

    def __init__(self, folder: Path, made_by: dict, keep_tokens: bool = False) -> None:
        self.folder, self.keep_tokens = folder, keep_tokens
        self.about = {"madeBy": json.loads(json.dumps(made_by))}
        self.arrays = ("features", "embeddings", *(["tokens"] if keep_tokens else []))
        self.parts = folder / "parts"
        self.parts.mkdir(parents=True, exist_ok=True)
        self.agree()
        self.index, self.published = self.read_published()
        self.rows = {(line["id"], line.get("stamp")): row for row, line in enumerate(self.index)}

    def agree(self) -> None:
        path = self.folder / "features.json"
        if path.exists() and json.loads(path.read_text(encoding="utf-8"))["madeBy"] != self.about["madeBy"]:
            raise OtherModel(f"{self.folder} holds features of another model or input: name another folder")
        write_atomically(path, (json.dumps(self.about, indent=1) + "\n").encode())

    def read_published(self) -> Published:
        """Nothing where an array that is asked for is missing, or a run ended between two files."""
        paths = [self.folder / f"{name}.npy" for name in self.arrays]
        index = self.folder / "index.jsonl"
        if not all(path.exists() for path in (*paths, index)):
            return [], {}
        lines = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines() if line]
        arrays = {path.stem: np.load(path, mmap_mode="r", allow_pickle=False) for path in paths}
        return (lines, arrays) if all(len(array) == len(lines) for array in arrays.values()) else ([], {})

    def part(self, name: str, stamp: str | None) -> Path:
        return self.parts / f"{hashlib.sha256(f'{name} {stamp}'.encode()).hexdigest()[:32]}.npz"

    def has(self, case: Case) -> bool:
        return (case.id, case.stamp) in self.rows or self.read_part(case) is not None

    def keep(self, row: Row) -> None:
        """Before the journal says that the case is done. Refused rows have no features."""
        if row.mean is None:
            return
        path = self.part(row.name, row.about.get("stamp"))
        temporary = path.with_suffix(".tmp.npz")
        arrays = {"features": row.mean, "embeddings": row.embedding}
        np.savez(temporary, **arrays, **({"tokens": row.tokens} if self.keep_tokens else {}))
        temporary.replace(path)

    def read_part(self, case: Case) -> dict[str, NDArray] | None:
        path = self.part(case.id, case.stamp)
        if not path.exists():
            return None
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in self.arrays} if set(self.arrays) <= set(stored.files) else None

    def read(self, case: Case) -> dict[str, NDArray]:
        row = self.rows.get((case.id, case.stamp))
        found = self.read_part(case) if row is None else {name: self.published[name][row] for name in self.arrays}
        assert found is not None, f"{case.id} has no features"
        return found

    def publish(self, root: Path, cases: list[Case], details: Mapping[str, dict]) -> None:
        """Writes the arrays and the index, each whole or not at all, and lets the parts go. details: by case id."""
        first = self.read(cases[0])
        self.parts.mkdir(exist_ok=True)
        for name in self.arrays:
            kind = np.float16 if name == "tokens" else np.float32
            path = self.folder / f"{name}.npy.tmp"
            joined = open_memmap(path, "w+", kind, (len(cases), *first[name].shape))
            for row, case in enumerate(cases):
                joined[row] = self.read(case)[name]
            joined.flush()
        self.published = {}
        (self.folder / "index.jsonl").unlink(missing_ok=True)  # never beside arrays that it does not describe
        for name in self.arrays:
            (self.folder / f"{name}.npy.tmp").replace(self.folder / f"{name}.npy")
        lines = [json.dumps(line, ensure_ascii=False) for line in describe_cases(root, cases, details)]
        write_atomically(self.folder / "index.jsonl", "".join(f"{line}\n" for line in lines).encode())
        if not self.keep_tokens:
            (self.folder / "tokens.npy").unlink(missing_ok=True)
        shutil.rmtree(self.parts)


def describe_cases(root: Path, cases: list[Case], details: Mapping[str, dict]) -> list[dict]:
    return [
        {**to_library_case(root, case), **details.get(case.id, {}), "file": case.path.relative_to(root).as_posix(),
         "stamp": case.stamp}
        for case in cases
    ]  # fmt: skip
