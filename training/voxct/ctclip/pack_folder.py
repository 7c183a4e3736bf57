"""Where a pack is built: beside its place, and moved there when it is whole."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from voxct.pack.rules import list_files

OWN_FILES = ("manifest.json", "README.md")


class UnsuitableFolder(ValueError):
    """Says why the pack cannot be written there."""


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """An empty folder beside `out`, gone afterwards: finish() moves it, an error removes it."""
    staging = open_staging(out)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def open_staging(out: Path) -> Path:
    """Refuses an `out` that holds something else than a pack."""
    if not re.fullmatch(r"[\w-]+", out.name):
        raise UnsuitableFolder(f"{out}: a pack's folder is named with letters, digits, _ and - alone")
    if out.exists() and any(out.iterdir()) and read_manifest(out) is None:
        raise UnsuitableFolder(f"{out}: the folder is not empty and holds no pack; choose another")
    staging = out.with_name(f"{out.name}.part")
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    return staging


def read_manifest(folder: Path) -> dict | None:
    path = folder / "manifest.json"
    if not path.is_file():
        return None
    manifest = json.loads(path.read_text(encoding="utf-8"))
    return manifest if str(manifest.get("schema", "")).startswith("voxct-pack/") else None


def keep_library(out: Path, staging: Path, manifest: dict) -> dict:
    """The manifest with the library of the pack that lies at `out`, where that one gives the same embeddings: its
    cases may have taken days.
    """
    former = read_manifest(out)
    if former is None or "embeddings" not in former["library"]:
        return manifest
    expected, given = (np.array(m["ct"]["parity"]["expected"]) for m in (manifest, former))
    if expected.shape != given.shape or np.abs(expected - given).max() > 1e-4:
        return manifest
    for entry in list_files(former["library"]):
        if "pack" not in entry:
            shutil.copyfile(out / entry["file"], staging / entry["file"])
    return {**manifest, "library": former["library"]}


def finish(staging: Path, out: Path) -> None:
    """Puts the new files in place; of an earlier pack there, what its manifest named goes first."""
    former = read_manifest(out) if out.exists() else None
    names = {entry["file"] for entry in list_files(former or {}) if "pack" not in entry}
    for name in [*OWN_FILES, *names] if former else []:
        (out / name).unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(staging.iterdir(), key=lambda path: path.name == "manifest.json"):
        path.replace(out / path.name)
    staging.rmdir()
