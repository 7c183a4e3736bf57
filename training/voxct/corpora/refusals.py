"""Files that a corpus or an archive can't use: one line each, with the name and the reason; the rest goes on."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


class Refused(Exception):
    """Why one file can't be used. The message is a sentence without the file's name."""


@dataclass(frozen=True)
class Refusal:
    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def write_refusals(path: Path, refusals: Iterable[Refusal]) -> int:
    """JSON Lines, sorted by file, each file once. Returns how many."""
    rows = sorted({each.file: each for each in refusals}.values(), key=lambda each: each.file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return len(rows)


def read_refusals(path: Path) -> list[Refusal]:
    if not path.exists():
        return []
    return [Refusal(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]
