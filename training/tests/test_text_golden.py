"""The tokenizer that a pack carries: as BERT's own, and as the golden file that the browser is tested with says."""

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from transformers import BertTokenizer

from scripts.make_golden_text import MAX_TOKENS, SENTENCES, build_tokenizer, build_vocabulary, encode
from voxct.ctclip.tokenizer import open_tokenizer

GOLDEN = Path(__file__).resolve().parents[2] / "fixtures/golden/text"


def read_sentences() -> list[dict]:
    return json.loads((GOLDEN / "sentences.json").read_text(encoding="utf-8"))["sentences"]


def test_the_stored_ids_are_those_of_the_stored_tokenizer_and_of_this_code():
    stored, built = Tokenizer.from_file(str(GOLDEN / "tokenizer.json")), build_tokenizer()
    assert [row["text"] for row in read_sentences()] == list(SENTENCES)
    for row in read_sentences():
        assert encode(stored, row["text"]) == encode(built, row["text"]) == row["ids"]


@pytest.mark.parametrize("row", read_sentences(), ids=lambda row: ascii(row["text"])[:40])
def test_the_ids_are_those_of_transformers_bert_tokenizer(tmp_path: Path, row: dict):
    (tmp_path / "vocab.txt").write_text("\n".join(build_vocabulary()) + "\n", encoding="utf-8")
    theirs = BertTokenizer(vocab=str(tmp_path / "vocab.txt"), do_lower_case=True)
    assert theirs(row["text"], truncation=True, max_length=MAX_TOKENS)["input_ids"] == row["ids"]
    assert encode(open_tokenizer(tmp_path), row["text"]) == row["ids"]


def test_the_sentences_reach_pieces_unknown_words_and_the_cut():
    rows = [row["ids"] for row in read_sentences()]
    vocabulary = build_vocabulary()
    tokens = {vocabulary[n] for ids in rows for n in ids}
    assert "[UNK]" in tokens and any(token.startswith("##") for token in tokens) and "cafe" in tokens
    assert max(map(len, rows)) == MAX_TOKENS and [2, 3] in rows
