"""Appends texts to a queue for speak_queue.py: dictations of the generator, everyday talk and plain prompts, shuffled.

python scripts/make_queue.py --name wide1 --seed 41 --sentences SENTENCES.jsonl --talk 120 --out QUEUE.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.findings import FINDING_IDS, FINDING_LABELS, to_prompts
from voxct.speech.casting import draw_quick_voice
from voxct.speech.report_talk import draw_report_talk
from voxct.speech.talk import draw_talk


def main(
    name: str,
    seed: int,
    sentences: Path | None,
    reports: int,
    talk: int,
    prompts: int,
    words: int,
    formant: bool,
    out: Path,
) -> None:
    """Ids are name-number; of the fluent reports, which are long, only the first `reports` are taken.

    `words` have no labels: they teach a transcriber how reports are spelt.
    `formant`: flite and espeak-ng speak instead of natural voices; a tenth of the work, for variety of words.
    """
    rng = np.random.default_rng(seed)
    told = [json.loads(line) for line in sentences.read_text().splitlines()] if sentences else []
    lines = [line for line in told if line["kind"] != "report"]
    lines += [line for line in told if line["kind"] == "report"][:reports]
    lines += [{"text": draw_talk(rng), "states": {}, "kind": "talk"} for _ in range(talk)]
    lines += [to_prompt(number) for number in range(prompts)]
    lines += [{"text": draw_report_talk(rng), "states": {}, "kind": "words"} for _ in range(words)]
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a") as queue:
        for number, place in enumerate(rng.permutation(len(lines))):
            voice = {"voice": draw_quick_voice(rng).to_json()} if formant else {}
            queue.write(json.dumps({"id": f"{name}-{number:05d}", **lines[place], **voice}) + "\n")


def to_prompt(number: int) -> dict:
    """The zero-shot prompts in turn, all present ones first."""
    finding, absent = number % len(FINDING_IDS), number // len(FINDING_IDS) % 2
    state = {FINDING_IDS[finding]: "absent" if absent else "present"}
    return {"text": to_prompts(FINDING_LABELS[finding])[absent], "states": state, "kind": "prompt"}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--sentences", type=Path)
    for kind in ("reports", "talk", "prompts", "words"):
        parser.add_argument(f"--{kind}", type=int, default=0)
    parser.add_argument("--formant", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    main(**vars(parser.parse_args()))
