"""Words wrong of the exported transcriber on clips with their words, with and without its prompt, by kind.

python scripts/evaluate_whisper.py --whisper ../../whisper-base --run runs/whisper --clips data/statements/clips

CLIPS/clips.jsonl: a line a clip with `file`, `kind` and `clauses` (speak_queue.py writes it). Numbers and units in one
spelling. Invented: clips about no finding in which a word of the prompt stands that nobody said.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.alphabet import word_errors
from voxct.speech.recordings import read_clip
from voxct.speech.whisper.greedy import GreedyWriter
from voxct.speech.whisper.section import PROMPT
from voxct.speech.whisper.spelling import to_words
from voxct.speech.whisper.vocabulary import load_vocabulary

NO_FINDING = ("normal", "other-organ", "unrelated", "command")
PROMPTED = {word for word in re.findall(r"[a-z]+", PROMPT.lower()) if len(word) > 5}


@dataclass(frozen=True)
class Config:
    whisper: Path
    run: Path
    clips: Path
    variant: str = "int8"


def main(config: Config) -> dict:
    """{"with prompt" | "without": {"all" and each kind: [edits, words, rate], "invented": [clips, of]}}"""
    vocabulary = load_vocabulary(config.whisper)
    graphs = [config.run / f"whisper-{part}-{config.variant}.onnx" for part in ("encoder", "decoder")]
    rows = [json.loads(line) for line in (config.clips / "clips.jsonl").read_text(encoding="utf-8").splitlines()]
    prompts = {"with prompt": PROMPT, "without": ""}
    return {
        name: summarise(GreedyWriter(*graphs, vocabulary, prompt), rows, config.clips)
        for name, prompt in prompts.items()
    }


def summarise(writer: GreedyWriter, rows: list[dict], folder: Path) -> dict:
    sums, invented, plain = defaultdict(lambda: [0, 0]), 0, 0
    for row in rows:
        said, heard = to_words(" ".join(row["clauses"])), to_words(writer.transcribe(read_clip(folder / row["file"])))
        for key in ("all", row["kind"]):
            sums[key] = [a + b for a, b in zip(sums[key], word_errors(said, heard), strict=True)]
        if row["kind"] in NO_FINDING:
            plain += 1
            invented += bool((set(heard.split()) - set(said.split())) & PROMPTED)
    rates = {key: [edits, words, round(edits / words, 4)] for key, (edits, words) in sorted(sums.items())}
    return {**rates, "invented": [invented, plain]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--whisper", type=Path, required=True)
    parser.add_argument("--run", type=Path, default=Path("runs/whisper"))
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--variant", default=Config.variant)
    print(json.dumps(main(Config(**vars(parser.parse_args()))), indent=1))
