"""Writes a queue for speak_queue.py of the sentences with which the rules were made (voxct/speech/rule_sentences.py).

python scripts/queue_rules.py --quick 2 --out QUEUE.jsonl       # each twice by flite or espeak-ng
python scripts/queue_rules.py --natural 300 --out QUEUE.jsonl   # a sample by natural voices, drawn as they are spoken
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from make_queue import draw_quick_voice

from voxct.speech.rule_sentences import read_rule_sentences


def main(quick: int, natural: int, seed: int, out: Path) -> None:
    rng = np.random.default_rng(seed)
    rows = read_rule_sentences()
    order = rng.permutation(len(rows))
    lines = [
        {**rows[place], "id": f"{rows[place]['id']}-q{turn}", "voice": draw_quick_voice(rng).to_json()}
        for turn in range(quick)
        for place in order
    ]
    lines += [{**rows[place], "id": f"{rows[place]['id']}-n"} for place in order[:natural]]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(line) + "\n" for line in lines))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", type=int, default=0)
    parser.add_argument("--natural", type=int, default=0)
    parser.add_argument("--seed", type=int, default=43)
    parser.add_argument("--out", type=Path, required=True)
    main(**vars(parser.parse_args()))
