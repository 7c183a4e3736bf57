"""The table of the four papers: every row dumped in runs/rows, measured alike."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.metrics import measure_scores, thresholds_nearest_corner
from voxct.recovery import Seeds, measure_recovery
from voxct.results.ct import to_json
from voxct.results.retrieval import measure_volume_retrieval
from voxct.rows import RowCard, RowScores, list_rows, read_row

TESTS = ("internal", "external")

EXPECTED = {
    "supervised": ("Supervised 3-D CNN (CT-Net's part)", 1),
    "ctclip": ("CT-CLIP, zero-shot, written prompts", 3),
    "vocabfine": ("CT-CLIP VocabFine", 1),
    "classfine": ("CT-CLIP ClassFine (LiPro)", 1),
    "speech-naive": ("Speech without distillation (lambda = 0), spoken prompts", 3),
    "speechct": ("SpeechCT-CLIP, spoken prompts", 3),
    "radclip": ("RadCLIP, zero-shot", 1),
    "acula": ("AcuLa", 2),
}
"""Title and number of rows that a whole table has, by group, in the table's order."""


TEACHER = "ctclip-s1"
"""The text row of the recovery: the speech rows score this encoder's embeddings, with spoken prompts in place of
written ones. Other seeds of CT-CLIP have other embeddings, so that their mean would mix two differences."""


@dataclass(frozen=True)
class MeasuredRow:
    card: RowCard
    splits: dict[str, dict]
    """{split: {n, measures}} as voxct.results.ct.to_json, and volume_retrieval where the row has embeddings."""
    scores: dict[str, RowScores]
    thresholds: np.ndarray | None


def measure_rows(folder: Path) -> list[MeasuredRow]:
    """Rows that can be read and hold a validation split (for the thresholds) and at least one test split."""
    return [row for row in (measure_row(path) for path in list_known(folder)) if row.splits]


def list_known(folder: Path) -> list[Path]:
    return [path for path in list_rows(folder) if (path / "validation.npz").exists()] if folder.exists() else []


def measure_row(folder: Path) -> MeasuredRow:
    card, splits = read_row(folder)
    limits = thresholds_nearest_corner(splits["validation"].labels, splits["validation"].scores)
    measured = {}
    for split in TESTS:
        if split in splits:
            row = splits[split]
            measured[split] = {
                "n": len(row.labels),
                "measures": to_json(measure_scores(row.labels, row.scores, limits)),
            }
            if row.embeddings is not None:
                measured[split]["volume_retrieval"] = measure_volume_retrieval(to_unit(row.embeddings), row.labels)
    return MeasuredRow(card, measured, splits, limits)


def to_unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def list_missing(rows: list[MeasuredRow]) -> list[str]:
    """What a whole table has and this one lacks, in words."""
    missing = []
    for group, (title, wanted) in EXPECTED.items():
        have = [row for row in rows if row.card.group == group]
        if len(have) < wanted:
            missing.append(f"{title}: {len(have)} of {wanted} rows")
        missing += [f"{row.card.id}: no {split} split" for row in have for split in TESTS if split not in row.splits]
    return missing


def summarise_group(rows: list[MeasuredRow], split: str, measure: str) -> dict | None:
    """Mean and range over the rows (seeds), and the interval of the only row, or of the first where there are more."""
    parts = [row.splits[split] for row in rows if split in row.splits]
    if not parts:
        return None
    values = [part["measures"][measure]["mean"] for part in parts]
    return {
        "n": parts[0]["n"],
        "value": float(np.mean(values)),
        "range": [min(values), max(values)] if len(values) > 1 else None,
        "interval": parts[0]["measures"][measure]["interval"],
        "chance": float(np.mean([part["measures"][measure]["chance"] for part in parts])),
    }


def measure_recoveries(rows: list[MeasuredRow]) -> dict:
    """{split: {measure: ...}} of voxct.recovery where all three groups have the split for the same cases."""
    groups = {name: [row for row in rows if row.card.group == name] for name in ("speech-naive", "speechct")}
    groups["ctclip"] = [row for row in rows if row.card.id == TEACHER]
    found = {}
    for split in TESTS:
        held = {name: [row for row in group if split in row.scores] for name, group in groups.items()}
        if not all(held.values()):
            continue
        seeds = held["ctclip"][0].scores[split].seeds
        if any(not np.array_equal(row.scores[split].seeds, seeds) for group in held.values() for row in group):
            continue
        labels = held["ctclip"][0].scores[split].labels
        naive, distilled, text = (to_seeds(held[name], split) for name in ("speech-naive", "speechct", "ctclip"))
        found[split] = measure_recovery(labels, naive, distilled, text)
        found[split]["rows"] = {name: [row.card.id for row in group] for name, group in held.items()}
    return found


def to_seeds(rows: list[MeasuredRow], split: str) -> Seeds:
    return [(row.scores[split].scores, row.thresholds) for row in rows]
