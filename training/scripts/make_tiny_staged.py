"""Makes fixtures/models/tiny-staged: the tiny pack with its trunk in parts, for tests of the browser's runner.

Run again after make_tiny_fixture.py:
    python -m scripts.make_tiny_staged
"""

from __future__ import annotations

import json

from scripts.make_tiny_fixture import ROOT, save_json
from voxct.tiny.staged import to_staged


def main() -> None:
    folder = ROOT / "fixtures/models/tiny-staged"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((ROOT / "fixtures/models/tiny/manifest.json").read_text())
    save_json(folder / "manifest.json", to_staged(manifest, folder))


if __name__ == "__main__":
    main()
