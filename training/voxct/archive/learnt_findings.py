"""Findings that were learnt from labels, as a pack has them: a direction and its opposite in the place of prompts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.archive.features import ArchiveFeatures, UnsuitableFeatures
from voxct.archive.labels import Labelled
from voxct.archive.readouts import LOGIT_SCALE, Readout
from voxct.ctclip.session import StagedSession
from voxct.ctclip.speech_part import BEYOND_ANY_MARGIN
from voxct.findings import FINDING_IDS
from voxct.library.encoder import choose_variant, place_files
from voxct.library.probe import read_probe
from voxct.pack.files import PackFolder
from voxct.pack.rules import locate
from voxct.pack.spoken import to_spoken
from voxct.pack.synonyms import SYNONYMS

MEAN_COSINE = 0.9999


def hears(manifest: dict) -> bool:
    """Whether the pack's findings can be said or typed: then they are its own, and stay."""
    return "speech" in manifest or "text" in manifest


def list_learnable(source: dict, labelled: Labelled, say: Callable[[str], None]) -> list[int]:
    """Columns; those that a pack with words of its own has no finding for are named."""
    known = {finding["id"] for finding in source["findings"]}
    if not hears(source):
        return list(range(len(labelled.ids)))
    for id_, label in zip(labelled.ids, labelled.labels, strict=True):
        if id_ not in known:
            say(
                f"left out: {label} is no finding of {source['id']}, whose words are its own; use a pack without speech"
            )
    return [column for column, id_ in enumerate(labelled.ids) if id_ in known]


def embed_archive(pack: Path, manifest: dict, archive: ArchiveFeatures) -> NDArray[np.float32]:
    """[n, dimension] of every case: as the pack's own head made them when the archive was embedded, else from the
    pack's library where that has them all, else by its head from the means. Raises UnsuitableFeatures where the head is
    not one of the mean.
    """
    if archive.embeddings is not None and archive.head in [entry["sha256"] for entry in manifest["ct"]["head"]]:
        return np.array(archive.embeddings)
    held = read_library(pack, manifest)
    if all(line["id"] in held for line in archive.index):
        return np.stack([held[line["id"]] for line in archive.index])
    trunk, head = choose_variant(manifest)
    session = StagedSession(pack, place_files(trunk, pack), place_files(head, pack), 1)
    grid = manifest["ct"]["tokenGrid"]
    tokens = session.encode(read_probe(manifest["ct"]["parity"]["input"], pack, manifest["ct"]["input"]["shape"]))
    directions = np.eye(1, manifest["embedding"]["dimension"], dtype=np.float32)

    def embed(mean: NDArray[np.float32]) -> NDArray[np.float32]:
        spread = np.ascontiguousarray(np.broadcast_to(mean, (1, *grid, len(mean))))
        return session.look(spread, directions)[0][0]

    whole = session.look(tokens, directions)[0][0]
    if whole @ embed(tokens[0].mean((0, 1, 2))) < MEAN_COSINE:
        raise UnsuitableFeatures(
            f"{pack}: its head needs more than mean tokens: fill its library with this archive first"
        )
    return np.stack([embed(mean) for mean in archive.means])


def read_library(pack: Path, manifest: dict) -> dict[str, NDArray[np.float32]]:
    """{case id: embedding}."""
    library = manifest["library"]
    if "embeddings" not in library:
        return {}
    vectors = np.fromfile(locate(library["embeddings"], pack), "<f4").reshape(-1, manifest["embedding"]["dimension"])
    cases = library["cases"]
    if "table" in library:
        lines = locate(library["table"], pack).read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines if line]
    return {case["id"]: vector for case, vector in zip(cases, vectors, strict=True)}


def name_findings(source: dict, labelled: Labelled, columns: list[int]) -> list[dict]:
    """Of a pack without words: the table's findings, with the words of those that are CT-RATE's."""
    own = {finding["id"]: finding for finding in source["findings"]} if hears(source) else {}
    return [own.get(labelled.ids[c]) or name_finding(labelled.ids[c], labelled.labels[c]) for c in columns]


def name_finding(id_: str, label: str) -> dict:
    known = id_ in FINDING_IDS
    return {
        "id": id_,
        "label": label,
        "synonyms": list(SYNONYMS[id_]) if known else [],
        **({"spoken": to_spoken(id_)} if known else {}),
        "thresholds": {"speech": BEYOND_ANY_MARGIN},
    }


def to_own_findings(source: dict, fitted: dict[str, Readout]) -> list[dict]:
    """The findings of a pack with words, those learnt anew calibrated; empty for a pack without. Platt's slope is for
    the pack's own logit scale.
    """
    if not hears(source):
        return []
    ratio = LOGIT_SCALE / source["embedding"]["logitScale"]
    findings = []
    for finding in source["findings"]:
        told = fitted.get(finding["id"])
        if told is None:
            findings.append(finding)
            continue
        c = told.calibration
        ct = {"present": c.present, "absent": c.absent}
        findings.append({
            **finding,
            "calibration": {"slope": c.slope * ratio, "offset": c.offset},
            "thresholds": {**finding["thresholds"], "ct": ct},
            "prevalence": c.prevalence,
        })  # fmt: skip
    return findings


def add_prompts(pack: PackFolder, folder: Path, source: dict, fitted: dict[str, Readout]) -> dict:
    """The manifest's prompts f32 [F, 2, 2 (text, speech), d] and promptKind. Where the pack hears, what scores an
    utterance stays what it was and moves to the second place.
    """
    if not hears(source):
        rows = np.stack([np.stack([each.direction, -each.direction]) for each in fitted.values()])
        stored = np.stack([rows, rows], 2)
        return {"prompts": pack.write_floats("prompts.bin", stored), "promptKind": {"ct": "text", "speech": "text"}}
    count, dimension = len(source["findings"]), source["embedding"]["dimension"]
    stored = np.fromfile(locate(source["prompts"], folder), "<f4").reshape(count, 2, 2, dimension)
    scan, said = (("text", "speech").index(source["promptKind"][kind]) for kind in ("ct", "speech"))
    prompts = np.stack([stored[:, :, scan], stored[:, :, said]], 2)
    for row, finding in enumerate(source["findings"]):
        if finding["id"] in fitted:
            direction = fitted[finding["id"]].direction
            prompts[row, :, 0] = np.stack([direction, -direction])
    return {"prompts": pack.write_floats("prompts.bin", prompts), "promptKind": {"ct": "text", "speech": "speech"}}
