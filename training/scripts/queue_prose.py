"""Appends sentences of any prose to a queue for speak_queue.py: a tuned decoder must not forget what no report says.

python scripts/queue_prose.py --text /usr/share/games/fortunes --count 700 --formant --out QUEUE.jsonl

TEXT: a file, or a folder whose files without an ending are read (Debian's `fortunes` has some 4,800 plain sentences).
Nothing of it is kept but the sound.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.casting import draw_quick_voice

PLAIN = re.compile(r"[A-Z][A-Za-z ,.'?!-]+[.?!]")
WORDS = (6, 18)


def main(text: Path, name: str, seed: int, skip: int, count: int, formant: bool, out: Path) -> int:
    """Returns the number of lines. `skip`: of the shuffled sentences, which others speak."""
    rng = np.random.default_rng(seed)
    files = sorted(path for path in text.iterdir() if not path.suffix) if text.is_dir() else [text]
    found = [one for path in files for one in to_sentences(path.read_text(encoding="utf-8", errors="ignore"))]
    rng.shuffle(found)
    chosen = found[skip : skip + count]
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a") as queue:
        for number, sentence in enumerate(chosen):
            voice = {"voice": draw_quick_voice(rng).to_json()} if formant else {}
            line = {"id": f"{name}-{number:05d}", "text": sentence, "states": {}, "kind": "talk", **voice}
            queue.write(json.dumps(line) + "\n")
    return len(chosen)


def to_sentences(text: str) -> list[str]:
    """Plain ones of six to eighteen words; what stands behind "--" names an author."""
    found = []
    for passage in text.split("\n%\n"):
        joined = " ".join(re.sub(r"\s*--.*", "", passage, flags=re.S).split())
        for sentence in re.split(r"(?<=[.!?])\s+", joined):
            is_plain = PLAIN.fullmatch(sentence) and not re.search("[A-Z]{2}", sentence)
            if is_plain and WORDS[0] <= len(sentence.split()) <= WORDS[1]:
                found.append(sentence)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--name", default="prose")
    parser.add_argument("--seed", type=int, default=65)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--count", type=int, default=700)
    parser.add_argument("--formant", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    print(main(**vars(parser.parse_args())), "sentences")
