"""Writes fixtures/golden/chest-region.json: drawn bodies, what is measured of the air in them, and which are chests.

The browser draws the same ellipsoids (src/domain/ct/chestRegion/chestRegion.golden.test.ts) and must measure the same.

Run from the repository root: python training/scripts/make_golden_chest_region.py
"""

import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
from make_tiny_fixture import save_json
from numpy.typing import NDArray

from voxct.corpora.body_region import explain_no_chest, measure_lungs
from voxct.corpora.volumes import HuVolume, turn_axes

OUT = Path(__file__).resolve().parents[2] / "fixtures/golden/chest-region.json"
AIR, SOFT = -1000, 40


@dataclass(frozen=True)
class Part:
    """centre and radii in voxels along L, P, S; drawn over what is there."""

    centre: tuple[float, float, float]
    radii: tuple[float, float, float]
    hu: int


@dataclass(frozen=True)
class Case:
    """size and spacing along L, P, S; codes: how the volume is stored."""

    name: str
    parts: list[Part]
    size: tuple[int, int, int] = (70, 52, 40)
    spacing_mm: tuple[float, float, float] = (6.0, 6.0, 7.0)
    codes: str = "LPS"


def body(*inner: Part, z: float = 19.5) -> list[Part]:
    return [Part((34.5, 25.5, z), (30, 20, 400), SOFT), *inner]


LUNGS = (Part((20.5, 25.5, 19.5), (9, 12, 18), -850), Part((49.5, 25.5, 19.5), (8, 12, 18), -850))
CUT = (Part((2.5, 25.5, 19.5), (20, 20, 25), -850), Part((66.5, 25.5, 19.5), (20, 20, 25), -850))


def skull(hu: int, inner: Part, radii: tuple[float, float, float] = (18, 20, 17)) -> list[Part]:
    return [Part((34.5, 25.5, 19.5), radii, hu), inner]


CASES = [
    Case("chest", body(*LUNGS)),
    Case("chest, emphysema of the worst kind", body(*(Part(p.centre, p.radii, -958) for p in LUNGS))),
    Case("chest stored towards right, front and feet", body(*LUNGS), codes="RAI"),
    Case("chest stored in sagittal slices", body(*LUNGS), codes="SPL"),
    Case(
        "chest, fine in plane",
        [
            Part((70.5, 50.5, 29.5), (64, 44, 500), SOFT),
            Part((40.5, 50.5, 29.5), (24, 30, 25), -830),
            Part((101.5, 50.5, 29.5), (22, 30, 25), -830),
        ],
        size=(142, 102, 60),
        spacing_mm=(2.0, 2.0, 5.0),
    ),
    Case("head with sinuses", skull(SOFT, Part((34.5, 12.5, 15.5), (4, 3, 3), AIR), radii=(14, 18, 15))),
    Case("air-filled skull", skull(900, Part((34.5, 25.5, 19.5), (16, 18, 15), -988))),
    Case("foam-filled skull", skull(900, Part((34.5, 25.5, 19.5), (16, 18, 15), -800))),
    Case("stool and foam", body(*(Part(p.centre, p.radii, -450) for p in LUNGS))),
    Case("abdomen with a little gas", body(Part((30.5, 15.5, 19.5), (6, 4, 8), AIR))),
    Case("colon filled with gas", body(*(Part(p.centre, p.radii, AIR) for p in LUNGS))),
    Case("one lung", body(LUNGS[0], LUNGS[0])),
    Case("lungs cut by the field of view", [Part((34.5, 25.5, 19.5), (90, 90, 400), SOFT), *CUT]),
    Case("air alone", []),
]


def draw(case: Case) -> HuVolume:
    hu = np.full(case.size, AIR, np.int16)
    grid = np.meshgrid(*(np.arange(n) for n in case.size), indexing="ij")
    for part in case.parts:
        far = sum(((g - c) / r) ** 2 for g, c, r in zip(grid, part.centre, part.radii, strict=True))
        hu[far <= 1] = part.hu
    return store(hu, case)


def store(hu: NDArray, case: Case) -> HuVolume:
    values, spacing = turn_axes(HuVolume(hu, "LPS", case.spacing_mm), case.codes)
    return HuVolume(np.ascontiguousarray(values), case.codes, spacing)


def to_row(case: Case) -> dict:
    lungs = measure_lungs(draw(case))
    return {
        "name": case.name,
        "size": case.size,
        "spacingMm": case.spacing_mm,
        "codes": case.codes,
        "parts": [{"centre": p.centre, "radii": p.radii, "hu": p.hu} for p in case.parts],
        "litres": float(lungs.litres),
        "shareOfBody": float(lungs.share_of_body),
        "medianHu": None if np.isnan(lungs.median_hu) else lungs.median_hu,
        "smallerSide": lungs.smaller_side,
        "middle": lungs.middle,
        "isChest": explain_no_chest(lungs) is None,
    }


if __name__ == "__main__":
    save_json(OUT, {"air": AIR, "cases": [to_row(case) for case in CASES]})
