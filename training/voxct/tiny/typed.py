"""The tiny pack with what a researcher's pack may add: a text tower, a classifier head, and a library kept as a table.

Every other file is that of the tiny pack. The tokenizer is the golden one of fixtures/golden/text.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from voxct.pack.files import describe_file
from voxct.tiny.graphs import DIMENSION, to_unit
from voxct.tiny.pack import draw_units, save_raw, to_graph, to_numbers
from voxct.tiny.staged import share

SCANS, RECONSTRUCTIONS = 16, 2
PROBE = "Pleural effusion is present."

n = helper.make_node


def encode_text(table: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Reference of the graph: mean of the tokens' rows, then unit length. ids int64 [tokens] → [DIMENSION]."""
    return to_unit(table[ids].mean(axis=0))


def save_text(path: Path, table: np.ndarray) -> None:
    """ids int64 [1, tokens] → embedding f32 [1, DIMENSION]."""
    nodes = [
        n("Gather", ["table", "ids"], ["rows"]),
        n("ReduceMean", ["rows"], ["mean"], axes=[1], keepdims=0),
        n("ReduceL2", ["mean"], ["norm"], axes=[1], keepdims=1),
        n("Div", ["mean", "norm"], ["embedding"]),
    ]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])
    embedding = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, DIMENSION])
    graph = helper.make_graph(nodes, path.stem, [ids], [embedding], [numpy_helper.from_array(table, "table")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


def write_text_tower(folder: Path, golden: Path) -> dict:
    """The `text` section; `golden` is fixtures/golden/text."""
    sentences = json.loads((golden / "sentences.json").read_text())
    vocabulary = len(json.loads((golden / "tokenizer.json").read_text())["model"]["vocab"])
    table = np.random.default_rng(21).standard_normal((vocabulary, DIMENSION)).astype(np.float32)
    save_text(folder / "text.onnx", table)
    (folder / "tokenizer.json").write_bytes((golden / "tokenizer.json").read_bytes())
    ids = next(one["ids"] for one in sentences["sentences"] if one["text"] == PROBE)
    return {
        "tokenizer": describe_file(folder / "tokenizer.json"),
        "maxTokens": sentences["maxTokens"],
        "encoder": to_graph(folder / "text.onnx"),
        "parity": {"text": PROBE, "expected": to_numbers(encode_text(table, np.array(ids))), "minCosine": 0.9999},
    }


def to_case(index: int) -> dict:
    """Two reconstructions a scan; the first half lie as files in the archive, every third has labels."""
    scan, kernel = divmod(index, RECONSTRUCTIONS)
    name = f"scan_{scan + 1}_{'ab'[kernel]}"
    case: dict = {"id": name, "title": f"Scan {scan + 1}, kernel {'AB'[kernel]}", "scan": f"scan_{scan + 1}"}
    if scan % 3 == 0:
        case["labels"] = [int(finding % 5 == scan % 5) for finding in range(18)]
    if scan < SCANS // 2:
        case["open"] = {"kind": "file", "path": f"train/{name}.nii.gz"}
    return case


def write_library(folder: Path, random: np.random.Generator) -> dict:
    """The `library` section: cases as JSON Lines; the reconstructions of a scan have nearly the same embedding."""
    cases = [to_case(index) for index in range(SCANS * RECONSTRUCTIONS)]
    scans = draw_units(random, SCANS, DIMENSION).repeat(RECONSTRUCTIONS, axis=0)
    embeddings = to_unit(scans + 0.01 * random.standard_normal(scans.shape)).astype("<f4")
    (folder / "library.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    return {
        "embeddings": save_raw(folder / "library.f32", embeddings),
        "labelProvenance": "random",
        "cases": [],
        "table": {**describe_file(folder / "library.jsonl"), "count": len(cases)},
        "volumesUrl": "volumes/",
    }


def to_typed(manifest: dict, folder: Path, golden: Path) -> dict:
    """Writes the files of the pack and returns its manifest, made from that of the tiny pack."""
    random = np.random.default_rng(22)
    weights = random.standard_normal((18, DIMENSION + 1)).astype("<f4")
    others = {key: share(manifest[key]) for key in ("ct", "speech", "prompts", "outOfDistribution")}
    return {
        **manifest,
        **others,
        "id": "tiny-typed",
        "title": "Tiny pack with typed queries",
        "calibrated": False,
        "text": write_text_tower(folder, golden),
        "classifier": {"weights": save_raw(folder / "classifier.f32", weights), "activation": "relu"},
        "library": write_library(folder, random),
    }
