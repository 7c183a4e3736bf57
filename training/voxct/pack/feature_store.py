"""What an encoder made of cases, kept in one folder: heads, alignments and guards need no second look.

features.npy  float32 [n, D]             mean token of each case
tokens.npy    float16 [n, S, R, A, D]    all tokens, where they are kept
index.jsonl   a line a case, in the same order: id, file or seed, whatever is known of it
model.json    which encoder and preprocessing made them

Rows are appended; the line of the index comes last and counts, so that a run which was stopped goes on where it was,
and a reader beside a running writer sees whole cases alone.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray


class OtherEncoder(ValueError):
    """The folder holds what another encoder made."""


class FeatureStore:
    """model: what must be the same for features to be comparable, such as the trunk's sha256 and the input rules."""

    def __init__(self, folder: Path, model: dict, keep_tokens: bool = True) -> None:
        self.folder, self.keep_tokens = Path(folder), keep_tokens
        self.folder.mkdir(parents=True, exist_ok=True)
        self._check_model(model)
        self.ids = {line["id"] for line in read_index(self.folder)}
        self._cut_half_line()
        for name in ("features.npy", "tokens.npy"):
            cut_rows(self.folder / name, len(self.ids))

    def _check_model(self, model: dict) -> None:
        path = self.folder / "model.json"
        if not path.exists():
            path.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
        elif json.loads(path.read_text(encoding="utf-8")) != model:
            raise OtherEncoder(f"{self.folder} holds features of another encoder: choose another folder")

    def _cut_half_line(self) -> None:
        path = self.folder / "index.jsonl"
        if path.exists():
            written = path.read_bytes()
            if not written.endswith(b"\n"):
                path.write_bytes(written[: written.rfind(b"\n") + 1])

    def add(self, line: dict, tokens: NDArray[np.float32]) -> None:
        """line: of the index, with `id`; tokens [S, R, A, D]."""
        assert line["id"] not in self.ids
        append_row(self.folder / "features.npy", tokens.mean((0, 1, 2), dtype=np.float64).astype(np.float32))
        if self.keep_tokens:
            append_row(self.folder / "tokens.npy", tokens.astype(np.float16))
        with (self.folder / "index.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.ids.add(line["id"])


def read_index(folder: Path) -> list[dict]:
    """Whole lines alone: the last one may be half written."""
    path = Path(folder) / "index.jsonl"
    written = path.read_bytes() if path.exists() else b""
    return [json.loads(line) for line in written[: written.rfind(b"\n") + 1].split(b"\n") if line]


def read_features(folder: Path) -> tuple[NDArray[np.float32], list[dict]]:
    """Mean tokens [n, D] and the index of as many; a folder that a writer is filling may be read at any time."""
    index = read_index(folder)
    if not index:
        raise FileNotFoundError(f"{folder} holds no features")
    return read_rows(Path(folder) / "features.npy", len(index)), index


def read_tokens(folder: Path, count: int) -> NDArray[np.float16]:
    """[count, S, R, A, D], mapped from the file."""
    return read_rows(Path(folder) / "tokens.npy", count, mapped=True)


def read_rows(path: Path, count: int, mapped: bool = False) -> NDArray:
    """The first `count` rows, whatever the header says: a writer may be between the rows and the header."""
    with path.open("rb") as file:
        shape, dtype = read_header(file)
        offset = file.tell()
    wanted = (count, *shape[1:])
    rows = np.memmap(path, dtype, "r", offset, wanted)
    return rows if mapped else np.array(rows)


def read_header(file) -> tuple[tuple[int, ...], np.dtype]:
    version = npy.read_magic(file)
    shape, fortran, dtype = npy.read_array_header_1_0(file) if version == (1, 0) else npy.read_array_header_2_0(file)
    assert not fortran
    return shape, dtype


def append_row(path: Path, row: NDArray) -> None:
    """numpy leaves room in the header for a longer first axis (numpy.lib.format, GROWTH_AXIS_MAX_DIGITS)."""
    if not path.exists():
        np.save(path, row[None])
        return
    with path.open("r+b") as file:
        shape, dtype = read_header(file)
        assert row.shape == shape[1:] and row.dtype == dtype
        file.seek(0, 2)
        file.write(np.ascontiguousarray(row).tobytes())
        write_count(file, shape[0] + 1, shape, dtype)


def cut_rows(path: Path, count: int) -> None:
    """Rows beyond `count` were written, their line of the index was not."""
    if not path.exists():
        return
    if count == 0:
        path.unlink()
        return
    with path.open("r+b") as file:
        shape, dtype = read_header(file)
        row = int(np.prod(shape[1:])) * dtype.itemsize
        file.truncate(file.tell() + count * row)
        write_count(file, count, shape, dtype)


def write_count(file, count: int, shape: tuple[int, ...], dtype: np.dtype) -> None:
    file.seek(0)
    before = read_header(file) and file.tell()
    file.seek(0)
    described = {"descr": npy.dtype_to_descr(dtype), "fortran_order": False, "shape": (count, *shape[1:])}
    npy.write_array_header_1_0(file, described)
    assert file.tell() == before
