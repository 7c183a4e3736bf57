"""Manifests that must be refused: the tiny pack's with one defect each."""

from __future__ import annotations

import json

from voxct.tiny.accepted import AREA, BIN, FIGURE

# 2 does not divide the 3 tokens of the second axis.
REGIONS = {
    "statistics": {"file": "statistics.f32", "bytes": 320, "sha256": "0" * 64},
    "limit": 3,
    "regions": [2, 2, 1],
    "components": 3,
}

PART = {"file": "part.onnx", "bytes": 100, "sha256": "0" * 64}
TEXT = {
    "tokenizer": PART,
    "maxTokens": 512,
    "encoder": [{**PART, "variant": "fp32", "providers": ["wasm"]}],
    "parity": {"text": "No effusion.", "expected": [1], "minCosine": 0.999},
}
NAMELESS_TEXT = {**TEXT, "parity": {**TEXT["parity"], "expected": [1, 0, 0, 0, 0, 0]}}

REMOVE = object()
TRUNK, PROBE, INPUT = ["ct", "trunk", 0], ["ct", "parity", "input"], ["ct", "input"]
# One defect each: name → (path of the defect, what stands there, path that the refusal names if another).
DEFECTS: dict[str, tuple] = {
    "wrong-schema": (["schema"], "voxct-pack/2"),
    "clinical-true": (["clinical"], True),
    "id-with-slash": (["id"], "../tiny"),
    "missing-title": (["title"], REMOVE),
    "logit-scale-text": (["embedding", "logitScale"], "10"),
    "dimension-zero": (["embedding", "dimension"], 0),
    "no-findings": (["findings"], [], "prompts"),
    "findings-without-prompts": (["prompts"], REMOVE),
    "prompts-without-kind-of-ct": (["promptKind"], {"speech": "text"}, "promptKind.ct"),
    "seventeen-findings": (["findings", 17], REMOVE, "prompts.bytes"),
    "finding-twice": (["findings", 4, "id"], "cardiomegaly"),
    "finding-label-twice": (["findings", 4, "label"], "Cardiomegaly"),
    "finding-without-label": (["findings", 3, "label"], " "),
    "finding-id-with-space": (["findings", 3, "id"], "broken heart"),
    "finding-id-with-slash": (["findings", 3, "id"], "../heart"),
    "finding-id-with-capital": (["findings", 3, "id"], "Heart"),
    "finding-id-begins-with-digit": (["findings", 3, "id"], "2_hearts"),
    "finding-id-too-long": (["findings", 3, "id"], "h" * 65),
    "figure-of-unknown-finding": (["evaluation"], [{**FIGURE, "finding": "broken_heart"}], "evaluation.0.finding"),
    "labels-of-other-number": (["library", "cases", 1, "labels"], [0] * 17),
    "reading-of-other-length": (["speech", "reading"], PART, "speech.reading.bytes"),
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
    "trilinear-with-foreground": ([*INPUT, "foregroundHu"], -1000),
    "trilinear-without-spacing": ([*INPUT, "spacingMm"], REMOVE),
    "spacing-of-zero": ([*INPUT, "spacingMm"], [90, 0, 45], "ct.input.spacingMm.1"),
    "area-with-spacing": (INPUT, {**AREA, "spacingMm": [90, 60, 45]}, "ct.input.spacingMm"),
    "area-with-padding": (INPUT, {**AREA, "padValue": 0}, "ct.input.padValue"),
    "area-with-crop-rule": (INPUT, {**AREA, "cropRule": "centre"}, "ct.input.cropRule"),
    "area-with-rounding": (INPUT, {**AREA, "sizeRounding": "truncate"}, "ct.input.sizeRounding"),
    "area-without-foreground": (INPUT, {**AREA, "foregroundHu": None}, "ct.input.foregroundHu"),
    "area-of-trilinear-fields": ([*INPUT, "interpolation"], "area", "ct.input.foregroundHu"),
    "interpolation-missing": ([*INPUT, "interpolation"], REMOVE),
    "window-reversed": ([*INPUT, "huClip"], [200, -1000]),
    "divisor-of-zero": ([*INPUT, "huDivisor"], 0),
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
    "statistics-without-limit": (["outOfDistribution", "limit"], REMOVE),
    "limit-alone": (["outOfDistribution"], {"limit": 3}, "outOfDistribution.limit"),
    "body-of-no-region": (["outOfDistribution", "body"], "abdomen"),
    "guard-of-no-space": (["outOfDistribution", "space"], "pixels"),
    "embedding-guard-of-other-length": (
        ["outOfDistribution", "space"],
        "embedding",
        "outOfDistribution.statistics.bytes",
    ),
    "phantoms-only-text": (["outOfDistribution", "phantomsOnly"], "yes"),
    "probe-repeated-too-often": ([*PROBE, "repeat"], [2, 1, 1], "ct.parity.input.shape"),
    "slabs-do-not-divide": ([*TRUNK, "slabs"], 4),
    "work-at-some-parts": ([*TRUNK, "next"], [{**PART, "work": 1}], "ct.trunk.0.work"),
    "part-without-hash": ([*TRUNK, "next"], [{"file": "a.onnx", "bytes": 9}], "ct.trunk.0.next.0.sha256"),
    "external-outside": ([*TRUNK, "external"], [{**PART, "file": "../weights.bin"}], "ct.trunk.0.external.0.file"),
    "case-file-without-path": (["library", "cases", 0, "open"], {"kind": "file"}, "library.cases.0.open.path"),
    "library-without-embeddings": (["library", "embeddings"], REMOVE),
    "library-twice": (["library", "table"], {**PART, "count": 2}, "library.cases"),
    "volumes-elsewhere": (["library", "volumesUrl"], "https://example.org/"),
    "classifier-of-other-length": (["classifier"], {"weights": PART, "activation": "relu"}, "classifier.weights.bytes"),
    "text-of-other-length": (["text"], TEXT, "text.parity.expected"),
    "statistics-of-other-length": (["outOfDistribution", "statistics", "bytes"], 20),
}

# Of a pack without findings.
NAMELESS_DEFECTS: dict[str, tuple] = {
    "nameless-with-prompts": (["prompts"], PART),
    "nameless-with-classifier": (["classifier"], {"weights": PART, "activation": "relu"}),
    "nameless-with-least-score": (["text"], {**NAMELESS_TEXT, "leastScore": 0.5}, "text.leastScore"),
    "nameless-with-labels": (["library", "cases", 0, "labels"], [0]),
    "nameless-with-reading": (["speech", "reading"], PART, "speech.reading.bytes"),
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
