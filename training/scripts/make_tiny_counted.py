"""Makes fixtures/models/tiny-three and tiny-forty: the tiny pack with other findings, three and forty of them.

Run again after make_tiny_fixture.py:
    python -m scripts.make_tiny_counted
"""

from __future__ import annotations

import json

from scripts.make_tiny_fixture import ROOT, save_json
from voxct.tiny.counted import to_forty, to_three


def main() -> None:
    manifest = json.loads((ROOT / "fixtures/models/tiny/manifest.json").read_text())
    for name, write in (("tiny-three", to_three), ("tiny-forty", to_forty)):
        folder = ROOT / "fixtures/models" / name
        folder.mkdir(parents=True, exist_ok=True)
        save_json(folder / "manifest.json", write(manifest, folder))


if __name__ == "__main__":
    main()
