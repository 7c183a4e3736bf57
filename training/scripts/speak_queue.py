"""Speaks a queue of texts by natural voices into a folder, one FLAC a text; started again it goes on.

python scripts/speak_queue.py --queue QUEUE.jsonl --split train --out FOLDER [--follow]

A line of the queue: {"id", "text", "states", "kind"}, and where wanted "clauses" (spoken apart: texts, or {"text", …}),
"pauses" (seconds, one fewer), "voice" ({"engine", "name", "stretch", "pitch"}); other keys are kept. `clips.jsonl` has
a line a clip: the queue's, and `file`, `seconds`, `times` of the clauses, `voice`. Newest lines are spoken first. Texts
that cannot be spoken are named in `refused.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.casting import draw_natural_voice
from voxct.speech.clauses import speak_clauses, split_clauses
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.voices import Voice

# Between sentences, s: from fluent reading to thinking.
PAUSES_S = (0.08, 0.6)
POLL_S = 20


def main(queue: Path, split: str, out: Path, follow: bool, hours: float) -> None:
    """Speaks until the queue is empty (with `follow`: waits for more) or `hours` of speech lie in the folder."""
    out.mkdir(parents=True, exist_ok=True)
    done, seconds = read_done(out)
    while seconds < hours * 3600:
        waiting = [line for line in read_lines(queue) if line["id"] not in done]
        if not waiting and not follow:
            return
        if not waiting:
            time.sleep(POLL_S)
            continue
        line = waiting[-1]
        done.add(line["id"])
        seconds += speak_line(line, split, out)


def speak_line(line: dict, split: str, out: Path) -> float:
    """Writes one clip and its row, or the reason why not; returns its seconds."""
    rng = np.random.default_rng(list(line["id"].encode()))
    voice = Voice(**line["voice"]) if "voice" in line else draw_natural_voice(split, rng)
    clauses = line.get("clauses") or split_clauses(line["text"])
    spoken = [clause if isinstance(clause, str) else clause["text"] for clause in clauses]
    pauses = line.get("pauses") or rng.uniform(*PAUSES_S, len(clauses) - 1).tolist()
    try:
        sound, times = speak_clauses(spoken, voice, pauses)
    except ValueError as refusal:
        append(out / "refused.jsonl", {**line, "reason": str(refusal)})
        return 0.0
    file = f"{line['id']}.flac"
    soundfile.write(out / f"{file}.part", sound, SAMPLE_RATE_HZ, format="FLAC")
    os.replace(out / f"{file}.part", out / file)
    seconds = len(sound) / SAMPLE_RATE_HZ
    times = [[round(a, 3), round(b, 3)] for a, b in times]
    row = {**line, "clauses": clauses, "split": split, "voice": voice.to_json(), "file": file, "times": times}
    append(out / "clips.jsonl", {**row, "seconds": round(seconds, 3)})
    return seconds


def read_done(out: Path) -> tuple[set[str], float]:
    """Ids that need no more work, and the seconds spoken so far."""
    clips = read_lines(out / "clips.jsonl")
    refused = read_lines(out / "refused.jsonl")
    return {line["id"] for line in [*clips, *refused]}, sum(line["seconds"] for line in clips)


def read_lines(path: Path) -> list[dict]:
    """The lines of a file that may just be growing: a last line without its end is left for later."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]


def append(path: Path, row: dict) -> None:
    with path.open("a") as lines:
        lines.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queue", type=Path, required=True)
    parser.add_argument("--split", choices=["train", "validation", "test"], required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--follow", action="store_true")
    parser.add_argument("--hours", type=float, default=1000.0)
    options = parser.parse_args()
    main(options.queue, options.split, options.out, options.follow, options.hours)
