"""ClassFine (CT-LiPro) on CT-RATE: the 18 findings from a frozen CT-CLIP's embeddings, by one linear layer.

python -m scripts.train_lipro --train train.npz --validation validation.npz --checkpoint CT-CLIP_v2.pt --out CT_LiPro.pt
The two .npz come from embed_ct_rate (--split train, --split validation). The file has the names of the released
CT_LiPro_v2.pt: export_ct_clip makes a pack of it.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.contrastive.checkpoints import save_atomically
from voxct.ctclip.checkpoint import LIPRO_PREFIX, read_checkpoint
from voxct.finetune.lipro import train_lipro


@dataclass(frozen=True)
class Config:
    train: Path
    validation: Path
    checkpoint: Path
    out: Path
    seed: int = 1
    epochs: int = 120


def main(config: Config) -> dict:
    """Returns the best epoch on validation and its mean AUROC."""
    checkpoint = read_checkpoint(config.checkpoint)
    head, best = train_lipro(read_rows(config.train), read_rows(config.validation), config.seed, config.epochs)
    state = {LIPRO_PREFIX + name: value for name, value in checkpoint.state.items()}
    classifier = {f"classifier.{name}": value for name, value in head.classifier.state_dict().items()}
    save_atomically(config.out, {**state, **classifier})
    print(json.dumps(best))
    return best


def read_rows(path: Path) -> tuple[Tensor, Tensor]:
    with np.load(path) as arrays:
        return torch.from_numpy(arrays["embeddings"]), torch.from_numpy(arrays["labels"])


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("CT_LiPro.pt"))
    parser.add_argument("--seed", type=int, default=Config.seed)
    parser.add_argument("--epochs", type=int, default=Config.epochs)
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
