"""The vocabulary of a random checkpoint: the prompts' own words, in place of CXR-BERT's 30,522."""

from pathlib import Path

from voxct.findings import list_prompts

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def write_vocabulary(folder: Path) -> Path:
    """Writes vocab.txt: WordPiece with the prompts' words, single letters and their continuations. Gives the folder."""
    words = sorted({word for prompt in list_prompts() for word in prompt.lower().replace(".", " .").split()})
    pieces = [*SPECIAL, *words, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return folder
