"""Makes fixtures/models/tiny, a whole model pack of a few KB with random weights, and fixtures/manifests.

The graphs keep the names, shapes and contract of real packs (the heat of a unit direction sums to its cosine), and the
expected embeddings come from numpy, not from the graphs. Run again after a change of the schema:
    python training/scripts/make_tiny_fixture.py
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.findings import FINDING_IDS, FINDING_LABELS
from voxct.speech.language import DecodingSettings, to_bytes
from voxct.speech.ngrams import estimate_ngrams

SHAPE, GRID, PATCH = (4, 6, 8), (2, 3, 4), (2, 2, 2)
TOKENS, WIDTH, DIMENSION = 24, 5, 6
KERNEL, STRIDE, CHANNELS = 400, 160, 8
ALPHABET = ["", " ", "a", "b", "c"]


class Weights:
    """All random numbers of the pack, drawn once."""

    def __init__(self, seed: int) -> None:
        draw = np.random.default_rng(seed).standard_normal

        def as_weights(*shape: int) -> np.ndarray:
            return (draw(shape) / np.sqrt(shape[0])).astype(np.float32)

        self.patch, self.patch_bias = as_weights(8, WIDTH), as_weights(WIDTH)
        self.projection = as_weights(TOKENS * WIDTH, DIMENSION)
        self.filters = (draw((CHANNELS, 1, KERNEL)) / np.sqrt(KERNEL)).astype(np.float32)
        self.speech, self.letters = as_weights(CHANNELS, DIMENSION), as_weights(CHANNELS, len(ALPHABET))


def to_unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def encode_volume(w: Weights, volume: np.ndarray) -> np.ndarray:
    """Reference of trunk and head: float volume [4, 6, 8] → unit embedding [6]."""
    patches = volume.reshape(2, 2, 3, 2, 4, 2).transpose(0, 2, 4, 1, 3, 5).reshape(TOKENS, 8)
    return to_unit(np.tanh(patches @ w.patch + w.patch_bias).reshape(-1) @ w.projection)


def encode_audio(w: Weights, audio: np.ndarray) -> np.ndarray:
    """Reference of the speech encoder: float audio [samples] → unit embedding [6]."""
    frames = np.lib.stride_tricks.sliding_window_view(audio, KERNEL)[::STRIDE]
    return to_unit(np.tanh(frames @ w.filters[:, 0].T).mean(0) @ w.speech)


def save_graph(path: Path, nodes: list, inputs: dict, outputs: dict, constants: dict) -> None:
    """Writes an ONNX graph; `inputs` and `outputs` are name → shape, all float32."""

    def to_info(values: dict) -> list:
        return [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in values.items()]

    initializers = [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, path.stem, to_info(inputs), to_info(outputs), initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


def save_trunk(path: Path, w: Weights) -> None:
    n = helper.make_node
    nodes = [
        n("Reshape", ["volume", "split"], ["cells"]),
        n("Transpose", ["cells"], ["patches"], perm=[0, 2, 4, 1, 3, 5]),
        n("Reshape", ["patches", "rows"], ["flat"]),
        n("MatMul", ["flat", "patch"], ["projected"]),
        n("Add", ["projected", "bias"], ["shifted"]),
        n("Tanh", ["shifted"], ["activated"]),
        n("Reshape", ["activated", "grid"], ["tokens"]),
    ]
    constants = {
        "split": np.array([2, 2, 3, 2, 4, 2]),
        "rows": np.array([TOKENS, 8]),
        "grid": np.array([1, *GRID, WIDTH]),
        "patch": w.patch,
        "bias": w.patch_bias,
    }
    save_graph(path, nodes, {"volume": [1, 1, *SHAPE]}, {"tokens": [1, *GRID, WIDTH]}, constants)


def save_head(path: Path, w: Weights) -> None:
    n = helper.make_node
    nodes = [
        n("Reshape", ["tokens", "row"], ["flat"]),
        n("MatMul", ["flat", "projection"], ["raw"]),
        n("ReduceL2", ["raw"], ["norm"], axes=[1], keepdims=1),
        n("Div", ["raw", "norm"], ["embedding"]),
        n("MatMul", ["directions", "back"], ["pulled"]),
        n("Mul", ["pulled", "flat"], ["terms"]),
        n("Reshape", ["terms", "perToken"], ["grouped"]),
        n("ReduceSum", ["grouped", "last"], ["summed"], keepdims=0),
        n("Div", ["summed", "norm"], ["scaled"]),
        n("Reshape", ["scaled", "grid"], ["heat"]),
    ]
    constants = {
        "row": np.array([1, TOKENS * WIDTH]),
        "projection": w.projection,
        "back": w.projection.T,
        "perToken": np.array([-1, TOKENS, WIDTH]),
        "last": np.array([2]),
        "grid": np.array([-1, *GRID]),
    }
    inputs = {"tokens": [1, *GRID, WIDTH], "directions": ["n", DIMENSION]}
    save_graph(path, nodes, inputs, {"embedding": [1, DIMENSION], "heat": ["n", *GRID]}, constants)


def save_speech(path: Path, w: Weights) -> None:
    n = helper.make_node
    nodes = [
        n("Unsqueeze", ["audio", "one"], ["channel"]),
        n("Conv", ["channel", "filters"], ["convolved"], kernel_shape=[KERNEL], strides=[STRIDE]),
        n("Tanh", ["convolved"], ["activated"]),
        n("ReduceMean", ["activated"], ["mean"], axes=[2], keepdims=0),
        n("MatMul", ["mean", "speech"], ["raw"]),
        n("ReduceL2", ["raw"], ["norm"], axes=[1], keepdims=1),
        n("Div", ["raw", "norm"], ["embedding"]),
        n("Transpose", ["activated"], ["frames"], perm=[0, 2, 1]),
        n("MatMul", ["frames", "letters"], ["scores"]),
        n("LogSoftmax", ["scores"], ["log_probs"], axis=-1),
    ]
    constants = {"one": np.array([1]), "filters": w.filters, "speech": w.speech, "letters": w.letters}
    outputs = {"embedding": [1, DIMENSION], "log_probs": [1, "frames", len(ALPHABET)]}
    save_graph(path, nodes, {"audio": [1, "samples"]}, outputs, constants)


def save_raw(path: Path, array: np.ndarray) -> dict:
    path.write_bytes(np.ascontiguousarray(array).tobytes())
    return describe(path)


def describe(path: Path) -> dict:
    data = path.read_bytes()
    return {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def to_graph(path: Path) -> list[dict]:
    return [{**describe(path), "variant": "fp32", "providers": ["webgpu", "wasm"]}]


def to_findings() -> list[dict]:
    return [
        {
            "id": identity,
            "label": label,
            "synonyms": [],
            "calibration": {"slope": 1, "offset": 0},
            "thresholds": {"ct": {"present": 0.1, "absent": -0.1}, "speech": {"present": 0.1, "absent": -0.1}},
            "prevalence": 0.3,
        }
        for identity, label in zip(FINDING_IDS, FINDING_LABELS, strict=True)
    ]


def draw_units(random: np.random.Generator, *shape: int) -> np.ndarray:
    return to_unit(random.standard_normal(shape)).astype("<f4")


def to_numbers(array: np.ndarray) -> list[float]:
    return [round(float(x), 7) for x in array]


def write_pack(folder: Path) -> dict:
    """Writes every file of the pack and returns its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    w, random = Weights(seed=5), np.random.default_rng(6)
    volume = random.integers(-127, 128, SHAPE, dtype=np.int8)
    audio = (8000 * np.sin(np.arange(6400) * 0.11) + random.normal(0, 900, 6400)).astype("<i2")
    save_trunk(folder / "trunk.onnx", w)
    save_head(folder / "head.onnx", w)
    save_speech(folder / "speech.onnx", w)
    ct_probe = {"kind": "int8-file", **save_raw(folder / "ct-parity.i8", volume), "shape": list(SHAPE), "divisor": 127}
    clip = {"kind": "int16-file", **save_raw(folder / "speech-parity.i16", audio), "shape": [6400], "divisor": 32768}
    case = {"title": "Random weights", "labels": [0] * 18, "open": {"kind": "phantom", "seed": 4000000}}
    statistics = np.concatenate([np.zeros(WIDTH), np.eye(WIDTH).reshape(-1)]).astype("<f4")
    return {
        "schema": "voxct-pack/1",
        "id": "tiny",
        "version": "1",
        "title": "Tiny pack",
        "description": "Random weights with the shapes of a real pack, for tests.",
        "trainedOn": "nothing",
        "licence": "MIT",
        "citations": [],
        "intendedUse": "Tests of the software. Its scores mean nothing.",
        "clinical": False,
        "embedding": {"dimension": DIMENSION, "logitScale": 10},
        "ct": {
            "input": {
                "axisCodes": "SLP",
                "shape": list(SHAPE),
                "spacingMm": [90, 60, 45],
                "interpolation": "trilinear",
                "sizeRounding": "truncate",
                "huClip": [-1000, 1000],
                "huDivisor": 1000,
                "padValue": -1,
                "cropRule": "centre",
            },
            "tokenGrid": list(GRID),
            "tokenDimension": WIDTH,
            "trunk": to_graph(folder / "trunk.onnx"),
            "head": to_graph(folder / "head.onnx"),
            "parity": {
                "input": ct_probe,
                "expected": to_numbers(encode_volume(w, volume / np.float32(127))),
                "minCosine": 0.9999,
            },
        },
        "speech": {
            "sampleRateHz": 16000,
            "windowSeconds": 2,
            "overlapSeconds": 0.5,
            "encoder": to_graph(folder / "speech.onnx"),
            "parity": {
                "input": clip,
                "expected": to_numbers(encode_audio(w, audio / np.float32(32768))),
                "minCosine": 0.9999,
            },
            "alphabet": ALPHABET,
            "language": save_language(folder / "language.bin"),
        },
        "findings": to_findings(),
        "prompts": save_raw(folder / "prompts.f32", draw_units(random, 18, 2, 2, DIMENSION)),
        "promptKind": {"ct": "text", "speech": "speech"},
        "library": {
            "embeddings": save_raw(folder / "library.f32", draw_units(random, 2, DIMENSION)),
            "labelProvenance": "none",
            "cases": [{"id": "case-0", **case}, {"id": "case-1", **case}],
        },
        "outOfDistribution": {"statistics": save_raw(folder / "statistics.f32", statistics), "limit": 3},
        "evaluation": [],
    }


def save_language(path: Path) -> dict:
    """Five sentences of the words that the alphabet spells here."""
    texts = ["a cab", "a cab", "a cab", "bac cab a", "abba"]
    settings = DecodingSettings(0.5, 0.5, 4, 1, 8, 12, 100)
    path.write_bytes(to_bytes(estimate_ngrams(texts, 3), settings))
    return describe(path)


def without(manifest: dict, *keys: str) -> dict:
    return {key: value for key, value in manifest.items() if key not in keys}


def to_regions(manifest: dict, regions: list[int]) -> dict:
    """A guard over regions of the token grid with 3 components; nothing but its manifest exists."""
    d = regions[0] * regions[1] * regions[2] * WIDTH
    guard = manifest["outOfDistribution"]
    statistics = {**guard["statistics"], "bytes": (d + 3 * d) * 4}
    return {**guard, "statistics": statistics, "regions": regions, "components": 3}


def to_valid(manifest: dict) -> dict[str, dict]:
    """Manifests that must be accepted."""
    wordless = copy.deepcopy(manifest)
    del wordless["speech"]["alphabet"], wordless["speech"]["language"]
    letters = copy.deepcopy(manifest)
    del letters["speech"]["language"]
    variants = copy.deepcopy(manifest)
    gpu = {**variants["ct"]["trunk"][0], "variant": "fp16", "providers": ["webgpu"], "file": "trunk-fp16.onnx"}
    variants["ct"]["trunk"].insert(0, gpu)
    float_probe = copy.deepcopy(manifest)
    probe = {**without(manifest["ct"]["parity"]["input"], "divisor"), "kind": "file", "bytes": 768}
    float_probe["ct"]["parity"]["input"] = probe
    shared = copy.deepcopy(manifest)
    shared["speech"]["encoder"][0]["pack"] = "other-pack"
    return {
        "tiny": manifest,
        "shared-file": shared,
        "measured": {**manifest, **MEASURED},
        "regions": {**manifest, "outOfDistribution": to_regions(manifest, [2, 1, 2])},
        "without-speech": without(manifest, "speech", "outOfDistribution"),
        "without-alphabet": wordless,
        "without-language": letters,
        "two-variants": variants,
        "float-probe": float_probe,
        "unknown-extra-field": {**manifest, "note": "fields of later versions are ignored"},
    }


# Optional sections that a pack with figures has.
FIGURE = {"name": "F1", "split": "internal test", "n": 9, "value": 0.8, "chance": 0.5, "date": "", "command": ""}
BIN = {"meanProbability": 0.1, "share": 0.2, "n": 3}
SPLIT = {"n": 9, "auroc": {"value": 0.9, "range": [0.8, 1]}, "f1": {"value": 0.7, "interval": [0.6, 0.8]}}
ROW = {"id": "row", "group": "ctclip", "title": "Row", "paper": "", "seeds": 3, "internal": SPLIT}
MEASURED = {
    "evaluation": [{**FIGURE, "interval": [0.7, 0.9], "group": "speech", "finding": "emphysema"}, FIGURE],
    "reliability": [BIN],
    "comparison": {"title": "Methods", "rows": [{**ROW, "external": SPLIT, "isThisPack": True}, ROW]},
    "limits": ["Nothing is known of patients."],
}

# 2 does not divide the 3 tokens of the second axis.
REGIONS = {
    "statistics": {"file": "statistics.f32", "bytes": 320, "sha256": "0" * 64},
    "limit": 3,
    "regions": [2, 2, 1],
    "components": 3,
}

REMOVE = object()
TRUNK, PROBE = ["ct", "trunk", 0], ["ct", "parity", "input"]
# One defect each: name → (path of the defect, what stands there, path that the refusal names if another).
DEFECTS: dict[str, tuple] = {
    "wrong-schema": (["schema"], "voxct-pack/2"),
    "clinical-true": (["clinical"], True),
    "id-with-slash": (["id"], "../tiny"),
    "missing-title": (["title"], REMOVE),
    "logit-scale-text": (["embedding", "logitScale"], "10"),
    "dimension-zero": (["embedding", "dimension"], 0),
    "seventeen-findings": (["findings", 17], REMOVE, "findings"),
    "unknown-finding": (["findings", 3, "id"], "broken_heart"),
    "finding-twice": (["findings", 4, "id"], "cardiomegaly"),
    "missing-slope": (["findings", 3, "calibration", "slope"], REMOVE),
    "thresholds-crossed": (["findings", 7, "thresholds", "speech", "absent"], 0.2),
    "null-prevalence": (["findings", 0, "prevalence"], None),
    "bad-sha256": ([*TRUNK, "sha256"], "12ab"),
    "sha256-upper-case": (["prompts", "sha256"], "A" * 64),
    "path-traversal": ([*TRUNK, "file"], "../../trunk.onnx"),
    "parent-folder": (["prompts", "file"], ".."),
    "pack-outside": ([*TRUNK, "pack"], "../other"),
    "pack-empty": (["prompts", "pack"], ""),
    "variant-cosine-two": ([*TRUNK, "minCosine"], 2),
    "interval-of-one": (["evaluation"], [{**FIGURE, "interval": [0.5]}], "evaluation.0.interval.1"),
    "figure-of-no-group": (["evaluation"], [{**FIGURE, "group": "other"}], "evaluation.0.group"),
    "reliability-beyond-one": (["reliability"], [{**BIN, "share": 1.5}], "reliability.0.share"),
    "comparison-without-rows": (["comparison"], {"title": "Methods"}, "comparison.rows"),
    "limits-as-text": (["limits"], "none"),
    "other-origin": (["library", "embeddings", "file"], "https://example.org/library.f32"),
    "missing-head": (["ct", "head"], REMOVE),
    "empty-trunk": (["ct", "trunk"], []),
    "negative-bytes": ([*TRUNK, "bytes"], -4),
    "fractional-bytes": ([*TRUNK, "bytes"], 10.5),
    "bytes-beyond-a-buffer": ([*TRUNK, "bytes"], 2**40),
    "unknown-variant": ([*TRUNK, "variant"], "int3"),
    "unknown-provider": ([*TRUNK, "providers", 0], "cuda"),
    "no-wasm-variant": ([*TRUNK, "providers"], ["webgpu"], "ct.trunk"),
    "unknown-axes": (["ct", "input", "axisCodes"], "XYZ"),
    "unknown-interpolation": (["ct", "input", "interpolation"], "nearest"),
    "shape-of-two": (["ct", "input", "shape"], [4, 6], "ct.input.shape.2"),
    "grid-does-not-divide": (["ct", "tokenGrid", 1], 4),
    "parity-by-phantom": (PROBE, {"kind": "phantom", "seed": 1}, "ct.parity.input.kind"),
    "parity-of-other-length": (["ct", "parity", "expected", 5], REMOVE, "ct.parity.expected"),
    "parity-bytes": ([*PROBE, "bytes"], 191),
    "parity-shape": ([*PROBE, "shape"], [4, 6, 9], "ct.parity.input.bytes"),
    "parity-divisor-zero": ([*PROBE, "divisor"], 0),
    "parity-cosine-two": (["ct", "parity", "minCosine"], 2),
    "sample-rate": (["speech", "sampleRateHz"], 8000),
    "overlap-as-long-as-window": (["speech", "overlapSeconds"], 2),
    "blank-not-first": (["speech", "alphabet"], [" ", "", "a"], "speech.alphabet.0"),
    "letter-twice": (["speech", "alphabet"], ["", "a", "a"]),
    "language-without-alphabet": (["speech", "alphabet"], REMOVE, "speech.language"),
    "language-without-space": (["speech", "alphabet"], ["", "a", "b"], "speech.language"),
    "language-of-no-file": (["speech", "language"], "language.bin"),
    "prompts-of-other-length": (["prompts", "bytes"], 1724),
    "library-of-other-length": (["library", "embeddings", "bytes"], 24),
    "label-of-two": (["library", "cases", 1, "labels", 2], 2),
    "case-without-seed": (["library", "cases", 1, "open", "seed"], REMOVE),
    "regions-alone": (["outOfDistribution", "regions"], [2, 1, 2], "outOfDistribution.components"),
    "regions-do-not-divide": (["outOfDistribution"], REGIONS, "outOfDistribution.regions.1"),
    "statistics-of-other-length": (["outOfDistribution", "statistics", "bytes"], 20),
}


def to_invalid(manifest: dict, path: list, value: object, named: str | None = None) -> dict:
    """A copy with one defect; `$defect` names the path that a refusal must begin with."""
    broken = json.loads(json.dumps(manifest))  # not deepcopy, which keeps what the cases share
    place = broken
    for key in path[:-1]:
        place = place[key]
    if value is REMOVE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return {"$defect": named or ".".join(map(str, path)), **broken}


def fold_lists(text: str) -> str:
    """Indented JSON with every list of plain values on one line where it fits."""

    def fold(match: re.Match) -> str:
        flat = "[" + ", ".join(part.strip().rstrip(",") for part in match["items"].splitlines()) + "]"
        return match["start"] + (flat if len(match["start"] + flat) < 120 else match["list"])

    return re.sub(r"(?m)^(?P<start>[^\[\n]*)(?P<list>\[\n(?P<items>[^\[\]{}]*?)\n *\])", fold, text)


def save_json(path: Path, value: dict, indent: int | None = 2) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fold_lists(json.dumps(value, indent=indent, ensure_ascii=False)) + "\n")


def main() -> None:
    pack, manifests = ROOT / "fixtures/models/tiny", ROOT / "fixtures/manifests"
    manifest = write_pack(pack)
    save_json(pack / "manifest.json", manifest)
    for name, valid in to_valid(manifest).items():
        save_json(manifests / "valid" / f"{name}.json", valid)
    for name, defect in DEFECTS.items():
        save_json(manifests / "invalid" / f"{name}.json", to_invalid(manifest, *defect), indent=None)


if __name__ == "__main__":
    main()
