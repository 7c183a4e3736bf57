"""Letters of the CTC head, and the greedy reading of its output."""

from __future__ import annotations

import re

import numpy as np

BLANK = 0
ALPHABET = ["", " ", "'", *"abcdefghijklmnopqrstuvwxyz"]
_INDEX = {letter: index for index, letter in enumerate(ALPHABET) if letter}


def to_letters(text: str) -> str:
    """Lower case text of letters, apostrophes and single spaces: all that the CTC head can spell."""
    return " ".join(re.sub(r"[^a-z' ]+", " ", text.lower().replace("’", "'")).split())


def to_targets(text: str) -> np.ndarray:
    """CTC target of a text, int64 [letters]."""
    return np.array([_INDEX[letter] for letter in to_letters(text)], np.int64)


def read_greedy(log_probs: np.ndarray) -> str:
    """Best path of log_probs [frames, letters]: repeats merged, blanks dropped (Graves et al. 2006)."""
    best = np.asarray(log_probs).argmax(-1)
    kept = [int(c) for i, c in enumerate(best) if c != BLANK and (i == 0 or c != best[i - 1])]
    return " ".join("".join(ALPHABET[c] for c in kept).split())


def word_errors(reference: str, heard: str) -> tuple[int, int]:
    """(edits, words of the reference): substitutions + deletions + insertions of the shortest alignment."""
    ref, hyp = reference.split(), heard.split()
    row = list(range(len(hyp) + 1))
    for i, word in enumerate(ref, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(hyp, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (word != other))
    return row[-1], len(ref)
