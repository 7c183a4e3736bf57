"""When a margin counts as said: chosen on validation clips alone."""

from __future__ import annotations

import numpy as np

# A finding put into "said" that nobody said costs more than one that is missed: precision counts twice (F0.5).
BETA = 0.5


def choose_threshold(margins: np.ndarray, said: np.ndarray, silent: np.ndarray, limit: float) -> float:
    """The margin of best F0.5 that at most `limit` of the clips without any finding reach.

    margins [n, 18] and said [n, 18] (bool) of utterances; silent [m, 18] margins of clips that say no finding.
    For "absent" pass the margins negated.
    """
    order = np.sort(silent.max(1))[::-1]
    allowed = int(limit * len(order))
    floor = float(order[allowed]) + 1e-4
    candidates = np.unique(np.quantile(margins[margins > floor], np.linspace(0, 1, 200)))
    scores = [f_score(said, margins >= c, BETA) for c in candidates]
    return float(candidates[int(np.argmax(scores))])


def f_score(truth: np.ndarray, called: np.ndarray, beta: float) -> float:
    """F measure over all entries: beta below 1 favours precision (van Rijsbergen)."""
    hits = float((truth & called).sum())
    weighted = beta**2 * float(truth.sum()) + float(called.sum())
    return (1 + beta**2) * hits / max(1.0, weighted)


def f1(truth: np.ndarray, called: np.ndarray) -> float:
    """F1 over all entries."""
    return f_score(truth, called, 1.0)


def choose_thresholds(margins: np.ndarray, states: np.ndarray, silent: np.ndarray, limit: float) -> dict[str, float]:
    """{present, absent}: said present at margin >= present, said absent at margin <= absent (a negative number)."""
    return {
        "present": choose_threshold(margins, states == 1, silent, limit),
        "absent": -choose_threshold(-margins, states == -1, -silent, limit),
    }
