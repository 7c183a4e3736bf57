"""Texts with the states they claim, and longer texts made from them."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from voxct.findings import to_state_vector


@dataclass(frozen=True)
class Statement:
    """A text and its states: 18 numbers, +1 said present, -1 said absent, 0 not mentioned."""

    text: str
    states: tuple[int, ...]


def load_statements(path: Path) -> list[Statement]:
    """Reads the phantoms command's sentence files (a JSON object a line)."""
    with Path(path).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Statement(row["text"], tuple(to_state_vector(row["states"]))) for row in rows]


def join_statements(parts: list[Statement]) -> Statement:
    """One text of several. A part that contradicts, or repeats another way, an earlier part is left out."""
    states = [0] * 18
    texts: list[str] = []
    for part in parts:
        clash = any(a != 0 and b != 0 and a != b for a, b in zip(states, part.states, strict=True))
        if clash:
            continue
        states = [a or b for a, b in zip(states, part.states, strict=True)]
        texts.append(part.text)
    return Statement(" ".join(texts), tuple(states))


def draw_long_statement(pool: list[Statement], random_source: random.Random, most: int = 16) -> Statement:
    """A report-like text of 2 to `most` parts."""
    count = random_source.randint(2, most)
    return join_statements([random_source.choice(pool) for _ in range(count)])


def drop_words(text: str, random_source: random.Random, share: float) -> str:
    """Leaves out a share of the words and thereby teaches the tower not to lean on one word. Negations stay."""
    kept = [word for word in text.split() if word.lower().strip(".,;") in NEGATIONS or random_source.random() > share]
    return " ".join(kept) or text


NEGATIONS = frozenset({"no", "not", "without", "absent", "none", "negative", "free", "neither", "nor", "never"})
