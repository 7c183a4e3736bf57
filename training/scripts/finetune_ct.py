"""CT-CLIP's two fine-tunes on a trained CT tower, as rows of the results table.

python scripts/finetune_ct.py vocabfine --tower runs/ct2/ct.pt --out runs/vocabfine --minutes 4
python scripts/finetune_ct.py classfine --base ctclip-s1 --embeddings runs/ct2/train_embeddings.npz

VocabFine tunes the tower, which is not exported: its row is scored in PyTorch. ClassFine trains a linear layer on the
train embeddings of embed_train.py and reads the other splits' embeddings from the row of the tower that it extends.
With --rows-only a tower that VocabFine has tuned scores the splits that have no scores yet.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from voxct.ct.ctclip import load_image_tower, save_image_tower
from voxct.data.chunks import load_split
from voxct.data.shuffled import load_train
from voxct.finetune.lipro import compute_lipro_logits, train_lipro
from voxct.finetune.vocabfine import VocabFineConfig, tune_with_prompts
from voxct.graph_rows import score_with_tower, write_splits
from voxct.metrics import mean_auroc
from voxct.rows import RowCard, read_row, write_row, write_row_json

PAPER = "CT-CLIP, Hamamci et al., arXiv 2403.17834"


@dataclass(frozen=True)
class Config:
    method: str
    out: Path
    tower: Path = Path("runs/ct2/ct.pt")
    embeddings: Path = Path("runs/ct2/train_embeddings.npz")
    base: str = "ctclip-s1"
    data: tuple[Path, ...] = (Path("data/train"),)
    scans: Path = Path("data/scans")
    text: Path = Path("runs/text")
    rows: Path = Path("runs/rows")
    seed: int = 1
    rows_only: bool = False
    vocabfine: VocabFineConfig = field(default_factory=VocabFineConfig)


def main(config: Config) -> dict:
    """{split: {n, mean_auroc}}."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    config.out.mkdir(parents=True, exist_ok=True)
    return {"vocabfine": run_vocabfine, "classfine": run_classfine}[config.method](config)


def run_vocabfine(config: Config) -> dict:
    prompts = np.load(config.text / "prompts.npy")
    if not config.rows_only:
        scale = float(torch.load(config.tower, weights_only=True)["log"]["logit_scale"])
        tower = load_image_tower(config.tower)
        train, validation = load_train(config.data), load_split(config.scans, "validation")
        given = (tower, torch.from_numpy(prompts), scale, train, validation, config.vocabfine)
        report = tune_with_prompts(*given, config.out / "log.json", config.seed)
        save_image_tower(config.out / "ct.pt", tower, {"logit_scale": scale, "step": report["steps"]})
    steps = json.loads((config.out / "log.json").read_text(encoding="utf-8"))["steps"]
    notes = f"{steps} steps of {config.vocabfine.batch_size} volumes at {config.vocabfine.rate:g}; text tower frozen"
    command = f"python scripts/finetune_ct.py vocabfine --tower {config.tower} --seed {config.seed}"
    folder = write_card(config, "VocabFine", command, notes)
    score = score_with_tower(load_image_tower(config.out / "ct.pt"), prompts)
    return write_splits(folder, config.scans, score, again=not config.rows_only)


def run_classfine(config: Config) -> dict:
    with np.load(config.embeddings) as seen:
        train = torch.from_numpy(seen["embeddings"]), torch.from_numpy(seen["labels"])
    _, splits = read_row(config.rows / config.base)
    known = splits["validation"]
    validation = torch.from_numpy(known.embeddings), torch.from_numpy(known.labels)
    head, best = train_lipro(train, validation, config.seed)
    torch.save({"state": head.state_dict(), "log": best}, config.out / "lipro.pt")
    notes = f"frozen tower of {config.base}; {len(train[1])} train cases, epoch {best['epoch']}; scores are logits"
    command = f"python scripts/finetune_ct.py classfine --base {config.base} --seed {config.seed}"
    folder = write_card(config, "ClassFine (LiPro)", command, notes)
    figures = {}
    for split, row in splits.items():
        logits = compute_lipro_logits(head, torch.from_numpy(row.embeddings))
        write_row(folder, split, row.labels, logits, row.seeds)
        figures[split] = {"n": len(row.seeds), "mean_auroc": round(mean_auroc(row.labels, logits), 4)}
    return figures


def write_card(config: Config, title: str, command: str, notes: str) -> Path:
    folder = config.rows / f"{config.method}-s{config.seed}"
    write_row_json(folder, RowCard(folder.name, config.method, title, PAPER, config.seed, command, notes))
    return folder


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("method", choices=("vocabfine", "classfine"))
    parser.add_argument("--out", type=Path, help="runs/<method> if not given")
    parser.add_argument("--data", type=Path, nargs="+", default=list(Config.data))
    for name in ("tower", "embeddings", "scans", "text", "rows"):
        parser.add_argument(f"--{name}", type=Path, default=getattr(Config, name))
    parser.add_argument("--base", default=Config.base, help="row of the tower that ClassFine extends")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows-only", action="store_true")
    parser.add_argument("--minutes", type=float, default=VocabFineConfig.minutes)
    parser.add_argument("--rate", type=float, default=VocabFineConfig.rate)
    given = vars(parser.parse_args())
    given["out"] = given["out"] or Path("runs") / given["method"]
    given["data"] = tuple(given["data"])
    return Config(vocabfine=VocabFineConfig(given.pop("minutes"), given.pop("rate")), **given)


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments())))
