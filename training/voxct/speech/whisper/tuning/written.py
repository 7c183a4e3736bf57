"""How Whisper writes what was dictated: capitals, full stops, and figures where a number is read as one.

The targets of tuning keep to its own habits, so that only the words change that it does not know.
"""

from __future__ import annotations

import re

from voxct.speech.whisper.spelling import SMALL, TENS

_VALUES = {word: n for n, word in enumerate(SMALL)} | {word: 10 * (n + 2) for n, word in enumerate(TENS)}
_NUMBER = "|".join(sorted(_VALUES, key=len, reverse=True))
_WHOLE = rf"(?:{_NUMBER})(?:[ -](?:hundred|and|{_NUMBER}))*"
_SPOKEN = re.compile(rf"\b({_WHOLE})(?: point ((?:{_NUMBER})(?: (?:{_NUMBER}))*))?\b", re.I)
_UNITS = (
    (re.compile(r"(?<=\d)[ -]millimet(?:er|re)s?\b"), " mm"),
    (re.compile(r"(?<=\d)[ -]centimet(?:er|re)s?\b"), " cm"),
)
_MEASURED = re.compile(r"\s*(?:millimet|centimet|hounsfield|percent|by\b)", re.I)
_COUNTED = re.compile(r"\b(?:image|series|slice)\s*$", re.I)
FIGURES_FROM = 10
"""Smaller numbers that no unit follows stay words."""


def to_written(texts: list[str]) -> str:
    """Clauses, one behind the other -> text. ValueError where nothing is said."""
    sentences = [_to_sentence(text) for text in texts if text.strip()]
    if not sentences:
        raise ValueError("no words to write")
    return " ".join(sentences)


def _to_sentence(text: str) -> str:
    written = _SPOKEN.sub(lambda found: _to_figures(found, text), " ".join(text.split()))
    for unit, short in _UNITS:
        written = unit.sub(short, written)
    written = re.sub(r"\bi\b", "I", written[0].upper() + written[1:])
    return written if written[-1] in ".,;:?!" else f"{written}."


def _to_figures(found: re.Match[str], text: str) -> str:
    value, fraction = _to_value(found[1]), found[2]
    if value is None:
        return found[0]
    if fraction:
        return f"{value}.{''.join(str(_VALUES[word]) for word in fraction.lower().split())}"
    counts = _MEASURED.match(text, found.end()) or _COUNTED.search(text, 0, found.start())
    return str(value) if counts or value >= FIGURES_FROM else found[0]


def _to_value(words: str) -> int | None:
    """ "one hundred and five" -> 105; None where the words are digits read one by one."""
    total, last = 0, None
    for word in re.split(r"[ -]", words.lower()):
        if word == "and":
            continue
        if word == "hundred":
            total, last = max(total, 1) * 100, None
            continue
        value = _VALUES[word]
        if last is not None and not (last >= 20 and last % 10 == 0 and 0 < value < 10):
            return None
        total, last = total + value, value
    return total
