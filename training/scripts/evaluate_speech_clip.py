"""A trained speech encoder on a split of CT-RATE and Speech-RATE that training never saw: retrieval and zero-shot.

python -m scripts.evaluate_speech_clip --root CT-RATE --speech Speech-RATE --checkpoint CT-CLIP_v2.pt \
    --tokenizer CXR-BERT --encoder runs/speech-clip/speech.pt --prompts PROMPTS --out runs/speech-clip/test.json
Beside the spoken queries stand the teacher's, by text, on the same scans: the distance between the two is what
distillation left open. A scan counts once.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voxct.contrastive.distributed import Place, join_processes, leave_processes
from voxct.contrastive.frozen import FrozenTowers, Teacher
from voxct.contrastive.loop import LoopConfig
from voxct.contrastive.recordings import SpeechTower
from voxct.contrastive.speech_judge import Paired, SpeechJudge
from voxct.contrastive.validation import recall_figures, zero_shot_figures
from voxct.corpora.ct_rate.listing import list_volumes
from voxct.corpora.ct_rate.splits import VALIDATION_SHARE, Split, first_reconstructions, select_split
from voxct.corpora.speech_rate.listing import list_recordings, pair_recordings
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.findings import list_prompts
from voxct.speech.whisper.config import WhisperSpeechConfig
from voxct.speech.whisper.weights import open_whisper


@dataclass(frozen=True)
class Config:
    root: Path
    speech: Path
    checkpoint: Path
    tokenizer: Path
    encoder: Path
    out: Path
    prompts: Path | None = None
    split: Split = "test"
    validation_share: float = VALIDATION_SHARE
    teacher: Teacher = "findings"
    cache: Path | None = None
    device: str | None = None
    loop: LoopConfig = field(default_factory=LoopConfig)
    """Precision and workers alone count here."""


def main(config: Config) -> dict:
    """Returns {"speech": figures, "text": figures}; also in OUT."""
    place = join_processes(config.device)
    try:
        figures = measure(config, place)
        if place.is_first:
            config.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
            print(json.dumps(figures))
        return figures
    finally:
        leave_processes()


def measure(config: Config, place: Place) -> dict:
    checkpoint = read_checkpoint(config.checkpoint)
    entries = select_split(list_volumes(config.root).entries, config.split, config.validation_share)
    spoken, _ = pair_recordings(entries, list_recordings(config.speech)[0])
    once = {str(entry.name) for entry in first_reconstructions(each.entry for each in spoken)}
    folder = config.out.with_suffix(".frozen")
    towers = FrozenTowers(checkpoint, config.tokenizer, config.cache, folder, place, config.loop)
    (paired,) = towers.embed([[each for each in spoken if str(each.entry.name) in once]], config.teacher)
    text = measure_text(towers, paired)
    del towers
    encoder = open_whisper(str(config.encoder), None, checkpoint.config.latent, WhisperSpeechConfig())
    tower = SpeechTower(encoder, float(checkpoint.state["temperature"]), gradient_checkpointing=False)
    judge = SpeechJudge(tower, paired, config.prompts, config.loop.precision, place, folder)
    return {"split": config.split, "speech": judge.measure(), "text": text}


def measure_text(towers: FrozenTowers, paired: Paired) -> dict:
    """The teacher's own figures on the same scans."""
    prompts = towers.encode(list_prompts()).reshape(-1, 2, paired.ct.shape[1])
    labels = [each.entry.labels for each in paired.spoken]
    return recall_figures(np.asarray(paired.text), paired.ct) | zero_shot_figures(paired.ct, prompts, labels)


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True, help="copy of CT-RATE")
    parser.add_argument("--speech", type=Path, required=True, help="copy of Speech-RATE")
    parser.add_argument("--checkpoint", type=Path, required=True, help="CT-CLIP's, the one of training")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="speech.pt of train_speech_clip.py")
    parser.add_argument("--out", type=Path, default=Path("speech-test.json"))
    parser.add_argument("--prompts", type=Path, help="folder with <finding id>_present.wav and _absent.wav")
    parser.add_argument("--split", choices=("validation", "test"), default="test")
    parser.add_argument("--validation-share", type=float, default=VALIDATION_SHARE)
    parser.add_argument("--teacher", choices=("findings", "report"), default="findings")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--device", choices=("cuda", "cpu"))
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
