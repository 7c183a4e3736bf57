"""The hand-written test set (fixtures/statements): its clips, the half that each belongs to, and who speaks it when."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Literal

from voxct.speech.casting import NATURAL_TEST_VOICES
from voxct.speech.voices import Voice

FOLDER = Path(__file__).parents[3] / "fixtures/statements"
FILES = ("findings.jsonl", "others.jsonl", "reports.jsonl")
Half = Literal["develop", "held-out"]


def hash_id(clip_id: str) -> str:
    return hashlib.sha256(clip_id.encode()).hexdigest()


def to_half(clip_id: str) -> Half:
    """By the first hexadecimal digit of the id's SHA-256: even develop, odd held out."""
    return "held-out" if int(hash_id(clip_id)[0], 16) % 2 else "develop"


def read_hand_written(half: Half, folder: Path = FOLDER) -> list[dict]:
    """Rows of a half in the order of the files; the fields are told in the folder's README."""
    rows = [json.loads(line) for file in FILES for line in (folder / file).read_text().splitlines()]
    return [row for row in rows if to_half(row["id"]) == half]


def voice_in_round(clip_id: str, turn: int) -> Voice:
    """Natural test voices in turn: in nine rounds each of them speaks each clip once."""
    start = int(hash_id(clip_id)[-8:], 16)
    return NATURAL_TEST_VOICES[(start + turn) % len(NATURAL_TEST_VOICES)]


def queue_statements(rounds: int) -> list[dict]:
    """Lines for scripts/speak_queue.py, first what is spoken first: in each round the develop half, then the other.

    Within a half the clips come in an order that mixes the kinds, so that a part of it is a sample of all.
    """
    return [
        {**row, "id": f"{row['id']}@{turn}", "clip": row["id"], "half": half, "voice": voice.to_json()}
        for turn in range(rounds)
        for half in ("develop", "held-out")
        for row in sorted(read_hand_written(half), key=lambda row: hash_id(row["id"]))
        for voice in [voice_in_round(row["id"], turn)]
    ]
