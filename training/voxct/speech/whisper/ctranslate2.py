"""Reads the tensors of a CTranslate2 model file (format 6; CTranslate2's python/ctranslate2/specs/model_spec.py).

Little-endian: u32 version; string spec; u32 revision; u32 count; then a variable after the other: string name, u8 rank,
u32 dimensions, u8 type, u32 bytes, data; u32 count of aliases, two strings each. A string is a u16 length, final zero
byte included, and its bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

VERSION = 6
SPEC, REVISION = "WhisperSpec", 3
TYPES = ("<f4", "i1", "<i2", "<i4", "<f2")


class Cursor:
    """Reads one value after the other; ValueError where the file ends too early."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, count: int) -> bytes:
        piece = self.content[self.at : self.at + count]
        if len(piece) != count:
            raise ValueError(f"ends at byte {len(self.content)}, within a value of {count} bytes")
        self.at += count
        return piece

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")

    def string(self) -> str:
        return self.take(self.number(2)).rstrip(b"\0").decode()


def read_variables(path: Path) -> dict[str, NDArray]:
    """Every variable by name, aliases included. ValueError for another format or a file that is cut off."""
    cursor = Cursor(path.read_bytes())
    try:
        version, spec, revision = cursor.number(4), cursor.string(), cursor.number(4)
        if (version, spec, revision) != (VERSION, SPEC, REVISION):
            raise ValueError(f"is version {version} of {spec} {revision}, not {VERSION} of {SPEC} {REVISION}")
        variables = dict(read_variable(cursor) for _ in range(cursor.number(4)))
        for _ in range(cursor.number(4)):
            alias = cursor.string()
            variables[alias] = variables[cursor.string()]
    except (ValueError, KeyError, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
    return variables


def read_variable(cursor: Cursor) -> tuple[str, NDArray]:
    name = cursor.string()
    shape = [cursor.number(4) for _ in range(cursor.number(1))]
    kind = np.dtype(TYPES[cursor.number(1)])
    return name, np.frombuffer(cursor.take(cursor.number(4)), kind).reshape(shape)
