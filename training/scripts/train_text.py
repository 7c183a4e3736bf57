"""Trains and freezes the text tower.

python scripts/train_text.py --train SENTENCES.jsonl --validation OTHER.jsonl --out runs/text --seed 1
"""

import argparse
import json
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.findings import FINDING_IDS, FINDING_LABELS, list_prompts, to_prompts, to_state_vector
from voxct.text.statements import Statement, draw_long_statement, load_statements
from voxct.text.teacher import TextTeacher, save_text_teacher
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTower, TextTowerConfig
from voxct.text.training import TextTrainingConfig, train_text_tower, validate_text_tower


@dataclass(frozen=True)
class Config:
    train: Path
    validation: Path
    out: Path
    seed: int = 1
    threads: int = 2
    width: int = 128
    layers: int = 2
    training: TextTrainingConfig = field(default_factory=TextTrainingConfig)


def list_prompt_statements() -> list[Statement]:
    """The 36 prompts themselves are training texts too."""
    pairs = zip(FINDING_IDS, FINDING_LABELS, strict=True)
    return [
        Statement(prompt, tuple(to_state_vector({finding_id: state})))
        for finding_id, label in pairs
        for prompt, state in zip(to_prompts(label), ("present", "absent"), strict=True)
    ]


def main(config: Config) -> dict:
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    pool = load_statements(config.train) + list_prompt_statements() * 4
    known = {statement.text for statement in pool}
    held_out = [statement for statement in load_statements(config.validation) if statement.text not in known]
    tokenizer = WordTokenizer.build([s.text for s in pool] + list_prompts())
    tower = TextTower(TextTowerConfig(words=len(tokenizer), width=config.width, layers=config.layers))
    config.out.mkdir(parents=True, exist_ok=True)
    with (config.out / "log.jsonl").open("w", encoding="utf-8") as log:

        def report(row: dict) -> None:
            log.write(json.dumps(row) + "\n")
            log.flush()

        train_text_tower(tower, tokenizer, pool, config.training, config.seed, report)
        figures = validate(TextTeacher(tower, tokenizer), held_out, config.seed)
        report(figures)
    save_text_teacher(config.out, tower, tokenizer, figures)
    return figures


def validate(teacher: TextTeacher, held_out: list[Statement], seed: int) -> dict:
    """Held-out texts of 1 to 3 sentences, and report-like joins of them."""
    source = random.Random(seed + 1)
    joined = [draw_long_statement(held_out, source) for _ in range(300)]
    return {
        "sentences": validate_text_tower(teacher.encode, held_out[:2000]),
        "joined": validate_text_tower(teacher.encode, joined),
        "words": len(teacher.tokenizer),
    }


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/text"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=Config.threads)
    parser.add_argument("--steps", type=int, default=TextTrainingConfig.steps)
    parser.add_argument("--minutes", type=float, default=TextTrainingConfig.minutes)
    given = parser.parse_args()
    training = TextTrainingConfig(steps=given.steps, minutes=given.minutes)
    return Config(given.train, given.validation, given.out, given.seed, given.threads, training=training)


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments()), indent=1))
