"""Spoken clips as pieces that one context of the encoder holds: successive clauses with what they state together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voxct.findings import FINDING_IDS
from voxct.text.statuses import STATUSES, to_status_row

LONGEST_S = 10.0
EDGE_S = 0.1
_HALF_SAID = re.compile(
    r"exclu|possib|likely|probab|presum|suspect|suspicious|\bmay\b|suggest|concern|question|rule|histor|prior|previous"
    r"|resol|clear(ed)?\b|disappear|no longer|removed|compatible|consistent|keeping with|status post",
    re.I,
)
"""Sentences written before there were four statuses call these present or absent."""


@dataclass(frozen=True)
class Piece:
    """`start_s`, `end_s` in the clip; `statuses` 18 indices into STATUSES."""

    id: str
    start_s: float
    end_s: float
    text: str
    statuses: tuple[int, ...]
    kind: str


def cut_pieces(row: dict, longest_s: float = LONGEST_S) -> list[Piece]:
    """A row of clips.jsonl. A hand-written one becomes its clauses, each by itself.

    Where the clauses tell no statuses of their own the clip stays whole, or is left out when it is longer than
    `longest_s` or says what its two states cannot tell.
    """
    if "statements" in row:
        return [to_piece(tell_clauses(row), [number]) for number in range(len(row["clauses"]))]
    if not all(isinstance(clause, dict) for clause in row["clauses"]):
        return whole_piece(row, longest_s)
    groups: list[list[int]] = []
    for number, (_, end_s) in enumerate(row["times"]):
        fits = groups and end_s - row["times"][groups[-1][0]][0] <= longest_s
        if fits:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [to_piece(row, group) for group in groups if spans(row, group) <= longest_s]


def tell_clauses(row: dict) -> dict:
    """A hand-written row in the form of the generator's: its statements by clause."""
    told: list[dict[str, str]] = [{} for _ in row["clauses"]]
    for one in row["statements"]:
        for number in one["clause"] if isinstance(one["clause"], list) else [one["clause"]]:
            told[number][one["finding"]] = one["status"]
    pairs = zip(row["clauses"], told, strict=True)
    return {**row, "clauses": [{"text": text, "statuses": statuses} for text, statuses in pairs]}


def spans(row: dict, group: list[int]) -> float:
    return row["times"][group[-1]][1] - row["times"][group[0]][0]


def whole_piece(row: dict, longest_s: float) -> list[Piece]:
    doubtful = row["states"] and "statuses" not in row and _HALF_SAID.search(row["text"])
    if row["seconds"] > longest_s or doubtful:
        return []
    statuses = to_status_row(row.get("statuses", row["states"]))
    return [Piece(row["id"], 0.0, row["seconds"], row["text"], statuses, row["kind"])]


def to_piece(row: dict, group: list[int]) -> Piece:
    merged = [0] * len(FINDING_IDS)
    for number in group:
        told = to_status_row(row["clauses"][number]["statuses"])
        merged = [now or before for now, before in zip(told, merged, strict=True)]
    start_s = max(0.0, row["times"][group[0]][0] - EDGE_S)
    end_s = min(row["seconds"], row["times"][group[-1]][1] + EDGE_S)
    text = " ".join(row["clauses"][number]["text"] for number in group)
    return Piece(f"{row['id']}.{group[0]}", start_s, end_s, text, tuple(merged), row["kind"])


def name_statuses(row: tuple[int, ...]) -> dict[str, str]:
    """The findings that are mentioned, by name."""
    return {finding: STATUSES[n] for finding, n in zip(FINDING_IDS, row, strict=True) if n}
