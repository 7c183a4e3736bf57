"""Writes the phrases of voxct/pack/spoken.py into the manifests of packs that are built already.

python -m scripts.write_spoken ../public/models/phantom-mini ../public/models/phantom-radclip
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.pack.spoken import SPOKEN, to_spoken


def write_spoken(pack: Path) -> int:
    """Number of findings of the pack whose phrases were written; the others stay as they are."""
    path = pack / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    known = [finding for finding in manifest["findings"] if finding["id"] in SPOKEN]
    for finding in known:
        finding["spoken"] = to_spoken(finding["id"])
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return len(known)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path, nargs="+")
    for pack in parser.parse_args().packs:
        print(f"{pack}: {write_spoken(pack)} findings")
