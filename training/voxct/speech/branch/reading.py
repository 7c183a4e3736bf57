"""From the branch's shares to what is called: two limits, chosen on the develop half at another reader's faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.speech.hand_written_judge import Counted, judge

FAULTS = ("turned around", "false mention: normal", "false mention: other organs", "false mention: unrelated",
          "false mention beside statements")  # fmt: skip
MENTIONED = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
FIRM = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Limits:
    """`mentioned`: least P of all statuses together; `firm`: least share of them that the likeliest one has."""

    mentioned: float = 0.5
    firm: float = 0.0


def call_statuses(told: NDArray[np.float32], limits: Limits) -> NDArray[np.int64]:
    """P(status) [..., 18, 5] -> indices into STATUSES [..., 18]; 0 where nothing is called."""
    mentioned = told[..., 1:].sum(-1)
    best = told[..., 1:].argmax(-1) + 1
    firmness = told[..., 1:].max(-1) / np.maximum(mentioned, 1e-9)
    return np.where((mentioned >= limits.mentioned) & (firmness >= limits.firm), best, 0)


def choose_limits(rows: list[dict], told: list[NDArray], most: dict[str, Counted] | None) -> Limits:
    """The limits that find most present and absent with no more faults of any kind than `most` (a reader's figures of
    the same clips). Where no limits have so few, those with the fewest faults beyond them.
    """

    def worth(limits: Limits) -> tuple[int, int]:
        figures = judge(rows, [call_statuses(one, limits) for one in told])
        beyond = sum(max(0, figures[fault].hits - most[fault].hits) for fault in FAULTS) if most else 0
        return -beyond, figures["present found"].hits + figures["absent found"].hits

    return max((Limits(*pair) for pair in product(MENTIONED, FIRM)), key=worth)


def tell_clips(rows: list[dict], pieces: list[str], told: NDArray) -> list[NDArray]:
    """told [pieces, 18, 5] of clauses stored as `<clip>.<clause>~0` -> of each clip [clauses, 18, 5]."""
    at = {piece: number for number, piece in enumerate(pieces)}
    to_row: Callable[[dict, int], int] = lambda row, clause: at[f"{row['id']}.{clause}~0"]  # noqa: E731
    return [np.stack([told[to_row(row, clause)] for clause in range(len(row["clauses"]))]) for row in rows]


def read_limits(folder: Path) -> Limits:
    """limits.json of a branch; those that call the likelier than not where there is none."""
    path = folder / "limits.json"
    return Limits(**json.loads(path.read_text())) if path.exists() else Limits()


def write_limits(folder: Path, limits: Limits) -> None:
    (folder / "limits.json").write_text(json.dumps(asdict(limits)) + "\n")
