"""Makes fixtures/models/tiny-typed: the tiny pack with a text tower, a classifier and a library kept as a table.

Run again after make_tiny_fixture.py:
    python -m scripts.make_tiny_typed
"""

from __future__ import annotations

import json

from scripts.make_tiny_fixture import ROOT, save_json
from voxct.tiny.typed import to_typed


def main() -> None:
    folder = ROOT / "fixtures/models/tiny-typed"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((ROOT / "fixtures/models/tiny/manifest.json").read_text())
    save_json(folder / "manifest.json", to_typed(manifest, folder, ROOT / "fixtures/golden/text"))


if __name__ == "__main__":
    main()
