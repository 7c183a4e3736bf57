"""Every figure of the speech encoder, measured on the exported graph with voices that training never heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voxct.metrics import auroc_per_finding, bootstrap_mean_auroc, mean_auroc, shuffled_mean_auroc
from voxct.speech.alphabet import to_letters, word_errors
from voxct.speech.augment import heard, nothing_said
from voxct.speech.corpus import Corpus
from voxct.speech.listener import Heard, Listener
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.thresholds import f1
from voxct.speech.voices import read_wav

Prompts = dict[str, np.ndarray]


def cosines_to(answers: list[Heard], prompts: np.ndarray) -> np.ndarray:
    """[clips, 18, 2]: cosine to the positive and to the negative prompt of each finding."""
    return np.einsum("nd,fpd->nfp", np.stack([a.embedding for a in answers]), prompts)


def margins_of(answers: list[Heard], prompts: np.ndarray) -> np.ndarray:
    """cos to the positive prompt minus cos to the negative one, [clips, 18]; prompts [18, 2, dimension]."""
    return np.stack([a.embedding for a in answers]) @ (prompts[:, 0] - prompts[:, 1]).T


def evaluate_speech(
    onnx_path: Path, prompts: Prompts, test_dir: Path, thresholds: dict | None = None, strangers: dict | None = None
) -> dict:
    """Figures of the test split in `test_dir`, clean and heard through synthetic rooms and noises.

    prompts: {"text" | "spoken": [18, 2, dimension]}; thresholds: {"prompts", "present", "absent"};
    strangers: {kind: [clips]} that say no finding, counted against the thresholds.
    """
    listener, corpus = Listener(onnx_path), Corpus(test_dir, "test")
    rng = np.random.default_rng(5)
    conditions = {
        "clean": [corpus.audio(i) for i in range(len(corpus))],
        "room_and_noise": [heard(corpus.audio(i), rng) for i in range(len(corpus))],
    }
    report: dict = {"split": "test", "utterances": len(corpus), "voices": list_voices(corpus)}
    for condition, clips in conditions.items():
        answers = [listener.hear(clip) for clip in clips]
        report[condition] = {
            "wer": word_error_rate(answers, corpus),
            "werPerEngine": wer_per_engine(answers, corpus),
            **{name: detection(cosines_to(answers, p), corpus.states) for name, p in prompts.items()},
        }
        if thresholds:
            margins = margins_of(answers, prompts[thresholds["prompts"]])
            report[condition]["atThresholds"] = at_thresholds(margins, corpus.states, thresholds)
    if thresholds and strangers:
        chosen = prompts[thresholds["prompts"]]
        report["strangers"] = {
            kind: false_mentions([listener.hear(clip) for clip in clips], chosen, thresholds)
            for kind, clips in strangers.items()
        }
    return report


def detection(cosines: np.ndarray, states: np.ndarray) -> dict:
    """AUROC of said present and said absent against all else, and of present against absent where mentioned.

    Said present is scored by the cosine to the positive prompt, said absent by that to the negative one: there are
    three states, and in the difference of the two (the margin) a finding heard with the wrong polarity falls below all
    that was not mentioned. The margin tells present from absent, and its own figure stands beside the others.
    """
    said, denied = (states == 1).astype(int), (states == -1).astype(int)
    present, margins = cosines[..., 0], cosines[..., 0] - cosines[..., 1]
    mentioned = states != 0
    per_finding = [
        auroc_per_finding(said[mentioned[:, f]][:, [f]], margins[mentioned[:, f]][:, [f]])[0] for f in range(18)
    ]
    return {
        "saidPresentAuroc": mean_auroc(said, present),
        "saidPresentInterval": bootstrap_mean_auroc(said, present, 300),
        "saidPresentPerFinding": auroc_per_finding(said, present),
        "saidPresentShuffled": shuffled_mean_auroc(said, present),
        "saidPresentByMarginAuroc": mean_auroc(said, margins),
        "saidAbsentAuroc": mean_auroc(denied, cosines[..., 1]),
        "presentAgainstAbsentAuroc": float(np.mean([value for value in per_finding if value is not None])),
        "presentAgainstAbsentPerFinding": per_finding,
    }


def at_thresholds(margins: np.ndarray, states: np.ndarray, thresholds: dict) -> dict:
    """F1, precision and recall of what the app would show as said, and how often a polarity is turned around."""
    present, absent = margins >= thresholds["present"], margins <= thresholds["absent"]
    flipped = (present & (states == -1)) | (absent & (states == 1))
    silent = np.abs(states).sum(1) == 0
    return {
        "presentF1": f1(states == 1, present),
        "presentPrecision": float((states[present] == 1).mean()) if present.any() else None,
        "presentRecall": float(present[states == 1].mean()),
        "absentF1": f1(states == -1, absent),
        "absentPrecision": float((states[absent] == -1).mean()) if absent.any() else None,
        "absentRecall": float(absent[states == -1].mean()),
        "flipped": float(flipped.sum() / (states != 0).sum()),
        "clipsWithoutFinding": int(silent.sum()),
        "falseMentionShare": float((present | absent)[silent].any(1).mean()),
    }


def false_mentions(answers: list[Heard], prompts: np.ndarray, thresholds: dict) -> dict:
    """Of clips that say no finding: how many put one into said present, or said absent, and the extreme margins."""
    margins = margins_of(answers, prompts)
    return {
        "clips": len(answers),
        "saidPresent": int((margins >= thresholds["present"]).any(1).sum()),
        "saidAbsent": int((margins <= thresholds["absent"]).any(1).sum()),
        "largestMargin": float(margins.max()),
        "smallestMargin": float(margins.min()),
    }


def word_error_rate(answers: list[Heard], corpus: Corpus) -> float:
    """Edits over words of greedy CTC, whole split."""
    pairs = [word_errors(to_letters(u.text), a.transcript) for u, a in zip(corpus.utterances, answers, strict=True)]
    return sum(edits for edits, _ in pairs) / sum(words for _, words in pairs)


def wer_per_engine(answers: list[Heard], corpus: Corpus) -> dict[str, float]:
    """Word error rate of each engine's share."""
    totals: dict[str, list[int]] = {}
    for u, a in zip(corpus.utterances, answers, strict=True):
        edits, words = word_errors(to_letters(u.text), a.transcript)
        total = totals.setdefault(u.voice["engine"], [0, 0])
        totals[u.voice["engine"]] = [total[0] + edits, total[1] + words]
    return {engine: edits / words for engine, (edits, words) in totals.items()}


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
