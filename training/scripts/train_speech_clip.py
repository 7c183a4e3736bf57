"""Trains SpeechCT-CLIP's speech encoder on CT-RATE and Speech-RATE. Started again, it goes on where it was.

python -m scripts.train_speech_clip --root CT-RATE --speech Speech-RATE --checkpoint CT-CLIP_v2.pt \
    --tokenizer CXR-BERT --whisper whisper-base --out runs/speech-clip
torchrun --nproc-per-node 8 -m scripts.train_speech_clip …
Then: python -m scripts.export_speech --encoder whisper --weights runs/speech-clip/speech.pt --out EXPORT
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import torch

from voxct.contrastive.arguments import add_loop_arguments, to_loop_config
from voxct.contrastive.distributed import Place, join_processes, leave_processes
from voxct.contrastive.frozen import FrozenTowers, Teacher
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.contrastive.recordings import SpeechTower
from voxct.contrastive.speech_clip import SpeechClipTask
from voxct.contrastive.speech_judge import SpeechJudge
from voxct.corpora.ct_rate.listing import list_volumes
from voxct.corpora.ct_rate.splits import VALIDATION_SHARE, first_reconstructions, split_of
from voxct.corpora.refusals import write_refusals
from voxct.corpora.speech_rate.listing import Spoken, list_recordings, pair_recordings
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.speech.whisper.config import REDUCED, WhisperSpeechConfig
from voxct.speech.whisper.weights import open_whisper


@dataclass(frozen=True)
class Config:
    root: Path
    speech: Path
    checkpoint: Path
    """CT-CLIP's: both of its towers are frozen."""
    tokenizer: Path
    out: Path
    whisper: str = "random"
    """Hugging Face folder or file of a Whisper encoder, an own speech.pt, or "random"."""
    sizes: WhisperSpeechConfig = field(default_factory=WhisperSpeechConfig)
    prompts: Path | None = None
    distillation: float = 1.0
    teacher: Teacher = "findings"
    """What the text tower reads: Speech-RATE speaks the findings alone."""
    cache: Path | None = None
    gradient_checkpointing: bool = False
    validation_share: float = VALIDATION_SHARE
    validation_scans: int = 1000
    device: str | None = None
    loop: LoopConfig = field(default_factory=LoopConfig)


def main(config: Config) -> float:
    """Returns the best validation score; the weights that reached it are in OUT/speech.pt."""
    place = join_processes(config.device)
    try:
        config.out.mkdir(parents=True, exist_ok=True)
        checkpoint = read_checkpoint(config.checkpoint)
        splits = split_spoken(pair(config, place), config)
        towers = FrozenTowers(checkpoint, config.tokenizer, config.cache, config.out, place, config.loop)
        train, validation = towers.embed(splits, config.teacher)
        del towers
        torch.manual_seed(config.loop.seed)
        encoder = open_whisper(config.whisper, None, checkpoint.config.latent, config.sizes)
        tower = SpeechTower(encoder, float(checkpoint.state["temperature"]), config.gradient_checkpointing)
        judge = SpeechJudge(tower, validation, config.prompts, config.loop.precision, place, config.out)
        task = SpeechClipTask(train, judge, config.distillation, config.loop)
        trainer = Trainer(task, config.loop, place, config.out)
        resumed = trainer.resume()
        if place.is_first:
            counts = {"train": len(train.spoken), "validation": len(validation.spoken), "resumed": resumed}
            print(json.dumps({**counts, "step": trainer.step, "processes": place.world}), flush=True)
            (config.out / "config.json").write_text(json.dumps(asdict(config), default=str, indent=1) + "\n")
        return trainer.run()
    finally:
        leave_processes()


def pair(config: Config, place: Place) -> list[Spoken]:
    """Volumes with recordings; what has none, or no report, is named in OUT/refused-listing.jsonl."""
    listing = list_volumes(config.root)
    recordings, unreadable = list_recordings(config.speech)
    paired, missing = pair_recordings(listing.entries, recordings)
    if place.is_first:
        write_refusals(config.out / "refused-listing.jsonl", [*listing.refusals, *unreadable, *missing])
    return paired


def split_spoken(spoken: list[Spoken], config: Config) -> list[list[Spoken]]:
    """Train and validation; the latter holds a scan once."""
    by_split = {name: [s for s in spoken if split_of(s.entry.name, config.validation_share) == name]
                for name in ("train", "validation")}  # fmt: skip
    once = {id(entry) for entry in first_reconstructions(s.entry for s in by_split["validation"])}
    validation = [s for s in by_split["validation"] if id(s.entry) in once][: config.validation_scans]
    if not by_split["train"] or not validation:
        raise ValueError("train or validation is empty: check --root and --speech, or raise --validation-share")
    return [by_split["train"], validation]


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True, help="copy of CT-RATE")
    parser.add_argument("--speech", type=Path, required=True, help="copy of Speech-RATE")
    parser.add_argument("--checkpoint", type=Path, required=True, help="CT-CLIP_v2.pt or train_ct_clip.py's ct-clip.pt")
    parser.add_argument("--tokenizer", type=Path, required=True, help="folder with tokenizer.json or vocab.txt")
    parser.add_argument("--out", type=Path, default=Path("runs/speech-clip"))
    parser.add_argument("--whisper", default="random", help="Hugging Face folder of whisper-base, or an own speech.pt")
    parser.add_argument("--reduced", action="store_true", help="a small encoder of 2 s, to try the way on a CPU")
    parser.add_argument("--prompts", type=Path, help="folder with <finding id>_present.wav and _absent.wav")
    parser.add_argument("--distillation", type=float, default=1.0, help="lambda; 0 = the paper's run without it")
    parser.add_argument("--teacher", choices=("findings", "report"), default="findings")
    parser.add_argument("--cache", type=Path, help="prepared inputs of prepare_ct_rate.py")
    parser.add_argument("--gradient-checkpointing", action="store_true")
    parser.add_argument("--validation-share", type=float, default=VALIDATION_SHARE)
    parser.add_argument("--validation-scans", type=int, default=Config.validation_scans)
    parser.add_argument("--device", choices=("cuda", "cpu"))
    add_loop_arguments(parser)
    given = parser.parse_args()
    base = Config(given.root, given.speech, given.checkpoint, given.tokenizer, given.out)
    same = ("whisper", "prompts", "distillation", "teacher", "cache", "gradient_checkpointing", "validation_share",
            "validation_scans", "device")  # fmt: skip
    sizes = REDUCED if given.reduced else WhisperSpeechConfig()
    return replace(base, **{name: getattr(given, name) for name in same}, sizes=sizes, loop=to_loop_config(given))


if __name__ == "__main__":
    main(parse_arguments())
