"""Frames of the pretrained speech encoder, stored for rows 4 and 6.

python scripts/store_frames.py --encoder runs/align/trunk.pt --out data/align
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from voxct.alignment.encoder import frozen_trunk, load_pretrained
from voxct.alignment.frames import store_frames
from voxct.alignment.spoken import read_spoken, speak_prompts, windows_of
from voxct.speech.augment import heard
from voxct.speech.casting import TEST_VOICES, VALIDATION_VOICES
from voxct.speech.corpus import Corpus
from voxct.speech.throat import other_throat

TALK = ("talk", "command")  # outside the text teacher's vocabulary
PARTS = ("train", "heldout", "sentences", "prompts", "internal", "external")


@dataclass(frozen=True)
class Config:
    encoder: Path
    corpus: Path
    spoken: Path
    out: Path
    parts: tuple[str, ...] = PARTS
    corpora: tuple[str, ...] = ("train",)
    sentences: str = "test"
    most_train: int = 20_000
    strength: float = 0.8
    seed: int = 1


def main(config: Config) -> dict[str, int]:
    """Writes <part>.f16/.json; returns the clips of each."""
    torch.set_num_threads(1)
    trunk, counts = frozen_trunk(load_pretrained(config.encoder)), {}
    for part in config.parts:
        for name, clips in list_stores(config, part):
            started = time.monotonic()
            counts[name] = store_frames(trunk, clips, config.out / name)
            print(f"{name}: {counts[name]} clips, {time.monotonic() - started:.0f} s", flush=True)
    return counts


def list_stores(config: Config, part: str) -> Iterator[tuple[str, Iterator[tuple[np.ndarray, dict]]]]:
    """(name of the store, its clips)."""
    if part == "train":
        yield "train", training_clips(config)
    elif part == "heldout":
        yield "heldout", corpus_clips(Corpus(config.corpus, "validation"))
    elif part == "sentences":
        yield "sentences", corpus_clips(Corpus(config.corpus, config.sentences))
    elif part == "prompts":
        yield "prompts-validation", speak_prompts(VALIDATION_VOICES)
        yield "prompts-test", speak_prompts(TEST_VOICES)
    else:
        yield f"{part}-windows", report_windows(config.spoken, part)
        yield f"{part}-sentences", report_sentences(config.spoken, part)


def training_clips(config: Config) -> Iterator[tuple[np.ndarray, dict]]:
    """Utterances of dictation and prompts, each heard once through an altered voice, a room and noises; by length,
    so that a batch is little padding."""
    rng, left = np.random.default_rng(config.seed), config.most_train
    for name in config.corpora:
        corpus = Corpus(config.corpus, name)
        kept = np.array([i for i, u in enumerate(corpus.utterances) if u.kind not in TALK])
        drawn = rng.permutation(kept)[:left]
        left -= len(drawn)
        for i in drawn[np.argsort(corpus.lengths[drawn], kind="stable")]:
            audio = other_throat(corpus.audio(i), rng)
            babble = corpus.audio(int(rng.integers(len(corpus))))
            yield heard(audio, rng, babble, config.strength), describe(corpus, i)


def corpus_clips(corpus: Corpus) -> Iterator[tuple[np.ndarray, dict]]:
    """Clean clips of dictation and prompts."""
    for i in np.argsort(corpus.lengths, kind="stable"):
        if corpus.utterances[i].kind not in TALK:
            yield corpus.audio(i), describe(corpus, i)


def describe(corpus: Corpus, index: int) -> dict:
    utterance = corpus.utterances[index]
    return {"text": utterance.text, "states": utterance.states, "voice": utterance.voice}


def report_windows(folder: Path, split: str) -> Iterator[tuple[np.ndarray, dict]]:
    for seed, audio, _ in read_spoken(folder, split):
        for window in windows_of(audio):
            yield window, {"seed": seed}


def report_sentences(folder: Path, split: str) -> Iterator[tuple[np.ndarray, dict]]:
    for seed, audio, bounds in read_spoken(folder, split):
        for start, end in bounds:
            yield audio[start:end], {"seed": seed}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, default=Path("runs/align/trunk.pt"))
    parser.add_argument("--corpus", type=Path, default=Path("data/speech"))
    parser.add_argument("--spoken", type=Path, default=Path("data/spoken"))
    parser.add_argument("--out", type=Path, default=Path("data/align"))
    parser.add_argument("--parts", nargs="+", default=list(PARTS))
    parser.add_argument("--corpora", nargs="+", default=["train"])
    parser.add_argument("--sentences", default="test")
    parser.add_argument("--most-train", type=int, default=20_000)
    given = vars(parser.parse_args())
    main(Config(**given | {"parts": tuple(given["parts"]), "corpora": tuple(given["corpora"])}))
