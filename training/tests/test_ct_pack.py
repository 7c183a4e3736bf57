"""The pack that ships: its files are what the manifest names, and its graphs answer as PyTorch did."""

import json
from pathlib import Path

import numpy as np
import pytest

from voxct.ct.export_graph import check_operators
from voxct.ct.session import CtSession
from voxct.data.chunks import INT8_DIVISOR
from voxct.pack.rules import check_files, find_contradictions

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "public/models/phantom-mini"


@pytest.fixture(scope="module")
def manifest() -> dict:
    return json.loads((PACK / "manifest.json").read_text(encoding="utf-8"))


def test_files_and_fields_agree(manifest):
    assert check_files(manifest, PACK) == []
    assert find_contradictions(manifest) == []


def test_a_changed_field_is_noticed(manifest):
    broken = json.loads(json.dumps(manifest))
    broken["findings"][3]["thresholds"]["ct"] = {"present": 0.1, "absent": 0.2}
    broken["library"]["cases"].pop()
    assert len(find_contradictions(broken)) == 2


def test_graphs_answer_the_parity_probe_and_heat_sums_to_the_cosine(manifest):
    probe = manifest["ct"]["parity"]
    stored = np.frombuffer((PACK / probe["input"]["file"]).read_bytes(), np.int8)
    volume = (stored.astype(np.float32) / INT8_DIVISOR).reshape(1, 1, *probe["input"]["shape"])
    prompts = np.fromfile(PACK / manifest["prompts"]["file"], "<f4").reshape(18, 2, 2, -1)
    directions = prompts[:, 0, 0] - prompts[:, 1, 0]
    session = CtSession(PACK)
    embedding, heat = session.look(session.encode(volume), directions)
    assert np.abs(embedding[0] - np.array(probe["expected"])).max() < 1e-4
    unit = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    assert np.abs(heat.sum((1, 2, 3)) - unit @ embedding[0]).max() < 1e-5


def test_graphs_hold_no_operator_that_webgpu_lacks():
    check_operators(PACK / "ct-trunk.onnx")
    check_operators(PACK / "ct-head.onnx")


def test_golden_figures_belong_to_the_shipped_graphs(manifest):
    golden = json.loads((ROOT / "fixtures/golden/ct_encoder/phantom-mini.json").read_text(encoding="utf-8"))
    assert golden["trunkSha256"] == manifest["ct"]["trunk"][0]["sha256"]
    assert golden["headSha256"] == manifest["ct"]["head"][0]["sha256"]
    assert len(golden["direct"]["margins"]) == len(golden["direct"]["seeds"]) >= 40


def test_every_published_figure_names_its_source_and_chance(manifest):
    names = [row["name"] for row in manifest["evaluation"]]
    assert len(set(names)) == len(names)
    mean = next(row for row in manifest["evaluation"] if row["name"] == "CT zero-shot AUROC, mean of 18 findings")
    assert mean["n"] >= 300 and abs(mean["chance"] - 0.5) < 0.05
    assert mean["interval"][0] < mean["value"] < mean["interval"][1]
    assert mean["value"] > 0.75
    assert all(row["command"] for row in manifest["evaluation"])
