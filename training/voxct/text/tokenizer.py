"""Word-level tokenizer: lower case, punctuation stripped, about a thousand words; unknown words become [UNK]."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

PAD, CLS, UNK = "[PAD]", "[CLS]", "[UNK]"
WORD_PATTERN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def split_words(text: str) -> list[str]:
    """Words of a text. Hyphens and all other punctuation separate words."""
    return WORD_PATTERN.findall(text.lower())


class WordTokenizer:
    """Maps a text to ids, [CLS] first."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.id_of = {word: index for index, word in enumerate(words)}

    @classmethod
    def build(cls, texts: Iterable[str], max_words: int = 1500, min_count: int = 2) -> "WordTokenizer":
        counts = Counter(word for text in texts for word in split_words(text))
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        kept = [word for word, count in ordered if count >= min_count]
        return cls([PAD, CLS, UNK, *kept[:max_words]])

    @classmethod
    def load(cls, path: Path) -> "WordTokenizer":
        return cls(json.loads(Path(path).read_text(encoding="utf-8"))["words"])

    def save(self, path: Path) -> None:
        content = {"kind": "words", "lowerCase": True, "pattern": WORD_PATTERN.pattern, "words": self.words}
        Path(path).write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")

    def encode(self, text: str, max_length: int) -> list[int]:
        unknown = self.id_of[UNK]
        ids = [self.id_of[CLS], *(self.id_of.get(word, unknown) for word in split_words(text))]
        return ids[:max_length]

    def __len__(self) -> int:
        return len(self.words)
