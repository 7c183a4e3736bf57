"""Texts and the status that they give each finding, and their words as a transcript writes them."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from voxct.findings import FINDING_IDS

STATUSES = ("not mentioned", "present", "absent", "uncertain", "resolved")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = {"millimeter": "mm", "millimeters": "mm", "millimetre": "mm", "millimetres": "mm", "centimeters": "cm"}
_NUMBER = re.compile(rf"\b(?:({'|'.join(_TENS)})(?: ({'|'.join(_ONES[1:10])}))?|({'|'.join(_ONES)}))\b", re.I)
_UNIT = re.compile(rf"\b({'|'.join(_UNITS)})\b", re.I)


@dataclass(frozen=True)
class StatusText:
    """`statuses`: 18 indices into STATUSES."""

    text: str
    statuses: tuple[int, ...]
    kind: str


def to_status_row(statuses: dict[str, str]) -> tuple[int, ...]:
    return tuple(STATUSES.index(statuses.get(finding, STATUSES[0])) for finding in FINDING_IDS)


def load_status_texts(path: Path) -> list[StatusText]:
    """Lines of `phantom/cli.ts sentences --wide`, and every clause of theirs as a text of its own."""
    found = []
    for line in path.read_text().splitlines():
        row = json.loads(line)
        parts = [row] if len(row["clauses"]) == 1 else [row, *row["clauses"]]
        found += [StatusText(part["text"], to_status_row(part["statuses"]), row["kind"]) for part in parts]
    return found


def write_digits(text: str) -> str:
    """Numbers below 100 as digits and units as abbreviations, the way a transcriber writes: "6 mm"."""

    def to_digits(found: re.Match) -> str:
        tens, ones, alone = (part.lower() if part else None for part in found.groups())
        if alone:
            return str(_ONES.index(alone))
        return str(20 + 10 * _TENS.index(tens) + (_ONES.index(ones) if ones else 0))

    return _UNIT.sub(lambda found: _UNITS[found[0].lower()], _NUMBER.sub(to_digits, text))


def join_texts(parts: list[StatusText]) -> StatusText:
    """One text of several; a part that mentions what an earlier one mentions is left out."""
    statuses, texts = [0] * len(FINDING_IDS), []
    for part in parts:
        if any(a and b for a, b in zip(statuses, part.statuses, strict=True)):
            continue
        statuses = [a or b for a, b in zip(statuses, part.statuses, strict=True)]
        texts.append(part.text)
    return StatusText(" ".join(texts), tuple(statuses), "joined")


def draw_joined(pool: list[StatusText], source: random.Random, most: int) -> StatusText:
    return join_texts([source.choice(pool) for _ in range(source.randint(2, most))])
