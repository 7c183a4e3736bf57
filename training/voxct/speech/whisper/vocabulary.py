"""Whisper's vocabulary cut to what English takes: the tokens of ASCII text, single bytes, and a few special ones.

Byte-pair merges of ASCII bytes are ASCII, so every ASCII text has the very tokens that the whole vocabulary gives it:
nothing is lost. The single bytes write everything else.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

FORMAT = "voxct-tokens/1"
TEXT_TOKENS = 50257
"""Byte-pair tokens of the published vocabulary; the special ones follow."""
END, START, ENGLISH, TRANSCRIBE, PREVIOUS, NO_SPEECH, NO_TIMESTAMPS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|transcribe|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
LANGUAGES = range(50259, 50358)
"""Kept, since the probability of no speech is a share against them."""
SPECIAL_IDS = {
    END: 50257, START: 50258, ENGLISH: 50259, TRANSCRIBE: 50359, PREVIOUS: 50361, NO_SPEECH: 50362,
    NO_TIMESTAMPS: 50363,
}  # fmt: skip
"""Multilingual vocabulary (openai/whisper, tokenizer.py)."""


@dataclass(frozen=True)
class Vocabulary:
    """Ids are places in `published`, the published ids in rising order."""

    published: list[int]
    bytes: list[bytes]
    """Of every token; empty for special ones."""
    suppressed: list[int]
    suppressed_first: list[int]
    tokenizer: Tokenizer

    def special(self, name: str) -> int:
        return self.published.index(SPECIAL_IDS[name])

    @property
    def end(self) -> int:
        return self.special(END)

    @property
    def no_speech(self) -> int:
        return self.special(NO_SPEECH)

    @property
    def start(self) -> list[int]:
        return [self.special(name) for name in (START, ENGLISH, TRANSCRIBE, NO_TIMESTAMPS)]

    def encode(self, text: str) -> list[int]:
        """ValueError where a token was cut."""
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids
        places = {published: place for place, published in enumerate(self.published)}
        return [places[one] for one in ids]

    def decode(self, ids: list[int]) -> str:
        return b"".join(self.bytes[one] for one in ids).decode(errors="replace")

    def to_prompt(self, text: str) -> list[int]:
        """The prefix that gives `text` as what was said before, and the start sequence."""
        previous = [self.special(PREVIOUS), *self.encode(f" {text.strip()}")] if text.strip() else []
        return [*previous, *self.start]

    def to_bytes(self) -> bytes:
        """The table of a pack: u32 length of the header, the header (JSON), u8 length of every token, the bytes."""
        header = json.dumps({"format": FORMAT, "count": len(self.bytes)}).encode()
        header += b" " * (-len(header) % 4)
        return struct.pack("<I", len(header)) + header + bytes(map(len, self.bytes)) + b"".join(self.bytes)


def load_vocabulary(folder: Path) -> Vocabulary:
    """From tokenizer.json and config.json (suppressed tokens) of the folder."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    letters = to_byte_letters()
    texts = {}
    for token, published in tokenizer.get_vocab(with_added_tokens=True).items():
        if published < TEXT_TOKENS:
            texts[published] = bytes(letters[letter] for letter in token)
    kept = {published for published, text in texts.items() if text.isascii() or len(text) == 1}
    ids = sorted(kept | set(SPECIAL_IDS.values()) | set(LANGUAGES))
    places = {published: place for place, published in enumerate(ids)}
    always, first = read_suppressed(folder / "config.json")
    special = {published for published in ids if published >= TEXT_TOKENS} - {SPECIAL_IDS[END]}
    return Vocabulary(
        ids,
        [texts.get(published, b"") for published in ids],
        sorted(places[one] for one in {*always, *special} if one in places),
        sorted(places[one] for one in first if one in places),
        tokenizer,
    )


def read_suppressed(path: Path) -> tuple[list[int], list[int]]:
    """Published ids never written, and never written first; by CTranslate2's or transformers' names."""
    stated = json.loads(path.read_text(encoding="utf-8"))
    always = stated.get("suppress_ids") or stated.get("suppress_tokens") or []
    return always, stated.get("suppress_ids_begin") or stated.get("begin_suppress_tokens") or []


def to_byte_letters() -> dict[str, int]:
    """GPT-2's letters for bytes (openai/gpt-2, encoder.py): printable ones stand for themselves."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(256 + n): byte for n, byte in enumerate(others)}
