"""Changes packs that are built already: manifest and model card, never with a contradiction."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from voxct.pack.rules import check_files, find_contradictions


def list_sharing(pack: Path) -> list[Path]:
    """Folders of the packs beside this one whose speech encoder lies in it."""
    return [path.parent for path in sorted(pack.parent.glob("*/manifest.json")) if shares_speech(path, pack)]


def shares_speech(manifest: Path, pack: Path) -> bool:
    speech = json.loads(manifest.read_text(encoding="utf-8")).get("speech")
    return manifest.parent.name != pack.name and speech is not None and speech["encoder"][0].get("pack") == pack.name


def rewrite_pack(folder: Path, change: Callable[[dict], dict], paragraph: str) -> None:
    """`paragraph` enters the card before its limits, in the place of an older one under its heading. ValueError where
    the manifest contradicts itself or its files."""
    path = folder / "manifest.json"
    manifest = change(json.loads(path.read_text(encoding="utf-8")))
    wrong = find_contradictions(manifest) + check_files(manifest, folder)
    if wrong:
        raise ValueError(f"{folder.name} would contradict itself: " + "; ".join(wrong))
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    card = folder / "README.md"
    heading = re.escape(paragraph.splitlines()[0])
    text = re.sub(rf"\n{heading}\n.*?(?=\n## )", "", card.read_text(encoding="utf-8"), flags=re.S)
    card.write_text(text.replace("\n## Limits\n", f"\n{paragraph}\n\n## Limits\n", 1), encoding="utf-8")
