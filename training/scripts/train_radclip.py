"""Trains the RadCLIP tower (2-D encoder, slice pooling) on phantom chunks against the frozen text tower.

python scripts/train_radclip.py --data data/train data/ct --scans data/scans --out runs/radclip --minutes 25 --seed 1
Starting it again resumes.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.ct.objective import LossWeights
from voxct.ct.training import CtTrainingConfig
from voxct.data.pool import TrainingPool
from voxct.radclip.config import RadClipConfig
from voxct.radclip.tower import RadClipImage
from voxct.radclip.training import RadClipTrainer
from voxct.text.teacher import load_text_teacher

WEIGHTS = LossWeights(slices=0.5, zero_shot=2.0)
TRAINING = CtTrainingConfig(
    minutes=25, workers=1, adam_rate=2e-3, muon_rate=3e-3, validate_minutes=8, weights=WEIGHTS
)  # fmt: skip


@dataclass(frozen=True)
class Config:
    data: tuple[Path, ...]
    """Folders with train chunks."""
    scans: Path
    """Where the validation chunks lie."""
    text: Path
    out: Path
    seed: int = 1
    tower: RadClipConfig = field(default_factory=RadClipConfig)
    training: CtTrainingConfig = TRAINING
    start_from: Path | None = None


def main(config: Config) -> Path:
    """Returns the path of the trained tower."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    config.out.mkdir(parents=True, exist_ok=True)
    teacher = load_text_teacher(config.text)
    pool = TrainingPool(config.data, "train", teacher, config.seed)
    tower = RadClipImage(config.tower)
    trainer = RadClipTrainer(tower, pool, teacher.encode_prompts(), config.training, config.out, config.seed)
    if not trainer.resume() and config.start_from:
        trainer.start_from(config.start_from)
    (config.out / "config.json").write_text(json.dumps(asdict(config), default=str, indent=1) + "\n", encoding="utf-8")
    trainer.run_with_scans(config.scans)
    return config.out / "ct.pt"


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", default=[Path("data/train")])
    parser.add_argument("--scans", type=Path, default=Path("data/scans"))
    parser.add_argument("--text", type=Path, default=Path("runs/text"))
    parser.add_argument("--out", type=Path, default=Path("runs/radclip"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start-from", type=Path, help="checkpoint.pt of an earlier run")
    for name in ("minutes", "stop_minutes", "validate_minutes", "muon_rate", "adam_rate"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(TRAINING, name))
    parser.add_argument("--batch", dest="batch_size", type=int, default=TRAINING.batch_size)
    parser.add_argument("--max-steps", type=int, default=TRAINING.max_steps)
    given = vars(parser.parse_args())
    own = {name: given.pop(name) for name in ("scans", "text", "out", "seed", "start_from")}
    return Config(tuple(given.pop("data")), **own, training=CtTrainingConfig(**{**vars(TRAINING), **given}))


if __name__ == "__main__":
    main(parse_arguments())
