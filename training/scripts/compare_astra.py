"""A pack of Astra's encoder against the published package: the table of cosines. Fails below 0.9999 in fp32.

python -m scripts.compare_astra --pack packs/astra --data ../../shared/data
The package was run as a black box in an environment of its own; fixtures/golden/astra holds its mean tokens (float32
[2048] a scan) and of which scans: phantoms are drawn here, real scans are read where --data has them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.embed_features import REPOSITORY, PackGraphs, encode, read_body
from voxct.corpora.volumes import HuVolume
from voxct.library.archive import Case, list_cases, to_nifti_case

GOLDEN = REPOSITORY / "fixtures/golden/astra"
LEAST = 0.9999


def list_scans(scans: list[dict], data: Path | None, folder: Path) -> Iterator[tuple[str, HuVolume]]:
    """Of the golden scans those that are at hand."""
    for scan in scans:
        if "phantom" in scan:
            number = str(scan["phantom"])
            asked = ["--split", "internal", "--from", number, "--count", "1", "--out", str(folder)]
            subprocess.run(["npx", "tsx", "phantom/cli.ts", "scans", *asked], cwd=REPOSITORY, check=True)
            yield scan["name"], read_body(to_nifti_case(folder, folder / f"{scan['name']}.nii"))
        elif data is not None and (data / scan["path"]).exists():
            yield scan["name"], read_body(find_case(data / scan["path"]))
        else:
            print(f"{scan['name']}: not at hand, left out", file=sys.stderr)


def find_case(path: Path) -> Case:
    return to_nifti_case(path.parent, path) if path.is_file() else list_cases(path)[0][0]


def compare(own: NDArray, golden: NDArray, centre: NDArray) -> tuple[float, float, float]:
    """Cosine as it is, cosine of what differs from the mean of all golden scans, largest difference."""

    def cosine(a: NDArray, b: NDArray) -> float:
        return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))

    return cosine(own, golden), cosine(own - centre, golden - centre), float(np.abs(own - golden).max())


def main(pack: Path, data: Path | None, threads: int) -> bool:
    """Prints the table; true where every scan passes."""
    scans = json.loads((GOLDEN / "scans.json").read_text(encoding="utf-8"))["scans"]
    golden = {scan["name"]: np.fromfile(GOLDEN / f"{scan['name']}.f32", "<f4") for scan in scans}
    centre = np.mean(list(golden.values()), axis=0)
    graphs, passed = PackGraphs(pack, threads), True
    print("| scan | cosine | centred | largest difference |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, volume in list_scans(scans, data, Path(folder)):
            own = encode(graphs, volume).mean((0, 1, 2), dtype=np.float64)
            plain, centred, gap = compare(own, golden[name].astype(np.float64), centre)
            print(f"| {name} | {plain:.7f} | {centred:.7f} | {gap:.1e} |", flush=True)
            passed &= min(plain, centred) >= LEAST
    return passed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="folder of the real scans, ../shared/data beside the repository")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    sys.exit(0 if main(given.pack, given.data, given.threads) else f"error: below {LEAST}")
