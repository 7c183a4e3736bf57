"""A queue for speak_queue.py of the hand-written test set, by the natural test voices alone.

python scripts/queue_statements.py --rounds 4 --out QUEUE.jsonl
python scripts/speak_queue.py --queue QUEUE.jsonl --split test --out FOLDER
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.hand_written import queue_statements


def main(rounds: int, out: Path) -> int:
    """Returns the number of clips. The last line of a queue is spoken first."""
    lines = queue_statements(rounds)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(line) + "\n" for line in reversed(lines)))
    return len(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--out", type=Path, required=True)
    print(main(**vars(parser.parse_args())), "clips")
