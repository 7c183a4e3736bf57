"""Makes fixtures/models/tiny-area: a pack of Astra's kind with random weights, whose library is six phantoms.

Run again after a change of the phantoms or of the preprocessing by area (draws the phantoms with Node):
    python -m scripts.make_tiny_area
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from scripts.make_tiny_fixture import ROOT, save_json
from voxct.corpora.nifti import read_nifti
from voxct.tiny.area import Scan, write_area_pack

FIRST, COUNT = 0, 6
"""Of the phantoms' split `library`."""


def draw_scans(folder: Path) -> list[Scan]:
    numbers = ["--split", "library", "--from", str(FIRST), "--count", str(COUNT)]
    subprocess.run(["npx", "tsx", "phantom/cli.ts", "scans", *numbers, "--out", str(folder)], cwd=ROOT, check=True)
    files = sorted(folder.glob("*.nii"))
    return [Scan(int(file.stem.removeprefix("phantom-")), read_nifti(file).volume) for file in files]


def main() -> None:
    folder = ROOT / "fixtures/models/tiny-area"
    with tempfile.TemporaryDirectory() as drawn:
        manifest = write_area_pack(folder, draw_scans(Path(drawn)))
    save_json(folder / "manifest.json", manifest)


if __name__ == "__main__":
    main()
