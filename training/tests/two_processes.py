"""Run by torchrun in test_corpora_training.py: the training script's main on each of two processes."""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import torch
from test_corpora_training import LOOP, ct_config

from scripts import train_ct_clip

if __name__ == "__main__":
    torch.set_num_threads(1)
    corpus, out = (Path(argument) for argument in sys.argv[1:])
    train_ct_clip.main(ct_config(corpus, out, loop=replace(LOOP, steps=2, batch=2), trains_text=False))
