"""Tunes Whisper's decoder to dictated reports: OUT/decoder.pt, which export_whisper.py --tuned takes.

python scripts/tune_whisper.py --whisper ../../whisper-base --encoder runs/whisper/whisper-encoder-int8.onnx \
  --natural data/natural/train data/natural/words --formant data/natural/formant --statements data/statements/clips \
  --out runs/whisper-tuned

The develop half of the hand-written set chooses the step. Started again it goes on from OUT/checkpoint.pt.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.contrastive.distributed import join_processes
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.speech.whisper.published import read_published
from voxct.speech.whisper.reference import build_model
from voxct.speech.whisper.tuning.sayings import read_sayings
from voxct.speech.whisper.tuning.task import Listener, TuningShares, TuningTask, freeze
from voxct.speech.whisper.vocabulary import load_vocabulary

SHARES = {"natural": 0.5, "formant": 0.25, "talk": 0.25}
"""Of what is drawn. Talk is about anything: without it the decoder forgets the words that no report has."""
JUDGED = 2
"""Of so many held-out sayings one is judged during training."""


def main(options: argparse.Namespace) -> float:
    torch.set_num_threads(options.threads)
    decoder = build_model(read_published(options.whisper)).model.decoder.train()
    freeze(decoder)
    given = {"natural": options.natural, "formant": options.formant, "talk": options.talk}
    pools = {name: [one for folder in folders for one in read_sayings(folder)] for name, folders in given.items()}
    print(", ".join(f"{len(pool)} {name} sayings" for name, pool in pools.items()), flush=True)
    drawn = [(pool, SHARES[name]) for name, pool in pools.items() if pool]
    judged = read_sayings(options.statements, "develop")[::JUDGED]
    task = TuningTask(
        decoder, Listener(options.encoder), load_vocabulary(options.whisper), drawn, judged, TuningShares(),
        options.batch, options.seed,
    )  # fmt: skip
    loop = LoopConfig(
        steps=options.steps, rate=options.rate, warmup=60, decay=True, weight_decay=0.01, precision=options.precision,
        validate_every=options.validate_every, save_every=100, log_every=10, patience=0, seed=options.seed,
    )  # fmt: skip
    trainer = Trainer(task, loop, join_processes("cpu"), options.out)
    trainer.resume()
    return trainer.run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("whisper", "encoder", "statements", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--natural", type=Path, nargs="+", required=True)
    for name in ("formant", "talk"):
        parser.add_argument(f"--{name}", type=Path, nargs="*", default=[])
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=16, help="clips a step")
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--validate-every", type=int, default=150)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    print(main(parser.parse_args()))
