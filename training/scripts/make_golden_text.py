"""Writes fixtures/golden/text: a small BERT tokenizer and what it makes of sentences, for the browser's tokenizer.

python -m scripts.make_golden_text
"""

import json
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from voxct.ctclip.tokenizer import build_word_piece

ROOT = Path(__file__).resolve().parents[2]
MAX_TOKENS = 24
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
CHARACTERS = tuple("abcdefghijklmnopqrstuvwxyz0123456789.,-/()'%?:;<>=+é肺")
WORDS = (
    "the is no not present pleural pericardial effusion small left right lung nodule cardiomegaly atelectasis mm in of "
    "lobe upper lower there bilateral emphysema ground glass opacity cafe naive and softhyphen zerowidth space"
).split()
PIECES = ("##s", "##al", "##ly", "##osis", "##itis", "##ic", "##mm", "##5", "##a", "##e", "##n", "##o", "##t", "##r")
SENTENCES = (
    "Pleural effusion is present.",
    "Pleural effusion is not present.",
    "PERICARDIAL EFFUSION, small",
    "  There  is\ta 5 mm\nnodule in the left upper lobe  ",
    "Ground-glass opacity (bilateral); no cardiomegaly?",
    "nodules of 5mm, 3.5 x 2/3",
    "Café naïve ÉFFUSION",
    "lungs' atelectasis: no",
    "effusion肺lung",
    "xylophone qqqzzz effusions",
    "soft­hyphen and zero\u200bwidth\u00a0space",
    "",
    "a" * 120,
    "the left lung and the right lung " * 8,
)


@dataclass(frozen=True)
class Config:
    out: Path = ROOT / "fixtures/golden/text"


def build_vocabulary() -> list[str]:
    """A token a line of vocab.txt, in the order of the ids."""
    return list(dict.fromkeys((*SPECIAL, *CHARACTERS, *WORDS, *PIECES)))


def build_tokenizer() -> Tokenizer:
    return build_word_piece(build_vocabulary())


def encode(tokenizer: Tokenizer, text: str) -> list[int]:
    """[CLS] … [SEP]; longer sentences are cut, the final token kept."""
    ids = tokenizer.encode(text).ids
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]


def main(config: Config) -> None:
    config.out.mkdir(parents=True, exist_ok=True)
    tokenizer = build_tokenizer()
    tokenizer.save(str(config.out / "tokenizer.json"), pretty=False)
    rows = ",\n".join(
        "  " + json.dumps({"text": text, "ids": encode(tokenizer, text)}, ensure_ascii=True) for text in SENTENCES
    )
    head = f'{{"maxTokens": {MAX_TOKENS}, "sentences": [\n'
    (config.out / "sentences.json").write_text(head + rows + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Config())
