import json

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto
from test_text_status_tower import PACK, write_texts

from voxct.findings import FINDING_IDS, FINDING_LABELS
from voxct.pack.files import PackFolder
from voxct.pack.packs import count_download
from voxct.pack.rules import check_files, check_text
from voxct.text.pack_section import PROBE, build_text
from voxct.text.pack_space import PackSpace, open_pack_space
from voxct.text.query_graph import embed_queries, least_cosine, write_query_graph
from voxct.text.status_tower import StatusTeacher, StatusTower, adopt_status_tower
from voxct.text.statuses import STATUSES
from voxct.text.tokenizer import WordTokenizer, split_words
from voxct.text.tower import TextTowerConfig
from voxct.text.typed_queries import NONSENSE, draw_queries, list_names, spell


@pytest.fixture(scope="module")
def space() -> PackSpace:
    return open_pack_space(PACK)


def make_teacher(space: PackSpace, texts: list[str]) -> StatusTeacher:
    """Random weights that tell findings apart."""
    torch.manual_seed(0)
    tokenizer = WordTokenizer.build(texts * 2)
    tower = StatusTower(TextTowerConfig(words=len(tokenizer), width=32, layers=1, feed_forward=32), space)
    torch.nn.init.normal_(tower.statuses.weight)
    return StatusTeacher(tower, tokenizer)


def test_phrases_without_patterns_are_spelled_out():
    assert spell(("a|b c", "calcif*", "x ~ y", "node!", "d|e f|g")) == ["a c", "b c", "d f", "d g", "e f", "e g"]
    names = list_names()
    assert [own[0] for own in names] == [label.lower() for label in FINDING_LABELS]
    assert "scar" in names[FINDING_IDS.index("pulmonary_fibrotic_sequela")]


def test_queries_are_the_same_for_a_seed_and_say_what_they_are_labelled_with():
    queries = draw_queries(4000, 3)
    assert queries == draw_queries(4000, 3)
    assert queries != draw_queries(4000, 4)
    told = np.array([query.statuses for query in queries])
    for status in range(1, len(STATUSES)):
        assert ((told == status).sum(0) >= 5).all(), STATUSES[status]
    labelled = {label.lower(): n for n, label in enumerate(FINDING_LABELS)}
    bare = [query for query in queries if query.text in labelled]
    assert len(bare) > 50
    assert all(query.statuses[labelled[query.text]] == STATUSES.index("present") for query in bare)
    starts = {"possible ": "uncertain", "no sign of ": "absent", "no longer any ": "resolved"}
    for start, status in starts.items():
        own = [query for query in queries if query.text.startswith(start) and query.kind != NONSENSE]
        assert own
        assert all(max(query.statuses) == STATUSES.index(status) for query in own)


def test_nonsense_states_nothing_and_has_words_of_no_list():
    queries = draw_queries(4000, 3)
    nonsense = [query for query in queries if query.kind == NONSENSE]
    assert 150 < len(nonsense) < 600
    assert all(sum(query.statuses) == 0 for query in nonsense)
    known = {word for query in queries if query.kind != NONSENSE for word in split_words(query.text)}
    assert all(set(split_words(query.text)) - known for query in nonsense)


def test_doubt_is_searched_as_present_and_the_past_as_absent(space):
    teacher = make_teacher(space, [text.text for text in write_texts()])
    text = "possible effusion"
    told = teacher.encode([text])[1]
    shares = torch.stack([told[..., 1] + told[..., 3], told[..., 2] + told[..., 4]], -1)
    np.testing.assert_allclose(embed_queries(teacher, [text]), space.mix(shares).numpy(), atol=1e-5)


def test_the_graph_keeps_halves_of_its_large_tensors_and_gives_pytorchs_embedding(space, tmp_path):
    texts = [text.text for text in write_texts()]
    teacher = make_teacher(space, texts)
    write_query_graph(teacher, tmp_path / "text.onnx")
    stored = onnx.load(tmp_path / "text.onnx").graph.initializer
    sizes = {kind: sum(int(np.prod(t.dims)) for t in stored if t.data_type == kind) for kind in (1, 10)}
    assert sizes[TensorProto.FLOAT16] > 20 * sizes[TensorProto.FLOAT]
    assert least_cosine(teacher, tmp_path / "text.onnx", [*texts, "", "xyzzy " * 400]) > 0.9999


def test_another_list_of_words_goes_on_from_what_was_learnt(space):
    old = make_teacher(space, ["no effusion"])
    new = make_teacher(space, ["history of effusion"])
    torch.nn.init.zeros_(new.tower.statuses.weight)
    assert adopt_status_tower(new.tower, new.tokenizer, old) == 4
    torch.testing.assert_close(new.tower.statuses.weight, old.tower.statuses.weight)
    word = [teacher.tower.words.word.weight[teacher.tokenizer.id_of["effusion"]] for teacher in (old, new)]
    torch.testing.assert_close(*word)


def test_the_section_names_what_was_written_and_is_counted_in_the_download(space, tmp_path):
    teacher = make_teacher(space, [text.text for text in write_texts()])
    section, report = build_text(PackFolder(tmp_path), teacher)
    assert report["otherTokens"] == 0
    assert check_text(section, space.dimension) == [] and check_files(section, tmp_path) == []
    np.testing.assert_allclose(section["parity"]["expected"], embed_queries(teacher, [PROBE])[0], atol=1e-6)
    bare = json.loads((PACK / "manifest.json").read_text())
    bare.pop("text", None)
    added = count_download(bare | {"text": section}) - count_download(bare)
    assert added == section["tokenizer"]["bytes"] + section["encoder"][0]["bytes"]
