"""A library of many made-up cases, to see how a pack with 50,000 of them behaves. Its embeddings say nothing.

python tests/synthetic_library.py --pack COPY_OF_A_PACK --cases 50000
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray

from voxct.library.archive import Case
from voxct.library.publish import publish_library

ROOT = Path("archive")


def draw_cases(count: int, dimension: int, seed: int = 1) -> Iterator[tuple[Case, NDArray[np.float32]]]:
    """Two reconstructions a scan, close to each other; scans lie about 40 centres."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(40, dimension))
    for number in range(count):
        if number % 2 == 0:
            base = centres[rng.integers(40)] + rng.normal(size=dimension) * 0.8
            labels = tuple(int(x) for x in rng.random(18) < 0.2)
        vector = base + rng.normal(size=dimension) * 0.05
        scan = f"train_{number // 2 + 1}_a"
        path = ROOT / f"{scan}/{scan}_{number % 2 + 1}.nii.gz"
        yield Case(path.name[:-7], path, scan, "", labels), (vector / np.linalg.norm(vector)).astype(np.float32)


def fill_library(pack: Path, count: int) -> dict:
    """Returns the manifest's library section."""
    dimension = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["embedding"]["dimension"]
    return publish_library(pack, ROOT, list(draw_cases(count, dimension)), "Made up, for tests.", "archive/")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=50_000)
    given = parser.parse_args()
    print(json.dumps(fill_library(given.pack, given.cases), indent=1))
