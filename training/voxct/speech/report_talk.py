"""Sentences around the words of chest CT reports, without labels: a transcriber learns their spelling from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def _read(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


TERMS = _read("report_terms.txt")
PHRASES = _read("report_phrases.txt")
_TEMPLATES = (
    "{a}.",
    "{a}",
    "{a}, {b}, {c}",
    "{a} and {b}.",
    "no {a}.",
    "no {a} or {b}.",
    "no evidence of {a}, {b} or {c}.",
    "there is {a} {place}.",
    "there is no {a} {place}.",
    "{a} {place}, {b} {place}.",
    "known {a}, now with {b}.",
    "history of {a}.",
    "status post {a}.",
    "findings are in keeping with {a}.",
    "findings may represent {a} or {b}.",
    "{a} cannot be excluded.",
    "{a} is unchanged.",
    "{a} has resolved.",
    "the previously seen {a} is smaller.",
    "query {a}.",
    "differential includes {a}, {b} and {c}.",
    "mild {a} with {b}.",
    "moderate {a} {place}.",
    "severe {a}.",
    "without {a}.",
    "neither {a} nor {b}.",
)
_PLACES = (
    "in the right upper lobe|in the left upper lobe|in the right middle lobe|in the right lower lobe"
    "|in the left lower lobe|in the lingula|at both bases|at the left apex|in the right hilum|in the left hemithorax"
    "|along the oblique fissure|behind the sternum|beneath the carina|on the right|on the left|bilaterally"
    "|posteriorly|at the level of the arch|near the diaphragm|in the costophrenic recess|around the heart"
).split("|")


_HEADINGS = "Technique|Comparison|Findings|Impression|Lungs|Pleura|Heart|Mediastinum|Nodes|Bones|Upper abdomen".split(
    "|"
)
_SIGNS = {",": " comma", ".": " period", ":": " colon", "?": " question mark"}
_BREAKS = (" new line", " next line", " new paragraph", "", "", "")
SIGNS_SHARE = 0.25


def draw_report_talk(rng: np.random.Generator) -> str:
    """One to three sentences; a term, or what stands between findings; some with their signs spoken."""
    sentences = [_draw_sentence(rng) for _ in range(rng.integers(1, 4))]
    if rng.random() >= SIGNS_SHARE:
        return " ".join(sentences)
    heading = f"{rng.choice(_HEADINGS)}: " if rng.random() < 0.6 else ""
    return _speak_signs(heading + " ".join(sentences), rng)


def _speak_signs(text: str, rng: np.random.Generator) -> str:
    """As some dictate: every sign in its word, a point of a list as a hyphen."""
    start = "Hyphen " if rng.random() < 0.15 else ""
    spoken = "".join(_SIGNS.get(letter, letter) for letter in text)
    return f"{start}{spoken[0].lower() if start else spoken[0]}{spoken[1:]}{rng.choice(_BREAKS)}"


def _draw_sentence(rng: np.random.Generator) -> str:
    if rng.random() < 0.2:
        return str(rng.choice(PHRASES))
    a, b, c = rng.choice(TERMS, 3, replace=False)
    sentence = str(rng.choice(_TEMPLATES)).format(a=a, b=b, c=c, place=rng.choice(_PLACES))
    return sentence[0].upper() + sentence[1:]
