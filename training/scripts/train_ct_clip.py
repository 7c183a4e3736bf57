"""Trains CT-CLIP on CT-RATE's layout, on one GPU, several (torchrun) or a CPU. Started again, it goes on where it was.

python -m scripts.train_ct_clip --root CT-RATE --tokenizer CXR-BERT --cache CACHE --out runs/ct-clip
torchrun --nproc-per-node 8 -m scripts.train_ct_clip …
Then: python -m scripts.export_ct_clip --checkpoint runs/ct-clip/ct-clip.pt --tokenizer CXR-BERT --out PACK
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from voxct.contrastive.arguments import add_loop_arguments, to_loop_config
from voxct.contrastive.ct_clip import Corpus, CtClipTask, Objective
from voxct.contrastive.distributed import Place, join_processes, leave_processes
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.contrastive.towers import Towers
from voxct.contrastive.volumes import leave_out_refused
from voxct.corpora.ct_input import ct_clip_spec
from voxct.corpora.ct_rate.listing import list_volumes
from voxct.corpora.ct_rate.source import VolumeSource
from voxct.corpora.ct_rate.splits import VALIDATION_SHARE, first_reconstructions, select_split
from voxct.corpora.refusals import write_refusals
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.ctclip.config import FULL, REDUCED, CtClipConfig
from voxct.ctclip.reference import CtClip
from voxct.ctclip.tokenizer import open_tokenizer


@dataclass(frozen=True)
class Config:
    root: Path
    """A copy of CT-RATE: dataset/{train,valid}[_fixed]/…, with its tables."""
    tokenizer: Path
    out: Path
    model: CtClipConfig = FULL
    """Sizes of a model from scratch."""
    start_from: Path | None = None
    """A checkpoint with CT-CLIP's names: its sizes count."""
    cache: Path | None = None
    input: Path | None = None
    """JSON of the CT input; without it CT-CLIP's own at the model's size."""
    objective: Objective = "clip"
    trains_text: bool = True
    gradient_checkpointing: bool = True
    validation_share: float = VALIDATION_SHARE
    validation_scans: int = 1000
    device: str | None = None
    loop: LoopConfig = field(default_factory=LoopConfig)


def main(config: Config) -> float:
    """Returns the best validation score; the weights that reached it are in OUT/ct-clip.pt."""
    place = join_processes(config.device)
    try:
        torch.manual_seed(config.loop.seed)
        model = read_model(config)
        towers = Towers(model, config.trains_text, config.gradient_checkpointing)
        tokenizer = open_tokenizer(config.tokenizer)
        corpus = read_corpus(config, model.config, place)
        task = CtClipTask(towers, tokenizer, corpus, config.objective, config.loop, place, config.out)
        trainer = Trainer(task, config.loop, place, config.out)
        resumed = trainer.resume()
        if place.is_first:
            counts = {"train": len(corpus.train), "validation": len(corpus.validation), "resumed": resumed}
            print(json.dumps({**counts, "step": trainer.step, "processes": place.world}), flush=True)
            (config.out / "config.json").write_text(json.dumps(asdict(config), default=str, indent=1) + "\n")
        return trainer.run()
    finally:
        leave_processes()


def read_model(config: Config) -> CtClip:
    if config.start_from is None:
        return CtClip(config.model)
    checkpoint = read_checkpoint(config.start_from)
    model = CtClip(checkpoint.config)
    model.load_state_dict(checkpoint.state)
    return model


def read_corpus(config: Config, model: CtClipConfig, place: Place) -> Corpus:
    """What the tables don't explain is written to OUT/refused-listing.jsonl."""
    spec = ct_clip_spec(model.shape, model.spacing_mm)
    if config.input:
        spec = json.loads(config.input.read_text(encoding="utf-8"))
    listing = list_volumes(config.root)
    config.out.mkdir(parents=True, exist_ok=True)
    if place.is_first and write_refusals(config.out / "refused-listing.jsonl", listing.refusals):
        print(f"{len(listing.refusals)} files left out: {config.out / 'refused-listing.jsonl'}", flush=True)
    entries = list(listing.entries)
    if config.cache:
        entries = leave_out_refused(entries, config.cache / "refused.jsonl")
    train = select_split(entries, "train", config.validation_share)
    validation = first_reconstructions(select_split(entries, "validation", config.validation_share))
    if not validation:
        raise ValueError("no scan is left for validation: raise --validation-share")
    return Corpus(train, validation[: config.validation_scans], VolumeSource(spec, config.cache))


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True, help="copy of CT-RATE")
    parser.add_argument("--tokenizer", type=Path, required=True, help="folder with tokenizer.json or vocab.txt")
    parser.add_argument("--out", type=Path, default=Path("runs/ct-clip"))
    parser.add_argument("--start-from", type=Path, help="checkpoint, e.g. CT-CLIP_v2.pt")
    parser.add_argument("--reduced", action="store_true", help="a small model, to try the way on a CPU")
    parser.add_argument("--cache", type=Path, help="prepared inputs (prepare_ct_rate.py); filled while training too")
    parser.add_argument("--input", type=Path, help="JSON of the CT input in place of CT-CLIP's")
    parser.add_argument("--objective", choices=("clip", "vocabfine"), default="clip")
    parser.add_argument("--freeze-text", action="store_true")
    parser.add_argument("--no-gradient-checkpointing", action="store_true")
    parser.add_argument("--validation-share", type=float, default=VALIDATION_SHARE, help="of the train patients")
    parser.add_argument("--validation-scans", type=int, default=Config.validation_scans)
    parser.add_argument("--device", choices=("cuda", "cpu"))
    add_loop_arguments(parser)
    given = parser.parse_args()
    return Config(
        given.root, given.tokenizer, given.out, REDUCED if given.reduced else FULL, given.start_from, given.cache,
        given.input, given.objective, not given.freeze_text, not given.no_gradient_checkpointing,
        given.validation_share, given.validation_scans, given.device, to_loop_config(given),
    )  # fmt: skip


if __name__ == "__main__":
    main(parse_arguments())
