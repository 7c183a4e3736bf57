"""N-gram counts and modified Kneser-Ney estimates in back-off form (Chen & Goodman 1999, section 3)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

START, END = "<s>", "</s>"
NEVER = -99.0  # log P of the start of a sentence, which is a context and never a word
Gram = tuple[str, ...]
# Discounts of counts 1, 2 and 3 or more, where a corpus has too few rare n-grams to estimate them.
_USUAL_DISCOUNTS = (0.5, 1.0, 1.5)


@dataclass(frozen=True)
class Estimate:
    """Natural logarithms: of P(last word | the words before), and of the weight with which the context backs off."""

    log_prob: float
    log_backoff: float


def estimate_ngrams(
    sentences: Iterable[str], order: int, least_counts: dict[int, int] | None = None
) -> dict[Gram, Estimate]:
    """Interpolated modified Kneser-Ney of space-separated words, as {n-gram: Estimate} of every length up to `order`.

    log P(w | h) is the entry of h + w where there is one, else backoff(h) + log P(w | h without its first word).
    `<s>` is a context only. `least_counts`: {length: count below which an n-gram is left out}, not falling with the
    length; what is left out goes to the back-off weights, so that the words after any context still sum to one.
    """
    raw = _count(sentences, order)
    probs: dict[Gram, float] = {}
    backoffs: dict[Gram, float] = {}
    for length in range(1, order + 1):
        counts = raw[length] if length == order else _continuations(raw, length)
        least = (least_counts or {}).get(length, 1)
        probs.update(_interpolate(counts, {g for g in counts if raw[length][g] >= least}, probs, backoffs))
    estimates = {gram: Estimate(math.log(p), _log_backoff(gram, backoffs)) for gram, p in probs.items()}
    return {(START,): Estimate(NEVER, _log_backoff((START,), backoffs)), **estimates}


def _log_backoff(gram: Gram, backoffs: dict[Gram, float]) -> float:
    return math.log(backoffs.get(gram, 1.0))


def _count(sentences: Iterable[str], order: int) -> dict[int, Counter]:
    raw: dict[int, Counter] = {length: Counter() for length in range(1, order + 1)}
    for sentence in sentences:
        words = [START, *sentence.split(), END]
        for length in range(1, order + 1):
            raw[length].update(zip(*(words[i:] for i in range(length)), strict=False))
    del raw[1][(START,)]
    return raw


def _continuations(raw: dict[int, Counter], length: int) -> Counter:
    """How many different words stand before each n-gram; those that begin a sentence keep their own count."""
    counts = Counter(gram[1:] for gram in raw[length + 1] if gram[1:] in raw[length])
    counts.update({gram: count for gram, count in raw[length].items() if gram[0] == START})
    return counts


def _interpolate(counts: Counter, kept: set[Gram], probs: dict[Gram, float], backoffs: dict[Gram, float]) -> dict:
    """P of each n-gram of one length that is kept; writes the back-off weights of their contexts."""
    discounts = _discounts(counts)
    totals: Counter = Counter()
    spared: dict[Gram, float] = {}
    for gram, count in counts.items():
        discount = discounts[min(count, 3) - 1] if gram in kept else count
        totals[gram[:-1]] += count
        spared[gram[:-1]] = spared.get(gram[:-1], 0.0) + discount
    for context, total in totals.items():
        backoffs[context] = spared[context] / total
    found = {}
    for gram in sorted(kept):
        context, count = gram[:-1], counts[gram]
        lower = _backed_off(gram[1:], probs, backoffs) if context else 1 / len(kept)
        found[gram] = (count - discounts[min(count, 3) - 1]) / totals[context] + backoffs[context] * lower
    return found


def _backed_off(gram: Gram, probs: dict[Gram, float], backoffs: dict[Gram, float]) -> float:
    if gram in probs:
        return probs[gram]
    return backoffs.get(gram[:-1], 1.0) * _backed_off(gram[1:], probs, backoffs)


def _discounts(counts: Counter) -> tuple[float, float, float]:
    of = Counter(min(count, 5) for count in counts.values())
    if not all(of[n] for n in (1, 2, 3, 4)):
        return _USUAL_DISCOUNTS
    y = of[1] / (of[1] + 2 * of[2])
    raw = [n - (n + 1) * y * of[n + 1] / of[n] for n in (1, 2, 3)]
    return tuple(min(max(value, 0.05), n - 0.05) for n, value in enumerate(raw, 1))  # type: ignore[return-value]
