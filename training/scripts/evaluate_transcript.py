"""Word error rates of the transcript, greedy letters beside the decoder that ships: runs/speech2/transcript.json.

python scripts/evaluate_transcript.py --splits test2        (after build_language.py with the chosen settings)
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

import numpy as np

from voxct.speech.alphabet import read_greedy
from voxct.speech.corpus import Corpus
from voxct.speech.decoding import Transcriber
from voxct.speech.evaluation import made_strangers, recorded_strangers
from voxct.speech.language import load_language
from voxct.speech.listener import Listener
from voxct.speech.transcripts import count_finding_words, listen_to_corpus, summarise


@dataclass(frozen=True)
class Config:
    encoder: Path
    language: Path
    corpus: Path
    splits: list[str]
    recordings: Path
    out: Path


def main(config: Config) -> dict:
    """Per split {clean, room_and_noise}, and what is written down where nobody dictates."""
    listener, language = Listener(config.encoder), load_language(config.language)
    transcriber, words = Transcriber(language), set(language.words)
    report: dict = {"normalisation": "lower case; a-z, apostrophes and single spaces (voxct/speech/alphabet.py)"}
    for split in config.splits:
        corpus = Corpus(config.corpus, split)
        conditions = {
            "clean": listen_to_corpus(listener, corpus),
            "room_and_noise": listen_to_corpus(listener, corpus, 5),
        }
        report[split] = {name: summarise(rows, transcriber, words) for name, rows in conditions.items()}
    report["strangers"] = {
        kind: write_down(listener, transcriber, clips) for kind, clips in find_strangers(config).items()
    }
    config.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report


def find_strangers(config: Config) -> dict[str, list[np.ndarray]]:
    """Talk and noise made from the first split, and the recordings where they are at hand."""
    strangers = {"made": made_strangers(Corpus(config.corpus, config.splits[0]), 200, 6)}
    for kind in ("speech", "noise"):
        if (config.recordings / kind).exists():
            strangers[f"recorded {kind}"] = recorded_strangers(config.recordings / kind)
    return strangers


def write_down(listener: Listener, transcriber: Transcriber, clips: list[np.ndarray]) -> dict:
    """How much is written, and how many words of findings are in it, decoded and greedily."""
    frames = [listener.run(clip)[1] for clip in clips]
    texts = {"decoded": [transcriber.read(f) for f in frames], "greedy": [read_greedy(f) for f in frames]}
    return {
        "clips": len(clips),
        **{
            name: {
                "withText": sum(map(bool, found)),
                "words": sum(len(text.split()) for text in found),
                "findingWords": count_finding_words(found),
                "clipsWithFindingWords": sum(count_finding_words([text]) > 0 for text in found),
            }
            for name, found in texts.items()
        },
    }


def parse_arguments() -> Config:
    training = ROOT / "training"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, default=training / "runs/speech2/speech.onnx")
    parser.add_argument("--language", type=Path, default=training / "runs/speech2/language.bin")
    parser.add_argument("--corpus", type=Path, default=training / "data/speech")
    parser.add_argument("--splits", nargs="+", default=["test2"])
    parser.add_argument("--recordings", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--out", type=Path, default=training / "runs/speech2/transcript.json")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments()), indent=2))
