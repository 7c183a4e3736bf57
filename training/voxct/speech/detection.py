"""Which findings an utterance says: AUROC with intervals, and what the app would show at its thresholds."""

from __future__ import annotations

import numpy as np

from voxct.metrics import auroc_per_finding, mean_auroc, shuffled_mean_auroc, to_interval
from voxct.resampling import auroc_of_column, auroc_of_draws, draw_counts
from voxct.speech.listener import Heard
from voxct.speech.reading import read_shares, to_said_scores
from voxct.speech.thresholds import f1

ROUNDS = 1000


def cosines_to(answers: list[Heard], prompts: np.ndarray) -> np.ndarray:
    """[clips, 18, 2]: cosine to the positive and to the negative prompt of each finding."""
    return np.einsum("nd,fpd->nfp", np.stack([a.embedding for a in answers]), prompts)


def margins_of(answers: list[Heard], prompts: np.ndarray) -> np.ndarray:
    """cos to the positive prompt minus cos to the negative one, [clips, 18]; prompts [18, 2, dimension]."""
    return np.stack([a.embedding for a in answers]) @ (prompts[:, 0] - prompts[:, 1]).T


def pair_scores(answers: list[Heard], rows: np.ndarray) -> np.ndarray:
    """[clips, 18, 2], present and absent: shares by dual directions [37, d], or cosines to prompts [18, 2, d]."""
    if rows.ndim == 2:
        return read_shares(np.stack([a.embedding for a in answers]), rows)
    return cosines_to(answers, rows)


def said_scores(answers: list[Heard], rows: np.ndarray) -> np.ndarray:
    """[clips, 18]: what the app thresholds, by dual directions or by prompts (their margin)."""
    return to_said_scores(pair_scores(answers, rows)) if rows.ndim == 2 else margins_of(answers, rows)


def detection(pairs: np.ndarray, states: np.ndarray) -> dict:
    """AUROC of said present and said absent against all else, and of present against absent where mentioned.

    pairs [n, 18, 2] of `pair_scores`. Said present is scored by the first, said absent by the second: there are
    three states, and in the difference of the two (the margin) a finding heard with the wrong polarity falls below all
    that was not mentioned. The margin tells present from absent, and its own figure stands beside the others.
    Intervals: percentile 95 % of resampled utterances. Each figure is the mean over findings that have both classes.
    """
    said, denied, margins = (states == 1).astype(int), (states == -1).astype(int), pairs[..., 0] - pairs[..., 1]
    present = described("saidPresent", said, pairs[..., 0])
    return {
        **present,
        "saidPresentInterval": present["saidPresentAurocInterval"],
        "saidPresentPerFinding": auroc_per_finding(said, pairs[..., 0]),
        "saidPresentShuffled": shuffled_mean_auroc(said, pairs[..., 0]),
        **described("saidPresentByMargin", said, margins),
        "saidPresentByMarginPerFinding": auroc_per_finding(said, margins),
        **described("saidAbsent", denied, pairs[..., 1]),
        **described("saidAbsentByMargin", denied, -margins),
        **present_against_absent(states, margins),
    }


def described(name: str, truth: np.ndarray, scores: np.ndarray) -> dict:
    """{nameAuroc, nameAurocInterval}: mean over findings, and its interval."""
    draws = draw_counts(len(truth), ROUNDS, 0)
    values = auroc_of_draws(truth, scores, draws)
    known = [f for f in range(truth.shape[1]) if 0 < truth[:, f].sum() < len(truth)]
    return {
        f"{name}Auroc": mean_auroc(truth, scores),
        f"{name}AurocInterval": to_interval(np.nanmean(values[:, known], 1)) if known else None,
    }


def present_against_absent(states: np.ndarray, margins: np.ndarray) -> dict:
    """AUROC of the margin over the utterances that mention a finding, mean over findings, with its interval."""
    draws = draw_counts(len(states), ROUNDS, 0)
    per_finding: list[float | None] = []
    resampled = []
    for f in range(states.shape[1]):
        rows = states[:, f] != 0
        truth, scores = (states[rows, f] == 1).astype(int), margins[rows, f]
        if 0 < truth.sum() < len(truth):
            per_finding.append(auroc_per_finding(truth[:, None], scores[:, None])[0])
            resampled.append(auroc_of_column(truth, scores, draws[:, rows]))
        else:
            per_finding.append(None)
    known = [value for value in per_finding if value is not None]
    return {
        "presentAgainstAbsentAuroc": float(np.mean(known)) if known else None,
        "presentAgainstAbsentAurocInterval": to_interval(np.nanmean(resampled, 0)) if known else None,
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


def false_mentions(answers: list[Heard], rows: np.ndarray, thresholds: dict) -> dict:
    """Of clips that say no finding: how many put one into said present, or said absent, and the extreme scores."""
    margins = said_scores(answers, rows)
    return {
        "clips": len(answers),
        "saidPresent": int((margins >= thresholds["present"]).any(1).sum()),
        "saidAbsent": int((margins <= thresholds["absent"]).any(1).sum()),
        "largestMargin": float(margins.max()),
        "smallestMargin": float(margins.min()),
    }
