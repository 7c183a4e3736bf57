"""Python's area input on the browser's golden cases, whose reference shares no code with either."""

import json
from pathlib import Path

import numpy as np
import pytest

from voxct.corpora.ct_input import prepare_input
from voxct.corpora.volumes import HuVolume

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/golden/ct_area"
CASES = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))
LETTERS = ("LR", "PA", "SI")
# A plain mean in float32 has the rounding of as many additions as voxels; of a range of 1.
TOLERANCE = 1e-5


def to_code(direction: list[float]) -> str:
    axis = int(np.argmax(np.abs(direction)))
    return LETTERS[axis][0 if direction[axis] > 0 else 1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_is_the_browser_s(case):
    size = case["size"]
    hu = np.fromfile(FOLDER / f"{case['name']}.volume.i16.bin", "<i2").reshape(size[::-1])
    codes = "".join(to_code(direction) for direction in case["directionLps"][::-1])
    volume = HuVolume(hu, codes, tuple(case["spacingMm"][::-1]))
    expected = np.fromfile(FOLDER / f"{case['name']}.expected.f32.bin", "<f4").reshape(case["spec"]["shape"])
    np.testing.assert_allclose(prepare_input(volume, case["spec"]), expected, atol=TOLERANCE, rtol=0)
