"""Teaches the detail branch on balanced crops of three tokens a side before it joins the CT tower.

python scripts/train_detail.py --data data/ct --out runs/ct-detail/branch.pt --steps 1200
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.ct.augment import augment_volumes
from voxct.ct.config import CtTowerConfig
from voxct.ct.crops import SURE_SHARE, WEAK_FINDINGS, cut_crops, draw_rows, index_tokens
from voxct.ct.detail import MIXED, DetailBranch
from voxct.data.chunks import load_split

FINDINGS = 18


@dataclass(frozen=True)
class Config:
    data: Path
    validation: Path
    out: Path
    steps: int = 1200
    batch: int = 256
    rate: float = 3e-3
    width: int = 32
    seed: int = 1


def main(config: Config) -> dict[int, float]:
    """Writes the branch's state; returns the AUROC of each weak finding over validation crops."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    tower = CtTowerConfig(detail_width=config.width)
    branch, head = DetailBranch(tower), nn.Linear(MIXED, FINDINGS)
    nn.init.constant_(head.bias, -2.0)
    parameters = [*branch.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=config.rate, betas=(0.9, 0.98), weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.rate, config.steps, pct_start=0.1)
    chunks, source = load_split(config.data, "train"), np.random.default_rng(config.seed)
    index = index_tokens(chunks, source)
    generator = torch.Generator().manual_seed(config.seed)
    started, figures = time.monotonic(), {}
    for step in range(1, config.steps + 1):
        crops, shares = cut_crops(chunks, draw_rows(index, config.batch, source), tower.patch)
        crops = flip_crops(augment_volumes(crops, generator), generator)
        with torch.autocast("cpu", torch.bfloat16):
            logits = head(branch.describe(crops)[:, 1, 1, 1]).float()
        loss = sure_loss(logits, shares)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 200 == 0 or step == config.steps:
            figures = validate(branch, head, config)
            print(step, round(time.monotonic() - started), round(loss.item(), 4), figures, flush=True)
    config.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(branch.state_dict(), config.out)
    return figures


def sure_loss(logits: Tensor, shares: Tensor) -> Tensor:
    """Logistic loss over tokens whose share is 0 or at least SURE_SHARE. logits [n, 18], shares uint8 [n, 18]."""
    counted = ((shares == 0) | (shares >= SURE_SHARE)).float()
    loss = F.binary_cross_entropy_with_logits(logits, (shares >= SURE_SHARE).float(), reduction="none")
    return (loss * counted).sum() / counted.sum()


def flip_crops(crops: Tensor, generator: torch.Generator) -> Tensor:
    """A crop has no side: each of the three axes is turned around in half of the batches."""
    axes = [axis for axis in (2, 3, 4) if float(torch.rand(1, generator=generator)) < 0.5]
    return crops.flip(axes) if axes else crops


@torch.no_grad()
def validate(branch: DetailBranch, head: nn.Linear, config: Config) -> dict[int, float]:
    chunks, source = load_split(config.validation, "validation")[:1], np.random.default_rng(0)
    rows = draw_rows(index_tokens(chunks, source), 1500, source)
    crops, shares = cut_crops(chunks, rows, branch.config.patch)
    parts = [head(branch.describe(part)[:, 1, 1, 1]) for part in crops.split(256)]
    scores, truth = torch.cat(parts).numpy(), shares.numpy() >= SURE_SHARE
    return {f: round(float(roc_auc_score(truth[:, f], scores[:, f])), 3) for f in WEAK_FINDINGS if truth[:, f].any()}


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data/ct"))
    parser.add_argument("--validation", type=Path, default=Path("data/ct"))
    parser.add_argument("--out", type=Path, default=Path("runs/ct-detail/branch.pt"))
    parser.add_argument("--steps", type=int, default=Config.steps)
    parser.add_argument("--batch", type=int, default=Config.batch)
    parser.add_argument("--rate", type=float, default=Config.rate)
    parser.add_argument("--width", type=int, default=Config.width)
    parser.add_argument("--seed", type=int, default=Config.seed)
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
