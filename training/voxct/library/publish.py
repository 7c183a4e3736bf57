"""Embedded cases -> the library of a pack. The manifest changes last, at once: an app sees the old or the new."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.cache import write_atomically
from voxct.findings import FINDING_LABELS
from voxct.library.archive import Case
from voxct.pack.files import describe_file
from voxct.pack.rules import find_contradictions, list_files

Embedded = list[tuple[Case, NDArray[np.float32]]]
NAMED_IN_TITLE = 3


def to_library_case(root: Path, case: Case) -> dict:
    """A DICOM series is many files, which the app can't open from one path: its title tells where it lies."""
    described = {"id": case.id, "title": to_title(case), "scan": case.scan}
    if case.labels is not None:
        described["labels"] = list(case.labels)
    if not case.series:
        described["open"] = {"kind": "file", "path": case.path.relative_to(root).as_posix()}
    return described


def to_title(case: Case) -> str:
    if case.labels is None:
        return case.id
    names = [label.lower() for label, present in zip(FINDING_LABELS, case.labels, strict=True) if present]
    more = f" and {len(names) - NAMED_IN_TITLE} more" if len(names) > NAMED_IN_TITLE else ""
    return f"{case.id}: {', '.join(names[:NAMED_IN_TITLE]) or 'no finding'}{more}"


def publish_library(
    pack: Path, root: Path, embedded: Embedded, provenance: str, volumes_url: str | None = None,
    details: Mapping[str, dict] = MappingProxyType({}),
) -> dict:  # fmt: skip
    """Writes library-*.bin (float32 [cases, dimension]) and library-*.jsonl, then the manifest; returns its library.
    details: what is known of a case besides (library/details.py), by its id.
    """
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    former = manifest["library"]
    vectors = np.stack([vector for _, vector in embedded]).astype("<f4")
    cases = (to_library_case(root, case) | details.get(case.id, {}) for case, _ in embedded)
    lines = (json.dumps(case, ensure_ascii=False) for case in cases)
    table = write_named(pack, "jsonl", "".join(f"{line}\n" for line in lines).encode())
    library = {
        "embeddings": write_named(pack, "bin", vectors.tobytes()),
        "labelProvenance": provenance,
        "table": {**table, "count": len(embedded)},
        "cases": [],
    }
    manifest["library"] = library | ({"volumesUrl": volumes_url} if volumes_url else {})
    wrong = find_contradictions(manifest)
    if wrong:
        raise ValueError(f"{pack / 'manifest.json'} would contradict itself: {'; '.join(wrong)}")
    write_atomically(pack / "manifest.json", (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode())
    remove_former(pack, list_files(former), manifest)
    return manifest["library"]


def write_named(pack: Path, ending: str, content: bytes) -> dict:
    """{file, bytes, sha256}; the name changes with the content, so that the old manifest's files stay until it goes."""
    path = pack / f"library-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    write_atomically(path, content)
    return describe_file(path)


def remove_former(pack: Path, former: Iterable[dict], manifest: dict) -> None:
    kept = {entry["file"] for entry in list_files(manifest) if "pack" not in entry}
    for entry in former:
        if "pack" not in entry and entry["file"] not in kept and (pack / entry["file"]).exists():
            os.remove(pack / entry["file"])
