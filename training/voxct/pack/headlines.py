"""The figures that README.md shows, written between two markers; src/architecture/readme.test.ts compares them."""

import re
from pathlib import Path

from voxct.pack.figures import from_row, to_table

BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"

HEADLINES = (
    "CT zero-shot AUROC, mean of 18 findings",
    "CT zero-shot, external, AUROC, mean of 18 findings",
    "CT zero-shot F1 (weighted), mean of 18 findings",
    "CT zero-shot, external, F1 (weighted), mean of 18 findings",
    "Calibration error (ECE) of the CT probabilities",
    "Heat: peak inside a focal finding that is rightly called",
    "Similar patients: label overlap (Jaccard) at 5",
    "Spoken report to volume, bundled speech encoder: Recall@5",
    "Said present AUROC, mean of 18 (clean)",
    "Present against absent AUROC (clean)",
    "Said present AUROC, mean of 18 (rooms and noise)",
)
"""By name; those that the manifest lacks are left out."""


def write_headlines(readme: Path, manifest: dict) -> bool:
    """False where the file has no markers."""
    text = readme.read_text(encoding="utf-8")
    rows = {row["name"]: from_row(row) for row in manifest["evaluation"]}
    table = to_table([rows[name] for name in HEADLINES if name in rows])
    block = f"{BEGIN}\n\n{table}\n\n{END}"
    changed, found = re.subn(f"{BEGIN}.*?{END}", lambda _: block, text, count=1, flags=re.DOTALL)
    if found:
        readme.write_text(changed, encoding="utf-8")
    return bool(found)
