import json
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from voxct.contrastive.distributed import join_processes
from voxct.contrastive.loop import LoopConfig, Trainer
from voxct.findings import FINDING_IDS
from voxct.text.pack_space import PackSpace, open_pack_space
from voxct.text.status_export import compare_status_graph, write_status_tower
from voxct.text.status_task import StatusTask, count_statuses
from voxct.text.status_tower import StatusTeacher, StatusTower, adopt_tower, load_status_tower
from voxct.text.statuses import StatusText, join_texts, load_status_texts, to_status_row, write_digits
from voxct.text.teacher import TextTeacher
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTower, TextTowerConfig

PACK = Path(__file__).parents[2] / "public/models/phantom-mini"
FRAMES = {"present": "there is {}", "absent": "no {}", "uncertain": "possible {}", "resolved": "history of {}"}
WORDS = {"emphysema": "emphysema", "cardiomegaly": "big heart", "pleural_effusion": "effusion"}


@pytest.fixture(scope="module")
def space() -> PackSpace:
    return open_pack_space(PACK)


def write_texts() -> list[StatusText]:
    return [
        StatusText(frame.format(word), to_status_row({finding: status}), "x")
        for finding, word in WORDS.items()
        for status, frame in FRAMES.items()
    ]


def test_numbers_and_units_are_written_as_a_transcriber_writes_them():
    assert write_digits("a six millimeter nodule, Twenty one by nineteen centimeters") == "a 6 mm nodule, 21 by 19 cm"
    assert write_digits("no one is often alone") == "no 1 is often alone"


def test_a_wide_line_gives_its_clauses_too(tmp_path):
    clauses = [{"text": "no mass.", "statuses": {"lung_nodule": "absent"}}, {"text": "goiter.", "statuses": {}}]
    row = {"text": "no mass. goiter.", "statuses": {"lung_nodule": "absent"}, "clauses": clauses, "kind": "report"}
    (tmp_path / "wide.jsonl").write_text(json.dumps(row) + "\n")
    texts = load_status_texts(tmp_path / "wide.jsonl")
    assert [text.text for text in texts] == ["no mass. goiter.", "no mass.", "goiter."]
    assert [sum(text.statuses) for text in texts] == [2, 2, 0]


def test_joined_texts_say_each_finding_once():
    parts = write_texts()[:2]
    assert join_texts(parts).text == "there is emphysema"
    both = join_texts([parts[0], write_texts()[5]])
    assert both.text == "there is emphysema no big heart"
    assert sum(n > 0 for n in both.statuses) == 2


def test_the_space_of_the_bundled_pack_reads_what_it_mixes(space):
    assert space.prompts.shape == (18, 2, 128)
    assert space.scans.shape == (240, 128)
    torch.testing.assert_close(space.prompts.norm(dim=-1), torch.ones(18, 2), atol=1e-4, rtol=0)
    states = torch.zeros(2, 18, dtype=torch.int64)
    states[0, 3], states[0, 7], states[1, 12] = 1, -1, 1
    shares = space.read(space.embed_states(states))
    torch.testing.assert_close(shares[..., 0], (states > 0).float(), atol=1e-3, rtol=0)
    torch.testing.assert_close(shares[..., 1], (states < 0).float(), atol=1e-3, rtol=0)


def test_mixtures_lie_at_the_packs_own_prompts(space):
    """The prototypes were trained on from the prompts, so the mixture of one is near its prompt and far from others."""
    states = torch.eye(18, dtype=torch.int64)
    cosines = space.embed_states(states) @ space.prompts[:, 0].T
    assert (cosines.argmax(1) == torch.arange(18)).all()
    assert cosines.diagonal().min() > 0.8


def test_a_tower_learns_statuses_and_its_embedding_says_them(space, tmp_path):
    texts = write_texts()
    tokenizer = WordTokenizer.build([text.text for text in texts] * 2)
    torch.manual_seed(0)
    tower = StatusTower(TextTowerConfig(words=len(tokenizer), width=32, layers=1, feed_forward=32), space)
    config = LoopConfig(steps=150, rate=1e-2, precision="fp32", validate_every=150, log_every=150)
    task = StatusTask(tower, tokenizer, texts, texts, 12, 1)
    score = Trainer(task, config, join_processes("cpu"), tmp_path).run()
    assert score > 0.8
    teacher = load_status_tower(tmp_path, space)
    embeddings, told = teacher.encode(["there is emphysema", "no effusion", "possible big heart"])
    findings = [FINDING_IDS.index(finding) for finding in ("emphysema", "pleural_effusion", "cardiomegaly")]
    assert told.argmax(-1)[range(3), findings].tolist() == [1, 2, 3]
    shares = space.read(embeddings)
    assert shares[0, FINDING_IDS.index("emphysema"), 0] > 0.6
    assert shares[1, FINDING_IDS.index("pleural_effusion"), 1] > 0.6
    assert shares[2].max() < 0.4


def test_a_tower_starts_with_the_words_that_another_knows(space):
    old = WordTokenizer.build(["no effusion no effusion"])
    sizes = {"width": 32, "layers": 1, "feed_forward": 32}
    trained = TextTeacher(TextTower(TextTowerConfig(words=len(old), **sizes)), old)
    new = WordTokenizer.build(["history of effusion history of effusion"])
    tower = StatusTower(TextTowerConfig(words=len(new), **sizes), space)
    assert adopt_tower(tower, new, trained) == 4
    word = tower.words.word.weight[new.id_of["effusion"]]
    torch.testing.assert_close(word, trained.tower.word.weight[old.id_of["effusion"]])
    torch.testing.assert_close(tower.words.layers[0].qkv.weight, trained.tower.layers[0].qkv.weight)


def test_the_exported_tower_and_its_tokenizer_are_those_that_were_trained(space, tmp_path):
    texts = [text.text for text in write_texts()]
    tokenizer = WordTokenizer.build(["there's effusion in 6 mm", *texts] * 2)
    torch.manual_seed(0)
    tower = StatusTower(TextTowerConfig(words=len(tokenizer), width=32, layers=1, feed_forward=32), space)
    torch.nn.init.normal_(tower.statuses.weight)
    teacher = StatusTeacher(tower, tokenizer)
    write_status_tower(teacher, tmp_path)
    compared = compare_status_graph(teacher, tmp_path, texts)
    assert compared["leastCosine"] > 0.99999
    assert compared["largestDifference"] < 1e-5
    other = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for text in ["There's no Effusion, 6-mm xyzzy.", "HISTORY of   emphysemas; effusion's", ""]:
        assert other.encode(text).ids == tokenizer.encode(text, 320)


def test_figures_count_what_is_found_turned_and_invented():
    truth = np.array([[1, 2, 0], [3, 0, 0]])
    called = np.array([[1, 1, 0], [3, 0, 4]])
    figures = count_statuses(called, truth)
    assert (figures["present_found"], figures["absent_found"], figures["uncertain_found"]) == (1, 0, 1)
    assert figures["turned"] == 0.5
    assert figures["false_mention"] == 0.5
