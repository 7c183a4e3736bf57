"""Every figure of the speech encoder, measured on the exported graph with voices that training never heard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from voxct.metrics import mean_auroc
from voxct.speech.augment import heard, nothing_said
from voxct.speech.corpus import Corpus
from voxct.speech.detection import at_thresholds, detection, false_mentions, pair_scores, said_scores
from voxct.speech.listener import Heard, Listener
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.voices import read_wav
from voxct.speech.word_errors import word_error_rate

Prompts = dict[str, np.ndarray]
Decode = Callable[[np.ndarray], str]


def evaluate_speech(
    onnx_path: Path,
    prompts: Prompts,
    test_dir: Path,
    thresholds: dict,
    strangers: dict,
    decode: Decode | None = None,
    split: str = "test2",
) -> dict:
    """Figures of a split in `test_dir`, clean and heard through synthetic rooms and noises, each also an engine.

    prompts: {"reading": [37, d], "text" | "spoken": [18, 2, d]}; thresholds: {"prompts", "present", "absent"};
    strangers: {kind: [clips]} that say no finding, counted against the thresholds; decode: log_probs to a transcript.
    """
    listener, corpus = Listener(onnx_path), Corpus(test_dir, split)
    chosen = prompts[thresholds["prompts"]]
    rng = np.random.default_rng(5)
    conditions = {
        "clean": [corpus.audio(i) for i in range(len(corpus))],
        "room_and_noise": [heard(corpus.audio(i), rng) for i in range(len(corpus))],
    }
    report: dict = {
        "split": split,
        "utterances": len(corpus),
        "hours": float(corpus.lengths.sum() / SAMPLE_RATE_HZ / 3600),
        "voices": list_voices(corpus),
    }
    for condition, clips in conditions.items():
        answers = [listener.hear(clip) for clip in clips]
        report[condition] = {
            **transcription("wer", [a.transcript for a in answers], corpus),
            **(transcription("werDecoded", [transcribe(a, decode) for a in answers], corpus) if decode else {}),
            **{name: detection(pair_scores(answers, p), corpus.states) for name, p in prompts.items()},
            "perEngine": per_engine(answers, corpus, chosen, thresholds),
            "atThresholds": at_thresholds(said_scores(answers, chosen), corpus.states, thresholds),
        }
    report["strangers"] = {
        kind: false_mentions([listener.hear(clip) for clip in clips], chosen, thresholds)
        for kind, clips in strangers.items()
    }
    return report


def transcription(name: str, transcripts: list[str], corpus: Corpus) -> dict:
    """{name, nameInterval, namePerEngine}."""
    errors = word_error_rate(transcripts, corpus)
    return {name: errors["rate"], f"{name}Interval": errors["interval"], f"{name}PerEngine": errors["perEngine"]}


def transcribe(answer: Heard, decode: Decode) -> str:
    """The windows of a clip, each decoded by itself."""
    return " ".join(decode(log_probs) for log_probs in answer.log_probs)


def per_engine(answers: list[Heard], corpus: Corpus, prompts: np.ndarray, thresholds: dict) -> dict[str, dict]:
    """For each engine: utterances, seconds, AUROC (mean over the findings that have both classes), thresholds."""
    engines = np.array([u.voice["engine"] for u in corpus.utterances])
    pairs, said = pair_scores(answers, prompts), said_scores(answers, prompts)
    margins = pairs[..., 0] - pairs[..., 1]
    out = {}
    for engine in np.unique(engines):
        rows = engines == engine
        states = corpus.states[rows]
        mentioned = states != 0
        out[str(engine)] = {
            "utterances": int(rows.sum()),
            "minutes": float(corpus.lengths[rows].sum() / SAMPLE_RATE_HZ / 60),
            "saidPresentAuroc": mean_auroc((states == 1).astype(int), pairs[rows, :, 0]),
            "saidPresentByMarginAuroc": mean_auroc((states == 1).astype(int), margins[rows]),
            # Pooled over findings: an engine alone has too few mentions of each.
            "presentAgainstAbsentPooledAuroc": mean_auroc(
                (states[mentioned] == 1).astype(int)[:, None], margins[rows][mentioned][:, None]
            ),
            "atThresholds": at_thresholds(said[rows], states, thresholds),
        }
    return out


def list_voices(corpus: Corpus) -> dict[str, int]:
    """Utterances a voice."""
    names = [f"{u.voice['engine']} {u.voice['name']}" for u in corpus.utterances]
    return {name: names.count(name) for name in sorted(set(names))}


def recorded_strangers(folder: Path, piece_seconds: float = 8.0) -> list[np.ndarray]:
    """Every recording below a folder, in pieces of at most `piece_seconds`, as the app might cut them."""
    clips = []
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".wav", ".ogg", ".flac"}:
            audio = read_wav(file.read_bytes())[: 120 * SAMPLE_RATE_HZ]
            piece = round(piece_seconds * SAMPLE_RATE_HZ)
            clips += [audio[i : i + piece] for i in range(0, len(audio), piece) if len(audio) - i > piece // 8]
    return clips


def made_strangers(corpus: Corpus, count: int, seed: int) -> list[np.ndarray]:
    """Utterances of a split that state nothing, heard through rooms, and as many clips of noise or reversed speech."""
    rng = np.random.default_rng(seed)
    quiet = np.flatnonzero(np.abs(corpus.states).sum(1) == 0)
    clips = [heard(corpus.audio(i), rng) for i in quiet] + [corpus.audio(i) for i in quiet]
    return clips + [
        nothing_said(rng.integers(8_000, 160_000), rng, corpus.audio(i % len(corpus))) for i in range(count)
    ]
