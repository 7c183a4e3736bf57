"""Adapts Whisper: trains the branch on stored states of the frozen encoder (store_whisper.py).

python scripts/train_branch.py --train STORE STORE --held-out STORE --pack PACK --teacher TOWER --out runs/branch
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.contrastive.distributed import join_processes
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.speech.branch.features import FeatureStore
from voxct.speech.branch.model import BranchConfig, ProjectedBranch, SpeechBranch
from voxct.speech.branch.task import BranchModules, BranchTask, LossWeights
from voxct.text.pack_space import PackSpace, open_pack_space
from voxct.text.status_tower import load_status_tower


def teach(store: FeatureStore, teacher: Path, space: PackSpace) -> torch.Tensor:
    """The text tower's embedding of each row's words; of its statuses where the tower reads others."""
    statuses = torch.tensor([row.statuses for row in store.rows])
    embeddings, told = load_status_tower(teacher, space).encode([row.text for row in store.rows])
    firm = (statuses == 1).long() - (statuses == 2).long()
    wrong = (told.argmax(-1) != statuses).any(1)
    return torch.where(wrong[:, None], space.embed_states(firm), embeddings)


def main(options: argparse.Namespace) -> float:
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    space = open_pack_space(options.pack)
    if options.half_the_scans:
        space = replace(space, scans=space.scans[::2], labels=space.labels[::2])
    config = BranchConfig(width=options.width, blocks=options.blocks, dropout=options.dropout,
                          deafness=options.deafness, pooled=options.pooled)  # fmt: skip
    width = config.taps * config.states
    train, held_out = FeatureStore(options.train, width), FeatureStore(options.held_out, width)
    kind = ProjectedBranch if options.projected else SpeechBranch
    modules = BranchModules(kind(config, space))
    weights = LossWeights(options.contrast, options.distillation, options.status, options.polarity)
    loop = LoopConfig(
        steps=options.steps, rate=options.rate, warmup=100, decay=True, weight_decay=0.02, precision=options.precision,
        validate_every=options.validate_every, save_every=200, log_every=25, patience=0, seed=options.seed,
    )  # fmt: skip
    teacher = teach(train, options.teacher, space)
    task = BranchTask(modules, train, held_out, teacher, space, weights, options.seconds, options.seed)
    trainer = Trainer(task, loop, join_processes("cpu"), options.out)
    trainer.resume()
    return trainer.run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=Path, nargs="+", required=True)
    for name in ("pack", "teacher", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=130.0, help="of speech a step")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--contrast", type=float, default=0.1)
    parser.add_argument("--distillation", type=float, default=1.0, help="lambda; 0: no distillation")
    parser.add_argument("--status", type=float, default=1.0, help="weight of the cross-entropy of the statuses")
    parser.add_argument("--polarity", type=float, default=0.3, help="weight of present against absent")
    parser.add_argument("--projected", action="store_true", help="the paper's pooled projection, for its rows")
    parser.add_argument("--half-the-scans", action="store_true", help="InfoNCE with every other scan of the library")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--deafness", type=float, default=0.0, help="share of the encoder's channels not heard")
    parser.add_argument("--pooled", type=int, default=1, help="frames of 40 ms that are averaged")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--blocks", type=int, default=2)
    parser.add_argument(
        "--precision", default="auto", help="auto: bf16, three times as fast as fp32 where the processor has it"
    )
    parser.add_argument("--validate-every", type=int, default=250)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    print(main(parser.parse_args()))
