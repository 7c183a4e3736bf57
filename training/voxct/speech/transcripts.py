"""Word errors of transcripts: greedy letters beside the decoder's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voxct.findings import FINDING_LABELS
from voxct.pack.synonyms import SYNONYMS
from voxct.speech.alphabet import read_greedy, to_letters, word_errors
from voxct.speech.augment import heard
from voxct.speech.corpus import Corpus
from voxct.speech.decoding import Transcriber
from voxct.speech.listener import Listener
from voxct.speech.voices import Voice, speak, to_spoken

STRANGE_TALK = Path(__file__).with_name("strange_talk.txt")
# Words of findings that everyday talk has as well.
COMMON = set(
    "of the in lines line port volume changes air heart fluid loss device wall band wires material medical".split()
)
FINDING_WORDS = {
    word
    for text in (*FINDING_LABELS, *(s for words in SYNONYMS.values() for s in words))
    for word in text.lower().split()
} - COMMON


@dataclass(frozen=True)
class Frames:
    """What the encoder makes of one clip; `text` is normalised (a-z, apostrophes, single spaces)."""

    log_probs: np.ndarray
    text: str
    engine: str
    kind: str
    greedy: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "greedy", read_greedy(self.log_probs))


def listen_to_corpus(listener: Listener, corpus: Corpus, seed: int | None = None, step: int = 1) -> list[Frames]:
    """Every `step`-th utterance; through synthetic rooms and noises where a seed is given."""
    rng = np.random.default_rng(seed)
    rows = []
    for index in range(0, len(corpus), step):
        utterance, audio = corpus.utterances[index], corpus.audio(index)
        clip = audio if seed is None else heard(audio, rng)
        kind = "talk" if utterance.kind == "talk" else "dictation"
        rows.append(Frames(listener.run(clip)[1], to_letters(utterance.text), utterance.voice["engine"], kind))
    return rows


def listen_to_strange_talk(listener: Listener, voices: list[Voice], seed: int) -> list[Frames]:
    """Everyday sentences full of words that no lexicon of ours has, each by one of the voices, clean and in a room."""
    rng = np.random.default_rng(seed)
    rows = []
    for index, text in enumerate(STRANGE_TALK.read_text(encoding="utf-8").splitlines()):
        voice = voices[index % len(voices)]
        audio = speak(to_spoken(text), voice)
        audio = audio * (0.7 / np.abs(audio).max())
        for clip in (audio, heard(audio, rng)):
            rows.append(Frames(listener.run(clip)[1], to_letters(text), voice.engine, "strange"))
    return rows


def measure_errors(rows: list[Frames], read: Callable[[Frames], str]) -> np.ndarray:
    """int [clips, 2]: word edits and words of the reference."""
    return np.array([word_errors(row.text, read(row)) for row in rows])


def to_rate(errors: np.ndarray) -> float:
    """Edits over words of all clips."""
    return float(errors[:, 0].sum() / errors[:, 1].sum())


def to_interval(errors: np.ndarray, rounds: int = 1000, seed: int = 0) -> list[float]:
    """95 % percentile interval of the rate over bootstrap resamples of clips."""
    picks = np.random.default_rng(seed).integers(0, len(errors), (rounds, len(errors)))
    sums = errors[picks].sum(1)
    return [float(x) for x in np.percentile(sums[:, 0] / sums[:, 1], [2.5, 97.5])]


def measure_letters(rows: list[Frames], read: Callable[[Frames], str]) -> float:
    """Letter error rate, the space being a letter."""
    pairs = [word_errors(" ".join(row.text.replace(" ", "_")), " ".join(read(row).replace(" ", "_"))) for row in rows]
    return sum(edits for edits, _ in pairs) / sum(letters for _, letters in pairs)


def count_finding_words(texts: list[str]) -> int:
    """Words that only findings have."""
    return sum(word in FINDING_WORDS for text in texts for word in text.split())


def summarise(rows: list[Frames], transcriber: Transcriber, words: set[str]) -> dict:
    """Greedy and decoded word error rates of a split with intervals, a kind and an engine, and the unknown words."""
    read = {id(row): transcriber.read(row.log_probs) for row in rows}
    decoded = measure_errors(rows, lambda row: read[id(row)])
    greedy = measure_errors(rows, lambda row: row.greedy)
    told = [word for row in rows for word in row.text.split()]
    report = {
        "utterances": len(rows),
        "words": len(told),
        "unknownWords": sum(word not in words for word in told) / len(told),
        "wer": to_rate(decoded),
        "werInterval": to_interval(decoded),
        "werGreedy": to_rate(greedy),
        "leftAsLetters": float(np.mean([read[id(row)] == row.greedy for row in rows])),
    }
    for name in ("engine", "kind"):
        keys = np.array([getattr(row, name) for row in rows])
        report[f"per{name.capitalize()}"] = {
            str(key): {
                "utterances": int((keys == key).sum()),
                "words": int(decoded[keys == key][:, 1].sum()),
                "wer": to_rate(decoded[keys == key]),
                "werGreedy": to_rate(greedy[keys == key]),
            }
            for key in sorted(set(keys))
        }
    return report
