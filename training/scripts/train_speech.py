"""Trains one phase of the speech encoder: letters, then teacher, then contrast. Resumes from last.pt."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.findings import list_prompts
from voxct.speech.checkpoint import RunningAverage
from voxct.speech.corpus import Corpus
from voxct.speech.targets import Teacher, make_teacher
from voxct.speech.trainer import Scans, Trainer, restore, run_phase
from voxct.speech.validation import Validator


def main(config: dict, phase_name: str) -> None:
    """Runs the phase to the end of its minutes; a phase that was stopped goes on where it was."""
    train, folder = config["train"], ROOT / config["run"]
    phase = train["phases"][phase_name]
    torch.set_num_threads(train["threads"])
    torch.manual_seed(train["seed"])
    os.nice(train["nice"])
    corpus = Corpus(ROOT / config["corpus"], train["parts"])
    teacher = load_teacher(ROOT / train["teacher"], corpus, folder) if phase["teacher"] else None
    scans = load_scans(ROOT / train["scans"]) if phase["weights"].get("contrast") else None
    trainer = Trainer(config, corpus, teacher, scans)
    state = restore(folder / "last.pt", trainer)
    trainer.maker.rng = np.random.default_rng([train["seed"], state["progress"].step])
    if state["progress"].phase != phase_name:
        if phase_name == "teacher":
            trainer.encoder.project.adopt_prompts(teacher.prompts, teacher.nothing)
            state["average"] = RunningAverage(trainer.encoder)
        state["progress"].phase, state["progress"].phase_seconds, state["progress"].phase_steps = phase_name, 0.0, 0
    validator = Validator(Corpus(ROOT / config["corpus"], "validation"), train["validationClips"])
    run_phase(trainer, phase, state, folder, validator)


def load_teacher(path: Path, corpus: Corpus, folder: Path) -> Teacher:
    """Teacher embeddings of all training texts and of the 36 prompts, encoded once and kept for resumed runs."""
    kept = folder / "teacher.npz"
    fresh = kept.exists() and kept.stat().st_mtime >= max(file.stat().st_mtime for file in path.iterdir())
    if not fresh or len(np.load(kept)["sentences"]) != len(corpus):
        from voxct.text.teacher import load_text_teacher

        text = load_text_teacher(path)
        folder.mkdir(parents=True, exist_ok=True)
        sentences = encode_all(text, [u.text for u in corpus.utterances])
        np.savez(kept, sentences=sentences, prompts=encode_all(text, list_prompts()).reshape(18, 2, -1))
    arrays = np.load(kept)
    return make_teacher(arrays["sentences"], arrays["prompts"], corpus)


def encode_all(text, texts: list[str]) -> np.ndarray:
    """float32 [texts, d], 256 at a time."""
    parts = [np.asarray(text.encode(texts[i : i + 256]), np.float32) for i in range(0, len(texts), 256)]
    return np.concatenate(parts)


def load_scans(file: Path) -> Scans:
    """CT embeddings of training cases and their labels, as the CT training leaves them."""
    arrays = np.load(file)
    vectors = arrays["embeddings"].astype(np.float32)
    labels = torch.from_numpy(arrays["labels"].astype(np.int64))
    return Scans(torch.from_numpy(vectors / np.linalg.norm(vectors, axis=1, keepdims=True)), labels)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("phase", choices=["letters", "teacher", "contrast", "voices", "settle"])
    parser.add_argument("--config", type=Path, default=ROOT / "training/configs/speech.json")
    options = parser.parse_args()
    main(json.loads(options.config.read_text()), options.phase)
