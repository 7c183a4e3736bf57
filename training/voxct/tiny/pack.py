"""The tiny pack: every file of a whole pack in a few KB, and its manifest."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voxct.findings import FINDING_IDS, FINDING_LABELS
from voxct.pack.files import describe_file
from voxct.speech.language import DecodingSettings, to_bytes
from voxct.speech.ngrams import estimate_ngrams
from voxct.tiny.graphs import (
    ALPHABET,
    DIMENSION,
    GRID,
    SHAPE,
    WIDTH,
    Weights,
    encode_audio,
    encode_volume,
    save_head,
    save_speech,
    save_trunk,
    to_unit,
)


def save_raw(path: Path, array: np.ndarray) -> dict:
    path.write_bytes(np.ascontiguousarray(array).tobytes())
    return describe_file(path)


def to_graph(path: Path) -> list[dict]:
    return [{**describe_file(path), "variant": "fp32", "providers": ["webgpu", "wasm"]}]


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
    return describe_file(path)
