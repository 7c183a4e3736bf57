"""The bundled pack's encoder from its run: graph, spoken prompts, thresholds, figures, golden clip."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import soundfile
import torch

from voxct.findings import FINDING_IDS, list_prompts
from voxct.metrics import mean_auroc
from voxct.speech.alphabet import ALPHABET
from voxct.speech.augment import heard
from voxct.speech.checkpoint import load_encoder
from voxct.speech.corpus import Corpus
from voxct.speech.decoding import Transcriber
from voxct.speech.detection import pair_scores, said_scores
from voxct.speech.evaluation import evaluate_speech, made_strangers, recorded_strangers
from voxct.speech.export import export_speech, measure_parity
from voxct.speech.language import load_language
from voxct.speech.listener import Listener
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.quantization import compare_graphs, quantize_speech
from voxct.speech.reading import fold_detail, reading_directions
from voxct.speech.thresholds import choose_thresholds, f1
from voxct.speech.voices import Voice, speak

ROOT = Path(__file__).resolve().parents[3]

PROMPT_VOICES = [
    Voice("flite", "slt", 1.0, 175.0),
    Voice("flite", "rms", 1.05, 105.0),
    Voice("flite", "awb", 1.05, 130.0),
    Voice("espeak", "en-us+f3", 1.05, 50.0),
    Voice("espeak", "en-gb+m3", 1.0, 45.0),
    Voice("espeak", "en-us+Michael", 1.05, 50.0),
]
VALIDATION, TEST = ["validation", "validation2"], "test2"
INT8_CLIPS = 100
GOLDEN_TEXT = "There is a small pleural effusion."
MAX_DIFFERENCE = {"embedding": 1e-4, "log_probs": 1e-3}


def export_bundled(config: dict, evaluate: bool = True, language: Path | None = None) -> None:
    """Writes speech.onnx, alphabet.json, spoken_prompts.npy, thresholds.json, evaluation.json into the run's folder."""
    torch.set_num_threads(config["train"]["threads"])
    run, corpus_dir = ROOT / config["run"], ROOT / config["corpus"]
    encoder, file = fold_detail(load_encoder(run / "last.pt")), run / "speech.onnx"
    staged = file.with_suffix(".part.onnx")
    export_speech(encoder, staged)
    validation = Corpus(corpus_dir, "validation")
    parity = measure_parity(encoder, staged, [validation.audio(i) for i in range(20)])
    if any(parity[name] > limit for name, limit in MAX_DIFFERENCE.items()):
        raise ValueError(f"export differs from PyTorch: {parity}")
    staged.replace(file)
    (run / "alphabet.json").write_text(json.dumps(ALPHABET) + "\n")
    listener = Listener(file)
    prompts = {"reading": reading_directions(encoder), "spoken": speak_prompts(listener)}
    np.save(run / "reading.npy", prompts["reading"])
    np.save(run / "spoken_prompts.npy", prompts["spoken"])
    if (run / "teacher.npz").exists():
        prompts["text"] = np.load(run / "teacher.npz")["prompts"]
    thresholds = threshold_report(listener, Corpus(corpus_dir, VALIDATION), prompts, config["falseMentionLimit"])
    write_json(run / "thresholds.json", thresholds)
    write_golden(listener, ROOT / config["golden"])
    quantize_speech(file, run / "speech.int8.onnx")
    int8 = compare_graphs(file, run / "speech.int8.onnx", validation, INT8_CLIPS, prompts[thresholds["prompts"]])
    write_json(run / "int8.json", int8)
    if not evaluate:
        return
    decode = Transcriber(load_language(language)).read if language else None
    report = evaluate_speech(file, prompts, corpus_dir, thresholds, find_strangers(corpus_dir), decode, TEST)
    write_json(run / "evaluation.json", {"parity": parity, "int8": int8, "thresholds": thresholds, **report})


def speak_prompts(listener: Listener) -> np.ndarray:
    """float32 [18, 2, dimension]: each zero-shot prompt said by training voices, the unit mean of their embeddings."""
    rows = []
    for text in list_prompts():
        mean = np.mean([listener.hear(speak(text, voice)).embedding for voice in PROMPT_VOICES], 0)
        rows.append(mean / np.linalg.norm(mean))
    return np.array(rows, np.float32).reshape(len(FINDING_IDS), 2, -1)


def threshold_report(listener: Listener, corpus: Corpus, prompts: dict[str, np.ndarray], limit: float) -> dict:
    """Thresholds of the best way to read (dual directions or prompts) by validation F1, and the figures behind it."""
    rng = np.random.default_rng(3)
    answers = [listener.hear(heard(corpus.audio(i), rng)) for i in range(len(corpus))]
    answers += [listener.hear(corpus.audio(i)) for i in range(len(corpus))]
    states = np.concatenate([corpus.states, corpus.states])
    silent = [listener.hear(clip) for clip in made_strangers(corpus, 200, 4)]
    options = {}
    for name, rows in prompts.items():
        margins = said_scores(answers, rows)
        chosen = choose_thresholds(margins, states, said_scores(silent, rows), limit)
        options[name] = chosen | {
            "presentF1": f1(states == 1, margins >= chosen["present"]),
            "absentF1": f1(states == -1, margins <= chosen["absent"]),
            "saidPresentAuroc": mean_auroc((states == 1).astype(int), pair_scores(answers, rows)[..., 0]),
        }
    best = max(options, key=lambda name: options[name]["presentF1"] + options[name]["absentF1"])
    picked = {key: options[best][key] for key in ("present", "absent")}
    return {
        "prompts": best,
        **picked,
        "rule": "present: score >= present; absent: score <= absent; score: speech/detection.py, said_scores",
        "chosenOn": {"split": " + ".join(VALIDATION), "utterances": len(answers), "clipsWithoutFinding": len(silent)},
        "falseMentionLimit": limit,
        "options": options,
    }


def find_strangers(corpus_dir: Path) -> dict[str, list[np.ndarray]]:
    """Clips without a finding by kind: made from the test split, and the shared recordings where they are at hand."""
    strangers = {"made": made_strangers(Corpus(corpus_dir, TEST), 200, 6)}
    for kind, folder in {
        "recordedNoise": ROOT / "../shared/data/noise",
        "recordedTalk": ROOT / "../shared/data/speech",
    }.items():
        if folder.exists():
            strangers[kind] = recorded_strangers(folder)
    return strangers


def write_golden(listener: Listener, folder: Path) -> None:
    """One short spoken sentence and what the shipped graph makes of it, for pytest and the app's tests."""
    folder.mkdir(parents=True, exist_ok=True)
    clip, file = speak(GOLDEN_TEXT, Voice("flite", "slt", 1.0, 175.0)), folder / "clip.wav"
    soundfile.write(file, clip, SAMPLE_RATE_HZ, subtype="PCM_16")
    stored, _ = soundfile.read(file, dtype="float32")
    answer = listener.hear(stored)
    expected = {
        "text": GOLDEN_TEXT,
        "voice": "flite slt",
        "sampleRateHz": SAMPLE_RATE_HZ,
        "samples": len(stored),
        "transcript": answer.transcript,
        "embedding": [float(x) for x in answer.embedding],
    }
    write_json(folder / "expected.json", expected)


def write_json(file: Path, value: dict) -> None:
    file.write_text(json.dumps(value, indent=2) + "\n")
