"""Makes fixtures/models/tiny, a whole model pack of a few KB with random weights, and fixtures/manifests.

The graphs keep the names, shapes and contract of real packs (the heat of a unit direction sums to its cosine), and the
expected embeddings come from numpy, not from the graphs. Run again after a change of the schema:
    python training/scripts/make_tiny_fixture.py
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.tiny.accepted import to_nameless, to_valid
from voxct.tiny.pack import write_pack
from voxct.tiny.refused import DEFECTS, NAMELESS_DEFECTS, to_invalid


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
    for whole, defects in ((manifest, DEFECTS), (to_nameless(manifest), NAMELESS_DEFECTS)):
        for name, defect in defects.items():
            save_json(manifests / "invalid" / f"{name}.json", to_invalid(whole, *defect), indent=None)


if __name__ == "__main__":
    main()
