"""Exported CT graphs -> a row of the results table: margins to the prompts on validation, internal and external scans.

python scripts/dump_row.py --onnx runs/ct2/onnx --row ctclip-s1 --group ctclip --title "CT-CLIP in miniature" \
    --paper "arXiv 2403.17834" --seed 1 --command "python scripts/train_ct.py ..."
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from voxct.ct.session import CtSession
from voxct.graph_rows import score_with_prompts, write_splits
from voxct.rows import RowCard, write_row_json


@dataclass(frozen=True)
class Config:
    onnx: Path
    card: RowCard
    scans: Path = Path("data/scans")
    text: Path = Path("runs/text")
    rows: Path = Path("runs/rows")
    again: bool = False


def main(config: Config) -> dict:
    """{split: {n, mean_auroc}} of the splits written now."""
    folder = config.rows / config.card.id
    write_row_json(folder, config.card)
    prompts = np.load(config.text / "prompts.npy")
    return write_splits(folder, config.scans, score_with_prompts(CtSession(config.onnx), prompts), config.again)


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--scans", type=Path, default=Config.scans)
    parser.add_argument("--text", type=Path, default=Config.text)
    parser.add_argument("--rows", type=Path, default=Config.rows)
    parser.add_argument("--again", action="store_true", help="also splits that are already written")
    for name in ("row", "group", "title", "paper", "command"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--notes", default="")
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    card = RowCard(given.row, given.group, given.title, given.paper, given.seed, given.command, given.notes)
    return Config(given.onnx, card, given.scans, given.text, given.rows, given.again)


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments())))
