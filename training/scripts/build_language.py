"""Builds the words and n-grams of the transcript's decoder from the training texts: runs/speech2/language.bin."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.findings import list_prompts
from voxct.speech.alphabet import to_letters
from voxct.speech.language import DecodingSettings, to_bytes
from voxct.speech.ngrams import estimate_ngrams

MOST_BYTES = 1_500_000
# Kinds of the spoken corpus that are not in its file of dictations.
OTHER_KINDS = {"talk", "command", "prompt"}


@dataclass(frozen=True)
class Config:
    sentences: list[Path]
    corpus: Path
    splits: list[str]
    settings: Path
    out: Path
    order: int = 4
    least_counts: dict[int, int] = field(default_factory=lambda: {4: 2})


def main(config: Config) -> dict:
    """Writes the file; the same texts and settings give the same bytes. Returns its size and counts."""
    texts = [to_letters(text) for text in collect_texts(config)]
    estimates = estimate_ngrams(texts, config.order, config.least_counts)
    settings = DecodingSettings(**json.loads(config.settings.read_text(encoding="utf-8"))["decoding"])
    content = to_bytes(estimates, settings)
    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content)} bytes: raise the least counts")
    config.out.parent.mkdir(parents=True, exist_ok=True)
    config.out.write_bytes(content)
    counts = [sum(len(gram) == n + 1 for gram in estimates) for n in range(config.order)]
    return {"texts": len(texts), "words": counts[0] - 2, "ngrams": counts, "bytes": len(content)}


def collect_texts(config: Config) -> list[str]:
    """Sentences of the training split alone, everyday talk, commands, and the zero-shot prompts."""
    texts = [line["text"] for file in config.sentences for line in read_lines(file)]
    for split in config.splits:
        texts += [line["text"] for line in read_lines(config.corpus / f"{split}.sentences.jsonl")]
        texts += [line["text"] for line in read_lines(config.corpus / f"{split}.jsonl") if line["kind"] in OTHER_KINDS]
    return texts + list_prompts()


def read_lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def parse_arguments() -> Config:
    training = ROOT / "training"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, nargs="+", default=[training / "data/sentences-train.jsonl"])
    parser.add_argument("--corpus", type=Path, default=training / "data/speech")
    parser.add_argument(
        "--splits", nargs="+", default=["train", "train2", "train3"], help="training parts of the spoken corpus"
    )
    parser.add_argument("--settings", type=Path, default=training / "configs/decoding.json")
    parser.add_argument("--out", type=Path, default=training / "runs/speech2/language.bin")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments())))
