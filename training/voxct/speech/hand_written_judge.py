"""What a reader makes of the hand-written clips against what each clause states. A reader may be deaf to statuses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voxct.findings import FINDING_IDS
from voxct.text.statuses import STATUSES

CLASSES = {"normal": ("normal",), "other organs": ("other-organ",), "unrelated": ("unrelated", "command")}


@dataclass(frozen=True)
class Counted:
    """Hits and all of one figure."""

    hits: int
    total: int

    def __str__(self) -> str:
        share = f"{self.hits / self.total:.3f}" if self.total else "-"
        return f"{share} ({self.hits}/{self.total})"


def judge(rows: list[dict], calls: list[np.ndarray]) -> dict[str, Counted]:
    """rows: clips (fixtures/statements); calls: for each, int [clauses, 18] of indices into STATUSES.

    A statement is found where one of its clauses gives its finding its status; it is turned around where present is
    read absent or absent present. Present and absent stated in one clause of one finding count as found by either.
    A clip has a false mention where a finding is read that it neither states nor tolerates.
    """
    told = [(one, find_calls(one, call)) for row, call in zip(rows, calls, strict=True) for one in row["statements"]]
    figures: dict[str, Counted] = {}
    for status in STATUSES[1:]:
        own = [heard for one, heard in told if one["status"] == status]
        figures[f"{status} found"] = Counted(sum(status in heard for heard in own), len(own))
    firm = [(one["status"], heard) for one, heard in told if one["status"] in ("present", "absent")]
    turned = sum(({"present", "absent"} - {status}).pop() in heard and status not in heard for status, heard in firm)
    figures["turned around"] = Counted(turned, len(firm))
    for name, kinds in CLASSES.items():
        own = [has_false_mention(row, call) for row, call in zip(rows, calls, strict=True) if row["kind"] in kinds]
        figures[f"false mention: {name}"] = Counted(sum(own), len(own))
    stating = [has_false_mention(row, call) for row, call in zip(rows, calls, strict=True) if row["statements"]]
    figures["false mention beside statements"] = Counted(sum(stating), len(stating))
    return figures


def find_calls(statement: dict, call: np.ndarray) -> set[str]:
    """The statuses that the statement's clauses give its finding."""
    clauses = statement["clause"] if isinstance(statement["clause"], list) else [statement["clause"]]
    finding = FINDING_IDS.index(statement["finding"])
    return {STATUSES[call[clause, finding]] for clause in clauses} - {STATUSES[0]}


def has_false_mention(row: dict, call: np.ndarray) -> bool:
    known = {one["finding"] for one in [*row["statements"], *row.get("tolerated", []), *row.get("retracted", [])]}
    read = {FINDING_IDS[finding] for finding in np.flatnonzero((call > 0).any(0))}
    return bool(read - known)


def by_finding(rows: list[dict], calls: list[np.ndarray], status: str) -> dict[str, Counted]:
    """Found by finding, of one status."""
    figures = {}
    for finding in FINDING_IDS:
        own = [
            status in find_calls(one, call)
            for row, call in zip(rows, calls, strict=True)
            for one in row["statements"]
            if one["finding"] == finding and one["status"] == status
        ]
        figures[finding] = Counted(sum(own), len(own))
    return figures
