"""`python -m voxct_corpus FOLDER [--seed N] [--kinds TEXT]`: writes the corpus, seeded."""

import argparse
import collections
import json
import shutil
from pathlib import Path

from . import kinds  # noqa: F401
from .corpus import Corpus


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", help="only kinds whose name contains this")
    chosen = parser.parse_args()
    shutil.rmtree(chosen.folder, ignore_errors=True)
    chosen.folder.mkdir(parents=True)
    expectations = Corpus(chosen.folder, chosen.seed).make(chosen.kinds)
    index = {"seed": chosen.seed, "items": [{"id": item["id"], "kind": item["kind"]} for item in expectations]}
    (chosen.folder / "index.json").write_text(json.dumps(index, indent=1) + "\n")
    for name, count in collections.Counter(item["kind"] for item in expectations).items():
        print(f"{count:4d}  {name}")
    print(f"{len(expectations):4d}  items, seed {chosen.seed}")


main()
