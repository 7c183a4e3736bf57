"""When a margin counts as said: chosen on validation clips alone."""

from __future__ import annotations

import numpy as np


def choose_threshold(margins: np.ndarray, said: np.ndarray, silent: np.ndarray, limit: float) -> float:
    """The margin of best F1 that at most `limit` of the clips without any finding reach.

    margins [n, 18] and said [n, 18] (bool) of utterances; silent [m, 18] margins of clips that say no finding.
    For "absent" pass the margins negated.
    """
    order = np.sort(silent.max(1))[::-1]
    allowed = int(limit * len(order))
    floor = float(order[allowed]) + 1e-4
    candidates = np.unique(np.quantile(margins[margins > floor], np.linspace(0, 1, 200)))
    scores = [f1(said, margins >= c) for c in candidates]
    return float(candidates[int(np.argmax(scores))])


def f1(truth: np.ndarray, called: np.ndarray) -> float:
    """F1 over all entries."""
    hits = float((truth & called).sum())
    return 2 * hits / max(1.0, float(truth.sum() + called.sum()))


def choose_thresholds(margins: np.ndarray, states: np.ndarray, silent: np.ndarray, limit: float) -> dict[str, float]:
    """{present, absent}: said present at margin >= present, said absent at margin <= absent (a negative number)."""
    return {
        "present": choose_threshold(margins, states == 1, silent, limit),
        "absent": -choose_threshold(-margins, states == -1, -silent, limit),
    }
