"""The small causal language model that AcuLa aligns the speech encoder to, trained on the sentences.

python scripts/train_language_model.py --sentences data/sentences-train.jsonl --out runs/align/lm --steps 1200
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.alignment.language_model import save_language_model, train_language_model
from voxct.text.statements import load_statements


@dataclass(frozen=True)
class Config:
    sentences: Path
    validation: Path
    out: Path
    steps: int = 1200
    seed: int = 1


def main(config: Config) -> dict:
    """Writes lm.pt, tokenizer.json and report.json; returns the perplexity a word on held-out sentences."""
    torch.set_num_threads(1)
    texts = [statement.text for statement in load_statements(config.sentences)]
    held_out = [statement.text for statement in load_statements(config.validation)]
    small = train_language_model(texts, config.steps, config.seed, lambda line: print(json.dumps(line), flush=True))
    save_language_model(small, config.out)
    report = {"sentences": len(texts), "words": len(small.tokenizer), "steps": config.steps}
    report |= {"heldOut": len(held_out), "perplexity": small.perplexity(held_out[:1000])}
    (config.out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, default=Path("data/sentences-train.jsonl"))
    parser.add_argument("--validation", type=Path, default=Path("data/sentences-validation.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("runs/align/lm"))
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    print(json.dumps(main(Config(**vars(parser.parse_args())))))
