"""Chests whose voxels lie on the side that the header says, and chests mirrored left to right."""

from collections.abc import Callable

import numpy as np

from ..corpus import Corpus, kind
from ..scan import Format, Scan
from ..trunk import SIZE, STEP_MM, trunk
from .nifti import packed, write

SAYS = "sides-mirrored.*mirrored left to right"


def chest_scan(rng: np.random.Generator, size: float = 1.0, turn: Callable = lambda hu: hu) -> Scan:
    start = np.round(rng.uniform(-200, 200, 3), 1)
    origins = start + np.outer(np.arange(SIZE[2]) * STEP_MM, [0, 0, 1])
    return Scan(turn(trunk(rng, size)), origins, spacing=(STEP_MM, STEP_MM), format=Format(16, 16, True, 1, 0))


def facing(scan: Scan, row: int, column: int, up: int = 1) -> Scan:
    """The same voxels at the same places with axes of the image that run the other way (−1)."""
    last = np.array(SIZE[:2]) * STEP_MM - STEP_MM
    corner = np.array([last[0] if row < 0 else 0, last[1] if column < 0 else 0, 0])
    return scan.but(
        hu=scan.hu[::up, ::column, ::row], origins=scan.origins[::up] + corner, row=(row, 0, 0), column=(0, column, 0)
    )


@kind("5.2 sides")
def sides(corpus: Corpus) -> None:
    for name, turn in {"usual": lambda hu: hu, "mirrored": lambda hu: hu[:, :, ::-1]}.items():
        for size in (1.0, 0.55):
            whom = "adult" if size == 1 else "child"
            item = corpus.item(f"sides-{name}-dicom-{whom}")
            scan = chest_scan(item.rng, size, turn)
            item.add(scan.plain()).opens(scan)
            if name == "mirrored":
                item.tells(*item.files, any_name=True, says=SAYS)
        for axes, (row, column, up) in {"lps": (1, 1, 1), "ras": (-1, -1, 1), "prone-feet-first": (1, -1, -1)}.items():
            item = corpus.item(f"sides-{name}-nifti-{axes}")
            scan = chest_scan(item.rng, 1, turn)
            scan = facing(scan, row, column, up).but(**packed("a.nii"))
            item.add({"scan/a.nii": write(scan, scan.hu)}).opens(scan, hu=scan.hu)
            if name == "mirrored":
                item.tells("scan/a.nii", says=SAYS)
    for name, part in {"upper": slice(36, None), "bases": slice(0, 22)}.items():
        item = corpus.item(f"sides-unknown-mirrored-{name}")
        scan = chest_scan(item.rng, 1, lambda hu: hu[:, :, ::-1])
        scan = scan.take(range(SIZE[2])[part])
        item.add(scan.plain()).opens(scan)
