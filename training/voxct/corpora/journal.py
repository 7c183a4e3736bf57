"""What is embedded already, a line a file, so that a run that is stopped or killed goes on where it was."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Row:
    """embedding [dimension], or the reason why there is none. about: whatever the writer wants back. The trunk's mean
    [D] and tokens [*grid, D] go to a FeatureStore, not into the journal.
    """

    name: str
    embedding: NDArray[np.float32] | None = None
    refused: str | None = None
    about: dict = field(default_factory=dict)
    mean: NDArray[np.float32] | None = None
    tokens: NDArray[np.float16] | None = None


class OtherModel(ValueError):
    """The journal's embeddings were made by something else than is asked for now."""


class Journal:
    """JSON Lines: a header that says by what the embeddings were made, then rows. A line cut off by a crash, which can
    only be the last, is dropped.
    """

    def __init__(self, path: Path, made_by: dict) -> None:
        self.path, self.made_by = path, made_by
        self.file = None

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.drop_cut_line()
        is_new = not self.path.exists() or self.path.stat().st_size == 0
        self.file = self.path.open("a", encoding="utf-8")
        if is_new:
            self.write({"madeBy": self.made_by})
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.file.close()

    def drop_cut_line(self) -> None:
        """Touches nothing where the file ends with a whole line."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return
        with self.path.open("rb+") as file:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.seek(0)
                file.truncate(file.read().rfind(b"\n") + 1)

    def write(self, line: dict) -> None:
        self.file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.file.flush()

    def add(self, row: Row) -> None:
        line = {"name": row.name, **row.about}
        if row.embedding is not None:
            line["embedding"] = base64.b64encode(np.asarray(row.embedding, "<f4").tobytes()).decode()
        else:
            line["refused"] = row.refused
        self.write(line)

    def rows(self) -> Iterator[Row]:
        """In the order in which they were written; of one name the last counts (the caller's business)."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if not line.endswith("\n"):
                    return
                read = json.loads(line)
                if number == 0:
                    self.check(read.get("madeBy"))
                else:
                    yield to_row(read)

    def check(self, made_by: dict | None) -> None:
        if made_by != json.loads(json.dumps(self.made_by)):
            raise OtherModel(f"{self.path} holds embeddings of another model or input: delete it or name another file")


def to_row(read: dict) -> Row:
    coded, refused, name = read.pop("embedding", None), read.pop("refused", None), read.pop("name")
    embedding = None if coded is None else np.frombuffer(base64.b64decode(coded), "<f4")
    return Row(name, embedding, refused, read)
