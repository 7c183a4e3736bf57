"""Word error rate of a split, with its interval over utterances and a decoder of the caller's choice."""

from __future__ import annotations

import numpy as np

from voxct.metrics import to_interval
from voxct.resampling import draw_counts
from voxct.speech.alphabet import to_letters, word_errors
from voxct.speech.corpus import Corpus

ROUNDS = 1000


def word_error_rate(transcripts: list[str], corpus: Corpus) -> dict:
    """{rate, interval, words, perEngine: {engine: rate}}: edits over words of the spoken texts."""
    counts = np.array(
        [word_errors(to_letters(u.text), t) for u, t in zip(corpus.utterances, transcripts, strict=True)], float
    )
    draws = draw_counts(len(counts), ROUNDS, 0)
    sums = draws @ counts
    engines = np.array([u.voice["engine"] for u in corpus.utterances])
    return {
        "rate": rate_of(counts),
        "interval": to_interval(sums[:, 0] / sums[:, 1]),
        "words": int(counts[:, 1].sum()),
        "perEngine": {str(engine): rate_of(counts[engines == engine]) for engine in np.unique(engines)},
    }


def rate_of(counts: np.ndarray) -> float:
    """counts [n, 2] (edits, words) -> edits over words."""
    return float(counts[:, 0].sum() / counts[:, 1].sum())
