"""Trains the CT tower on phantom chunks against the frozen text tower. Starting it again resumes.

python scripts/train_ct.py --data data/ct --text runs/text --out runs/ct --minutes 75 --seed 1
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.ct.config import CtTowerConfig
from voxct.ct.ctclip import CtClipImage
from voxct.ct.objective import LossWeights
from voxct.ct.training import CtTrainer, CtTrainingConfig
from voxct.data.chunks import load_split
from voxct.data.pool import TrainingPool
from voxct.text.teacher import load_text_teacher


@dataclass(frozen=True)
class Config:
    data: tuple[Path, ...]
    """Folders with train chunks."""
    validation: Path
    text: Path
    out: Path
    seed: int = 1
    tower: CtTowerConfig = field(default_factory=lambda: CtTowerConfig(spatial_layers=2, temporal_layers=2))
    training: CtTrainingConfig = field(default_factory=CtTrainingConfig)
    start_from: Path | None = None
    detail_from: Path | None = None


def main(config: Config) -> Path:
    """Returns the path of the trained tower."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    config.out.mkdir(parents=True, exist_ok=True)
    teacher = load_text_teacher(config.text)
    pool = TrainingPool(config.data, "train", teacher, config.seed)
    tower = CtClipImage(config.tower)
    trainer = CtTrainer(tower, pool, teacher.encode_prompts(), config.training, config.out, config.seed)
    if not trainer.resume() and config.start_from:
        trainer.start_from(config.start_from)
        if config.detail_from:
            tower.visual_transformer.detail.load_state_dict(torch.load(config.detail_from, weights_only=True))
    (config.out / "config.json").write_text(json.dumps(asdict(config), default=str, indent=1) + "\n", encoding="utf-8")
    trainer.run(load_split(config.validation, "validation"))
    return config.out / "ct.pt"


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", default=[Path("data/train")])
    parser.add_argument("--validation", type=Path, default=Path("data/scans"))
    parser.add_argument("--text", type=Path, default=Path("runs/text"))
    parser.add_argument("--out", type=Path, default=Path("runs/ct"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=CtTrainingConfig.minutes)
    parser.add_argument("--max-steps", type=int, default=CtTrainingConfig.max_steps, help="ends the schedule by steps")
    parser.add_argument("--workers", type=int, default=CtTrainingConfig.workers)
    parser.add_argument("--batch", type=int, default=CtTrainingConfig.batch_size)
    parser.add_argument("--muon-rate", type=float, default=CtTrainingConfig.muon_rate)
    parser.add_argument("--adam-rate", type=float, default=CtTrainingConfig.adam_rate)
    parser.add_argument("--spatial-layers", type=int, default=2)
    parser.add_argument("--temporal-layers", type=int, default=2)
    parser.add_argument("--detail-width", type=int, default=0, help="channels of the convolutional detail branch")
    parser.add_argument("--patch-norm", action="store_true")
    parser.add_argument("--validate-minutes", type=float, default=CtTrainingConfig.validate_minutes)
    parser.add_argument("--stop-minutes", type=float, default=CtTrainingConfig.stop_minutes)
    parser.add_argument("--start-from", type=Path, help="checkpoint.pt of an earlier phase")
    parser.add_argument("--detail-from", type=Path, help="branch.pt of train_detail.py")
    parser.add_argument("--slices-weight", type=float, default=LossWeights.slices)
    parser.add_argument("--zero-shot-weight", type=float, default=LossWeights.zero_shot)
    given = parser.parse_args()
    training = CtTrainingConfig(
        minutes=given.minutes,
        stop_minutes=given.stop_minutes,
        max_steps=given.max_steps,
        weights=LossWeights(slices=given.slices_weight, zero_shot=given.zero_shot_weight),
        workers=given.workers,
        batch_size=given.batch,
        muon_rate=given.muon_rate,
        adam_rate=given.adam_rate,
        validate_minutes=given.validate_minutes,
    )
    config = Config(
        tuple(given.data), given.validation, given.text, given.out, given.seed,
        training=training, start_from=given.start_from, detail_from=given.detail_from,
    )  # fmt: skip
    sizes = {"spatial_layers": given.spatial_layers, "temporal_layers": given.temporal_layers}
    sizes["detail_width"] = given.detail_width
    return replace(config, tower=replace(config.tower, **sizes, patch_norm=given.patch_norm))


if __name__ == "__main__":
    main(parse_arguments())
