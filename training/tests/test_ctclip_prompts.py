"""Prompts by the checkpoint's own text tower, its tokenizer, and the tower as a graph."""

import json

import numpy as np
import pytest
import torch
from transformers import BertTokenizer

from voxct.ctclip.bert import build_text_graph
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.ctclip.config import REDUCED, TextConfig
from voxct.ctclip.prompts import encode_prompts, encode_texts, tokenize
from voxct.ctclip.random_checkpoint import make_checkpoint
from voxct.ctclip.random_vocabulary import write_vocabulary
from voxct.ctclip.text_tower import build_text_section
from voxct.ctclip.tokenizer import UnsuitableTokenizer, find_tokenizer, list_cut_words, open_tokenizer
from voxct.findings import list_prompts
from voxct.onnx_session import open_session


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prompts")
    write_vocabulary(folder)
    make_checkpoint(folder / "CT-CLIP_v2.pt", REDUCED, bodies=1)
    return folder


@pytest.fixture(scope="module")
def checkpoint(folder):
    return read_checkpoint(folder / "CT-CLIP_v2.pt")


def test_prompts_stand_in_the_order_of_findings_present_before_not_present(folder, checkpoint):
    model, tokenizer = checkpoint.to_reference(), open_tokenizer(folder)
    prompts = encode_prompts(model, tokenizer)
    assert prompts.shape == (18, 2, REDUCED.latent)
    assert np.allclose(np.linalg.norm(prompts, axis=-1), 1, atol=1e-6)
    alone = encode_texts(model, tokenizer, ["Lung nodule is not present."])[0]
    assert np.allclose(prompts[9, 1], alone, atol=1e-6)
    assert len(np.unique(prompts.reshape(36, -1).round(5), axis=0)) == 36


def test_the_tokenizer_cuts_as_hugging_faces_bert_tokenizer(folder):
    own, theirs = open_tokenizer(folder), BertTokenizer(str(folder / "vocab.txt"), do_lower_case=True)
    for text in [*list_prompts(), "Café: HÉMATOMA (3cm), not-present!", "", "  xylophone  "]:
        assert own.encode(text).ids == theirs(text)["input_ids"], text


def test_a_whole_tokenizer_file_serves_as_well(folder, tmp_path):
    tokenizer = open_tokenizer(folder)
    tokenizer.enable_padding(length=64)
    tokenizer.enable_truncation(4)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    text = "Hiatal hernia is not present."
    assert open_tokenizer(tmp_path).encode(text).ids == open_tokenizer(folder).encode(text).ids


def test_long_sentences_are_cut_and_keep_their_end(folder):
    ids = tokenize(open_tokenizer(folder), "is " * 100, REDUCED.text)
    assert (len(ids), ids[0], ids[-1]) == (REDUCED.text.positions, 2, 3)


def test_a_vocabulary_larger_than_the_tower_is_refused(folder):
    with pytest.raises(UnsuitableTokenizer, match="do not belong together"):
        tokenize(open_tokenizer(folder), "Emphysema is present.", TextConfig(vocabulary=8))


def test_folders_without_a_bert_tokenizer_are_refused_by_name(tmp_path):
    with pytest.raises(UnsuitableTokenizer, match=r"neither tokenizer\.json nor vocab\.txt"):
        open_tokenizer(tmp_path)
    (tmp_path / "vocab.txt").write_text("a\nb\n")
    with pytest.raises(UnsuitableTokenizer, match=r"no \[UNK\], \[CLS\], \[SEP\]"):
        open_tokenizer(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(UnsuitableTokenizer, match=r"tokenizer\.json: no tokenizer"):
        open_tokenizer(tmp_path)


def test_a_tokenizer_that_tells_capitals_apart_is_refused(folder, tmp_path):
    stored = open_tokenizer(folder).to_str()
    cased = json.loads(stored)
    cased["normalizer"]["lowercase"] = False
    (tmp_path / "tokenizer.json").write_text(json.dumps(cased))
    with pytest.raises(UnsuitableTokenizer, match="tells capitals"):
        open_tokenizer(tmp_path)


def test_another_models_vocabulary_shows_in_the_words_it_cuts(folder, tmp_path):
    assert list_cut_words(open_tokenizer(folder)) == []
    lines = (folder / "vocab.txt").read_text().splitlines()
    (tmp_path / "vocab.txt").write_text("\n".join(line for line in lines if line != "cardiomegaly"))
    assert list_cut_words(open_tokenizer(tmp_path)) == ["cardiomegaly"]


def test_the_tokenizer_is_looked_for_beside_the_checkpoint_then_fetched(folder, tmp_path):
    assert find_tokenizer(None, folder / "CT-CLIP_v2.pt") == folder
    assert find_tokenizer(tmp_path, folder / "CT-CLIP_v2.pt") == tmp_path
    assert find_tokenizer(None, tmp_path / "x.pt", lambda: str(folder)) == folder

    def fail() -> str:
        raise OSError("no network")

    with pytest.raises(UnsuitableTokenizer, match=r"no network.*--tokenizer DIR"):
        find_tokenizer(None, tmp_path / "x.pt", fail)


@torch.no_grad()
def test_the_graphs_bert_equals_hugging_faces(folder, checkpoint):
    graph, model, tokenizer = build_text_graph(checkpoint), checkpoint.to_reference(), open_tokenizer(folder)
    for text in ("Emphysema is present.", "is", "mosaic attenuation pattern " * 12):
        ids = torch.tensor([tokenize(tokenizer, text, REDUCED.text)])
        assert (graph(ids) - model.encode_text(ids, torch.ones_like(ids))).abs().max() < 1e-5


def test_the_text_section_names_graphs_that_answer_its_self_test(folder, checkpoint, tmp_path):
    said = []
    section = build_text_section(checkpoint, checkpoint.to_reference(), open_tokenizer(folder), tmp_path, said.append)
    assert [variant["variant"] for variant in section["encoder"]] == ["int8", "fp32"]
    assert section["maxTokens"] == REDUCED.text.positions
    tokenizer = open_tokenizer(tmp_path)
    ids = np.array([tokenize(tokenizer, section["parity"]["text"], REDUCED.text)])
    for variant in section["encoder"]:
        answer = open_session(tmp_path / variant["file"]).run(["embedding"], {"ids": ids})[0][0]
        assert answer @ np.array(section["parity"]["expected"]) > section["parity"]["minCosine"]
