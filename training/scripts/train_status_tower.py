"""Trains a text tower in the space of a pack: what a text says of each finding, five ways, and its embedding.

python scripts/train_status_tower.py --train WIDE.jsonl --held-out OTHER.jsonl --pack PACK --out runs/status-tower
python scripts/train_status_tower.py ... --start-from runs/status-tower --queries 30000 --longest 24 --joined 0 \\
    --out runs/typed-tower
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from voxct.contrastive.distributed import join_processes
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.findings import FINDING_IDS, FINDING_LABELS, list_prompts, to_prompts
from voxct.speech.talk import draw_command, draw_talk
from voxct.text.pack_space import PackSpace, open_pack_space
from voxct.text.status_task import JOINED_SHARE, StatusTask
from voxct.text.status_tower import StatusTower, adopt_status_tower, adopt_tower, load_status_tower
from voxct.text.statuses import StatusText, load_status_texts, to_status_row, write_digits
from voxct.text.teacher import load_text_teacher
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTowerConfig
from voxct.text.typed_queries import NONSENSE, draw_queries

NOTHING = (0,) * len(FINDING_IDS)
TALK_SHARE = 0.12
MOST_WORDS = 3000
HELD_OUT_QUERIES = 1000


def list_prompt_texts() -> list[StatusText]:
    pairs = zip(FINDING_IDS, FINDING_LABELS, strict=True)
    return [
        StatusText(prompt, to_status_row({finding: status}), "prompt")
        for finding, label in pairs
        for prompt, status in zip(to_prompts(label), ("present", "absent"), strict=True)
    ]


def draw_talk_texts(count: int, seed: int) -> list[StatusText]:
    """Everyday talk and orders to the viewer, which state nothing."""
    rng = np.random.default_rng(seed)
    return [StatusText((draw_command if rng.random() < 0.2 else draw_talk)(rng), NOTHING, "talk") for _ in range(count)]


def load_short_texts(path: Path, longest: int) -> list[StatusText]:
    return [text for text in load_status_texts(path) if len(text.text.split()) <= longest]


def start_from(tower: StatusTower, tokenizer: WordTokenizer, folder: Path, space: PackSpace) -> int:
    """How many words are known to both; the folder is one of this script or of train_text.py."""
    if (folder / "tower.pt").exists():
        return adopt_status_tower(tower, tokenizer, load_status_tower(folder, space))
    return adopt_tower(tower, tokenizer, load_text_teacher(folder))


def main(options: argparse.Namespace) -> float:
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    told = load_short_texts(options.train, options.longest)
    talk = draw_talk_texts(round(TALK_SHARE * len(told)), options.seed)
    train = told + list_prompt_texts() * 4 + talk + draw_queries(options.queries, options.seed)
    held_out = load_short_texts(options.held_out, options.longest) + draw_talk_texts(300, options.seed + 1)
    held_out += draw_queries(min(options.queries, HELD_OUT_QUERIES), options.seed + 1)
    texts = [text.text for text in train if text.kind != NONSENSE]
    tokenizer = WordTokenizer.build([*texts, *map(write_digits, texts), *list_prompts()], MOST_WORDS)
    space = open_pack_space(options.pack)
    tower = StatusTower(TextTowerConfig(words=len(tokenizer), latent=space.dimension), space)
    if options.start_from:
        print(start_from(tower, tokenizer, options.start_from, space), "words of", len(tokenizer), "known")
    config = LoopConfig(
        steps=options.steps, batch=options.batch, rate=options.rate, warmup=60, decay=True, weight_decay=0.05,
        precision="fp32", validate_every=options.validate_every, save_every=500, log_every=50, patience=0,
        seed=options.seed,
    )  # fmt: skip
    task = StatusTask(tower, tokenizer, train, held_out, options.batch, options.seed, options.joined)
    trainer = Trainer(task, config, join_processes("cpu"), options.out)
    trainer.resume()
    return trainer.run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start-from", type=Path, help="folder of this script or of train_text.py")
    parser.add_argument("--queries", type=int, default=0, help="texts as they are typed into a search field")
    parser.add_argument("--longest", type=int, default=1000, help="words of a text; longer ones are left out")
    parser.add_argument("--joined", type=float, default=JOINED_SHARE, help="share of the batches of joined texts")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--validate-every", type=int, default=500)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    print(main(parser.parse_args()))
