"""Embeddings and mean tokens of the train volumes: for the speech recipe and for the out-of-distribution guard.

python scripts/embed_train.py --tower runs/ct/ct.pt --data data/ct --out runs/ct
"""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from voxct.ct.ctclip import load_image_tower
from voxct.ct.validation import describe_chunks
from voxct.data.chunks import load_split


@dataclass(frozen=True)
class Config:
    tower: Path
    data: Path
    out: Path
    most_chunks: int | None = None


def main(config: Config) -> int:
    """Writes train_embeddings.npz {seeds, embeddings, labels} and train_tokens.npz; returns the number of cases."""
    chunks = load_split(config.data, "train")[: config.most_chunks]
    embeddings, mean_tokens = describe_chunks(load_image_tower(config.tower), chunks)
    seeds = np.array([seed for chunk in chunks for seed in chunk.seeds])
    labels = np.concatenate([chunk.labels for chunk in chunks])
    np.savez(config.out / "train_embeddings.npz", seeds=seeds, embeddings=embeddings, labels=labels)
    np.savez(config.out / "train_tokens.npz", mean_tokens=mean_tokens)
    return len(seeds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tower", type=Path, default=Path("runs/ct/ct.pt"))
    parser.add_argument("--data", type=Path, default=Path("data/ct"))
    parser.add_argument("--out", type=Path, default=Path("runs/ct"))
    parser.add_argument("--most-chunks", type=int)
    print(main(Config(**vars(parser.parse_args()))), "cases")
