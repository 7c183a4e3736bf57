"""Tiny packs with findings of their own, three and forty: the app must take list, order and number from the manifest.

Graphs, probes and statistics are those of the tiny pack. Between them the two have every array with a place a finding.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voxct.tiny.graphs import DIMENSION
from voxct.tiny.pack import draw_units, save_raw
from voxct.tiny.staged import share

THREE = (
    ("rib-fracture", "Rib fracture", ["broken rib"]),
    ("pneumothorax", "Pneumothorax", ["collapsed lung", "free air"]),
    ("aortic_dissection", "Aortic dissection", ["intimal flap"]),
)
KINDS = {"nodule": "lesion", "cyst": "bleb", "opacity": "haze", "scar": "fibrosis"}
PLACES = (
    "right upper lobe", "middle lobe", "right lower lobe", "left upper lobe", "lingula", "left lower lobe", "hilum",
    "carina", "mediastinum", "pleura",
)  # fmt: skip
FORTY = tuple(
    (f"{kind}_{place.replace(' ', '_')}", f"{kind.capitalize()}, {place}", [f"{word} of the {place}"])
    for kind, word in KINDS.items()
    for place in PLACES
)
CASES = 4


def to_finding(identity: str, label: str, synonyms: list[str]) -> dict:
    thresholds = {"present": 0.1, "absent": -0.1}
    return {
        "id": identity,
        "label": label,
        "synonyms": synonyms,
        "calibration": {"slope": 0.2, "offset": 0},
        "thresholds": {"ct": thresholds, "speech": thresholds},
        "prevalence": 0.25,
    }


def write_library(folder: Path, random: np.random.Generator, count: int) -> dict:
    """Four cases: the first shows all findings, the second the last one, the third none, the fourth is unlabelled."""
    shown = [[1] * count, [0] * (count - 1) + [1], [0] * count, None]
    cases = [
        {"id": f"case-{n}", "title": f"Case {n}", **({} if labels is None else {"labels": labels})}
        for n, labels in enumerate(shown)
    ]
    embeddings = save_raw(folder / "library.f32", draw_units(random, CASES, DIMENSION))
    return {"embeddings": embeddings, "labelProvenance": "random", "cases": cases}


def to_counted(manifest: dict, folder: Path, findings: tuple, random: np.random.Generator) -> dict:
    """Writes prompts and library; returns the manifest, made from that of the tiny pack. The folder gives the id."""
    count = len(findings)
    return {
        **manifest,
        **{key: share(manifest[key]) for key in ("ct", "speech", "outOfDistribution")},
        "id": folder.name,
        "title": f"Tiny pack of {count} findings",
        "findings": [to_finding(*finding) for finding in findings],
        "prompts": save_raw(folder / "prompts.f32", draw_units(random, count, 2, 2, DIMENSION)),
        "library": write_library(folder, random, count),
    }


def to_three(manifest: dict, folder: Path) -> dict:
    """Scan and speech are scored by prompts alone."""
    return to_counted(manifest, folder, THREE, np.random.default_rng(103))


def to_forty(manifest: dict, folder: Path) -> dict:
    """The scan is scored by a classifier, speech by directions of its own."""
    random, count = np.random.default_rng(141), len(FORTY)
    counted = to_counted(manifest, folder, FORTY, random)
    weights = random.standard_normal((count, DIMENSION + 1)).astype("<f4")
    reading = save_raw(folder / "reading.f32", draw_units(random, 2 * count + 1, DIMENSION))
    return {
        **counted,
        "speech": {**counted["speech"], "reading": reading},
        "classifier": {"weights": save_raw(folder / "classifier.f32", weights), "activation": "relu"},
    }
