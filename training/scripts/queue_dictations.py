"""A queue for speak_queue.py: three test voices, each a sentence of fifteen findings of the hand-written held-out half.

python scripts/queue_dictations.py --out QUEUE.jsonl
python scripts/speak_queue.py --queue QUEUE.jsonl --split test --out FOLDER

`npm run measure:dictations -- FOLDER` joins them, with pauses and without.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.casting import NATURAL_TEST_VOICES
from voxct.speech.hand_written import hash_id, read_hand_written

VOICES = ("af_nova", "bm_lewis", "joe")
FINDINGS = 15


def main(out: Path) -> int:
    """Returns the number of clips."""
    rows = [row for row in read_hand_written("held-out") if is_plain(row)]
    lines = [
        {**row, "id": f"{row['id']}@{voice.name}", "clip": row["id"], "half": "held-out", "voice": voice.to_json()}
        for voice in NATURAL_TEST_VOICES
        if voice.name in VOICES
        for row in choose(rows, voice.name)
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return len(lines)


def is_plain(row: dict) -> bool:
    """One clause that says one finding to be present, and nothing that may be read besides."""
    statuses = [one["status"] for one in row["statements"]]
    return (
        len(row["clauses"]) == 1 and statuses == ["present"] and not row.get("tolerated") and not row.get("retracted")
    )


def choose(rows: list[dict], voice: str) -> list[dict]:
    """A sentence of each of fifteen findings, other ones for every voice."""
    chosen: dict[str, dict] = {}
    for row in sorted(rows, key=lambda row: hash_id(f"{voice} {row['id']}")):
        chosen.setdefault(row["statements"][0]["finding"], row)
    return list(chosen.values())[:FINDINGS]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    print(main(**vars(parser.parse_args())), "clips")
