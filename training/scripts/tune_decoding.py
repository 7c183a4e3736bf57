"""Chooses the weights of the transcript's decoder on the validation split: configs/decoding.json.

Validation utterances, clean and through synthetic rooms, choose the weight of the language and the word bonus. The cost
of unknown words is the one that spells strange talk (strange_talk.txt, by training and validation voices) best among
those that keep within TOLERANCE of the best word error rate; the limit of doubt is the smallest that does so too.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.speech.corpus import Corpus
from voxct.speech.decoding import Transcriber
from voxct.speech.language import DecodingSettings, Language, load_language
from voxct.speech.listener import Listener
from voxct.speech.transcripts import (
    Frames,
    count_finding_words,
    listen_to_corpus,
    listen_to_strange_talk,
    measure_errors,
    measure_letters,
    to_rate,
)
from voxct.speech.voices import Voice

TOLERANCE = 0.002
STRANGE_VOICES = [
    Voice("flite", "slt", 1.0, 175.0),
    Voice("espeak", "en-gb-x-gbcwmd+victor", 1.0, 45.0),
    Voice("flite", "rms", 1.05, 105.0),
    Voice("espeak", "en-gb-x-gbcwmd+quincy", 1.05, 60.0),
    Voice("flite", "awb", 1.05, 130.0),
]


@dataclass(frozen=True)
class Config:
    encoder: Path
    language: Path
    corpus: Path
    splits: list[str]
    out: Path
    step: int = 3


def main(config: Config) -> dict:
    """Writes the settings with the figures that chose them; build_language.py puts them into the language file."""
    listener, language = Listener(config.encoder), load_language(config.language)
    rows = []
    for split in config.splits:
        corpus = Corpus(config.corpus, split)
        rows += listen_to_corpus(listener, corpus, None, config.step)
        rows += listen_to_corpus(listener, corpus, 3, config.step)
    strange = listen_to_strange_talk(listener, STRANGE_VOICES, 5)
    settings, figures = choose_settings(language, rows, strange)
    report = {"decoding": asdict(settings), "chosenOn": {"splits": config.splits, **figures}}
    config.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report


def choose_settings(language: Language, rows: list[Frames], strange: list[Frames]) -> tuple[DecodingSettings, dict]:
    base = replace(language.settings, doubtLimit=1e9)
    tried = {}
    for weight, bonus in product((0.7, 0.9, 1.1), (1.5, 3.0)):
        settings = replace(base, languageWeight=weight, wordBonus=bonus)
        tried[settings] = rate(language, settings, rows)
    best = min(tried, key=tried.__getitem__)
    unknown = {}
    for word, letter in ((6.0, 1.0), (8.0, 2.0), (12.0, 2.0)):
        settings = replace(best, unknownWord=word, unknownLetter=letter)
        unknown[settings] = (rate(language, settings, rows), spell(language, settings, strange))
    least = min(wer for wer, _ in unknown.values())
    allowed = [settings for settings, (wer, _) in unknown.items() if wer <= least + TOLERANCE]
    best = min(allowed, key=lambda settings: unknown[settings][1])
    final = choose_doubt_limit(language, best, rows)
    read = Transcriber(language, settings=final).read
    greedy = to_rate(measure_errors(rows, lambda row: row.greedy))
    return final, {
        "clips": len(rows),
        "wer": rate(language, final, rows),
        "werGreedy": greedy,
        "werWithoutDoubt": unknown[best][0],
        "strangeClips": len(strange),
        "strangeLetterErrors": spell(language, final, strange),
        "strangeLetterErrorsGreedy": measure_letters(strange, lambda row: row.greedy),
        "strangeFindingWords": count_finding_words([read(row.log_probs) for row in strange]),
        "strangeFindingWordsWithoutDoubt": count_finding_words(
            [Transcriber(language, settings=best).read(row.log_probs) for row in strange]
        ),
    }


def choose_doubt_limit(language: Language, settings: DecodingSettings, rows: list[Frames]) -> DecodingSettings:
    """The smallest limit that costs the validation at most TOLERANCE."""
    transcriber = Transcriber(language, settings=settings)
    weighed = {id(row): transcriber.weigh(row.log_probs) for row in rows}

    def rate_at(limit: float) -> float:
        return to_rate(measure_errors(rows, lambda row: weighed[id(row)][1 if weighed[id(row)][2] > limit else 0]))

    limits = (twentieths / 20 for twentieths in range(8, 100))
    free = rate_at(settings.doubtLimit)
    return replace(settings, doubtLimit=next(limit for limit in limits if rate_at(limit) <= free + TOLERANCE))


def rate(language: Language, settings: DecodingSettings, rows: list[Frames]) -> float:
    transcriber = Transcriber(language, settings=settings)
    found = to_rate(measure_errors(rows, lambda row: transcriber.read(row.log_probs)))
    print(f"{asdict(settings)}: {found:.4f}", file=sys.stderr, flush=True)
    return found


def spell(language: Language, settings: DecodingSettings, rows: list[Frames]) -> float:
    transcriber = Transcriber(language, settings=settings)
    return measure_letters(rows, lambda row: transcriber.read(row.log_probs))


def parse_arguments() -> Config:
    training = ROOT / "training"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, default=training / "runs/speech2/speech.onnx")
    parser.add_argument("--language", type=Path, default=training / "runs/speech2/language.bin")
    parser.add_argument("--corpus", type=Path, default=training / "data/speech")
    parser.add_argument("--splits", nargs="+", default=["validation", "validation2"])
    parser.add_argument("--step", type=int, default=3, help="every n-th utterance")
    parser.add_argument("--out", type=Path, default=training / "configs/decoding.json")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments()), indent=2))
