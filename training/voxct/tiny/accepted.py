"""Manifests that must be accepted: the tiny pack's, changed in one respect each."""

from __future__ import annotations

import copy

from voxct.tiny.graphs import DIMENSION, WIDTH


def without(manifest: dict, *keys: str) -> dict:
    return {key: value for key, value in manifest.items() if key not in keys}


def to_regions(manifest: dict, regions: list[int]) -> dict:
    """A guard over regions of the token grid with 3 components; nothing but its manifest exists."""
    d = regions[0] * regions[1] * regions[2] * WIDTH
    guard = manifest["outOfDistribution"]
    statistics = {**guard["statistics"], "bytes": (d + 3 * d) * 4}
    return {**guard, "statistics": statistics, "regions": regions, "components": 3}


def to_embedding_guard(manifest: dict) -> dict:
    guard, d = manifest["outOfDistribution"], DIMENSION
    return {**guard, "statistics": {**guard["statistics"], "bytes": (d + d * d) * 4}, "space": "embedding"}


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
    full_size = to_full_size(manifest)
    shared = copy.deepcopy(manifest)
    shared["speech"]["encoder"][0]["pack"] = "other-pack"
    return {
        "tiny": manifest,
        "shared-file": shared,
        "measured": {**manifest, **MEASURED},
        "regions": {**manifest, "outOfDistribution": to_regions(manifest, [2, 1, 2])},
        "guard-without-statistics": {**manifest, "outOfDistribution": {"body": "any", "phantomsOnly": True}},
        "guard-of-embeddings": {**manifest, "outOfDistribution": to_embedding_guard(manifest)},
        "full-size": full_size,
        "library-in-a-table": {**manifest, "library": to_table(manifest)},
        "empty-library": {**manifest, "library": {"labelProvenance": "none", "cases": []}},
        "without-speech": without(manifest, "speech", "outOfDistribution"),
        "without-alphabet": wordless,
        "without-language": letters,
        "two-variants": variants,
        "one-finding": to_one_finding(manifest),
        "float-probe": float_probe,
        "area": to_area(manifest),
        "without-findings": to_nameless(to_area(manifest)),
        "without-findings-and-speech": without(to_nameless(manifest), "speech", "promptKind", "outOfDistribution"),
        "labels-half-known": to_half_known(manifest),
        "without-prompt-kind": without(manifest, "promptKind"),
        "unknown-extra-field": {**manifest, "note": "fields of later versions are ignored"},
    }


AREA = {
    "axisCodes": "SRA",
    "shape": [4, 6, 8],
    "interpolation": "area",
    "foregroundHu": -1000,
    "huClip": [-1000, 200],
    "huOffset": -1000,
    "huDivisor": 1200,
}


def to_area(manifest: dict) -> dict:
    """Cropped to its foreground and resized straight to the input's shape."""
    return {**manifest, "ct": {**manifest["ct"], "input": AREA}}


def to_nameless(manifest: dict) -> dict:
    """A pack that names no finding: it has neither prompts nor labels."""
    library = copy.deepcopy(manifest["library"])
    for case in library["cases"]:
        del case["labels"]
    kept = copy.deepcopy(without(manifest, "prompts"))
    return {**kept, "findings": [], "library": library}


def to_half_known(manifest: dict) -> dict:
    library = copy.deepcopy(manifest["library"])
    library["cases"][0]["labels"][2::3] = [None] * len(library["cases"][0]["labels"][2::3])
    return {**manifest, "library": library}


def to_one_finding(manifest: dict) -> dict:
    """A finding that CT-RATE does not know, its id as long as it may be; nothing but its manifest exists."""
    one = {**manifest["findings"][0], "id": "z" + "0-" * 31 + "_", "label": "Rib fracture", "synonyms": ["broken rib"]}
    library, speech = copy.deepcopy(manifest["library"]), copy.deepcopy(manifest["speech"])
    library["cases"][0]["labels"] = [1]
    del library["cases"][1]["labels"]
    speech["reading"] = to_entry("reading.f32", 3 * DIMENSION * 4)
    prompts = {**manifest["prompts"], "bytes": 4 * DIMENSION * 4}
    return {**manifest, "findings": [one], "library": library, "speech": speech, "prompts": prompts}


def to_full_size(manifest: dict) -> dict:
    """What a pack of CT-CLIP's size has beside the others; nothing but its manifest exists."""
    large = copy.deepcopy(manifest)
    ct, speech, entry = large["ct"], large["speech"], to_entry("part.onnx")
    ct["input"]["huOffset"] = -400
    external = [to_entry("weights.bin", 604_000_000)]
    parts = [{**entry, "work": 0.5, "external": external}, {**entry, "slabs": 2, "work": 0.3}]
    ct["trunk"][0] |= {"slabs": 2, "work": 0.2, "next": parts}
    ct["trunk"].append({**entry, "variant": "q8", "providers": ["webgpu"], "minCosine": 0.999})
    ct["head"][0]["external"] = external
    ct["parity"]["input"] |= {"shape": [2, 3, 4], "repeat": [2, 2, 2], "bytes": 24}
    speech["fixedSamples"] = 480_000
    speech["encoder"][0]["external"] = external
    probe = {"text": "No pleural effusion.", "expected": speech["parity"]["expected"], "minCosine": 0.999}
    tower = [{**entry, "variant": "int8", "providers": ["wasm"]}]
    text = {
        "tokenizer": to_entry("tokenizer.json"),
        "maxTokens": 512,
        "encoder": tower,
        "parity": probe,
        "leastScore": 0.5,
    }
    weights = to_entry("classifier.bin", len(manifest["findings"]) * (DIMENSION + 1) * 4)
    classifier = {"weights": weights, "activation": "relu"}
    return {**large, "text": text, "classifier": classifier, "calibrated": False}


def to_entry(file: str, size: int = 100) -> dict:
    return {"file": file, "bytes": size, "sha256": "0" * 64}


def to_table(manifest: dict) -> dict:
    """The two cases of the library by a table, as JSON Lines."""
    table = {**to_entry("library.jsonl"), "count": 2}
    return {**manifest["library"], "cases": [], "table": table, "volumesUrl": "volumes/"}


# Optional sections that a pack with figures has.
FIGURE = {"name": "F1", "split": "internal test", "n": 9, "value": 0.8, "chance": 0.5, "date": "", "command": ""}
BIN = {"meanProbability": 0.1, "share": 0.2, "n": 3}
SPLIT = {"n": 9, "auroc": {"value": 0.9, "range": [0.8, 1]}, "f1": {"value": 0.7, "interval": [0.6, 0.8]}}
ROW = {"id": "row", "title": "Row", "paper": "", "seeds": 3, "internal": SPLIT}
MEASURED = {
    "evaluation": [{**FIGURE, "interval": [0.7, 0.9], "group": "speech", "finding": "emphysema"}, FIGURE],
    "reliability": [BIN],
    "comparison": {"title": "Methods", "rows": [{**ROW, "external": SPLIT, "isThisPack": True}, ROW]},
    "limits": ["Nothing is known of patients."],
}
