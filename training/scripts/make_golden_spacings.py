"""Writes fixtures/golden/spacings.json: spacings as files have them, without their noise, and the resampled sizes.

Run from the repository root: python training/scripts/make_golden_spacings.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
from make_tiny_fixture import save_json

OUT = Path(__file__).resolve().parents[2] / "fixtures/golden/spacings.json"
# What is stored, what is meant, layers, target spacing, and the layers that CT-CLIP's int(n * (meant / target)) makes.
ROWS = [
    (0.9999999, 1.0, 270, 1.5),
    (0.9999999999999998, 1.0, 270, 1.5),
    (1.0000001, 1.0, 270, 1.5),
    (float(np.float32(0.7)), 0.7, 480, 0.75),
    (float(np.float32(0.8)), 0.8, 300, 0.75),
    (float(np.float32(1.2)), 1.2, 400, 1.5),
    (float(np.float32(2.4)), 2.4, 100, 1.5),
    (1.4999999, 1.5, 240, 1.5),
    (2.5000005, 2.5, 120, 1.5),
    (0.624999, 0.625, 600, 1.5),
    (375 / 512, 375 / 512, 512, 0.75),
    (431 / 512, 431 / 512, 512, 0.75),
    (float(np.float32(431 / 512)), 431 / 512, 512, 0.75),
    (0.78125, 0.78125, 512, 3.75),
    (0.99999, 0.99999, 270, 1.5),
]

if __name__ == "__main__":
    rows = [
        {"storedMm": stored, "meantMm": meant, "count": n, "targetMm": target, "size": int(n * (meant / target))}
        for stored, meant, n, target in ROWS
    ]
    save_json(OUT, rows)
