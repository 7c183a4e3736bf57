"""Trains the supervised 3-D CNN on the 18 labels and writes its row of the results table.

python scripts/train_supervised.py --data data/train data/ct --scans data/scans --minutes 12 --seed 1
With --rows-only the trained network of --out scores the splits that have no scores yet.
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

from voxct.data.chunks import load_split
from voxct.data.shuffled import load_train
from voxct.graph_rows import write_splits
from voxct.rows import RowCard, write_row_json
from voxct.supervised.network import PlainCnn
from voxct.supervised.training import SupervisedConfig, SupervisedTrainer, compute_logits


@dataclass(frozen=True)
class Config:
    data: tuple[Path, ...]
    scans: Path
    out: Path
    rows: Path
    seed: int = 1
    rows_only: bool = False
    start_from: Path | None = None
    training: SupervisedConfig = field(default_factory=SupervisedConfig)


def main(config: Config) -> dict:
    """Writes network.pt and the row <rows>/supervised-s<seed>; returns {split: {n, mean_auroc}}."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    config.out.mkdir(parents=True, exist_ok=True)
    if not config.rows_only:
        train, validation = load_train(config.data), load_split(config.scans, "validation")
        trainer = SupervisedTrainer(train, validation, config.training, config.out, config.seed)
        if config.start_from:
            trainer.network.load_state_dict(torch.load(config.start_from, weights_only=True)["state"])
        network, best = trainer.run()
        cases = sum(len(chunk.cases) for chunk in train)
        saved = {
            "config": asdict(config.training),
            "state": network.state_dict(),
            "log": {**best, "train_cases": cases},
        }
        torch.save(saved, config.out / "network.pt")
    saved = torch.load(config.out / "network.pt", weights_only=True)
    network = PlainCnn(tuple(saved["config"]["widths"]))
    network.load_state_dict(saved["state"])
    folder = config.rows / f"supervised-s{config.seed}"
    write_row_json(folder, describe_row(folder.name, config, saved["log"]))
    return write_splits(
        folder, config.scans, lambda chunks: (compute_logits(network, chunks), None), not config.rows_only
    )


def describe_row(row_id: str, config: Config, log: dict) -> RowCard:
    folders = " ".join(map(str, config.data))
    command = f"python scripts/train_supervised.py --data {folders} --seed {config.seed}"
    notes = f"{log['train_cases']} train cases, {log['step']} steps of {config.training.batch_size}; scores are logits"
    title = "Supervised 3-D CNN"
    return RowCard(row_id, "supervised", title, "CT-Net's part (Draelos et al. 2021)", config.seed, command, notes)


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", default=[Path("data/train")])
    parser.add_argument("--scans", type=Path, default=Path("data/scans"))
    parser.add_argument("--out", type=Path, default=Path("runs/supervised"))
    parser.add_argument("--rows", type=Path, default=Path("runs/rows"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start-from", type=Path, help="network.pt of an earlier phase")
    parser.add_argument("--rows-only", action="store_true")
    for name in ("minutes", "rate", "validate_minutes"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(SupervisedConfig, name))
    parser.add_argument("--max-steps", type=int, default=SupervisedConfig.max_steps)
    given = vars(parser.parse_args())
    names = ("minutes", "rate", "validate_minutes", "max_steps")
    training = SupervisedConfig(**{name: given.pop(name) for name in names})
    return Config(tuple(given.pop("data")), training=training, **given)


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments())))
