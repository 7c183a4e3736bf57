"""Which pairs of phones a festival diphone voice can say."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def read_diphones(group_file: Path) -> frozenset[tuple[str, str]]:
    """Pairs of phones in the index at the head of a group file (text, before the sounds)."""
    data = group_file.read_bytes()
    start = data.index(b"EST_Header_End") + len("EST_Header_End")
    pairs = set()
    for line in data[start : start + 400_000].split(b"\n")[1:]:
        name = line.split(b" ", 1)[0].decode("latin1")
        left, dash, right = name.partition("-")
        if not dash or not right or not name.isprintable():
            break
        pairs.add((left, right))
    return frozenset(pairs)
