"""RESULTS-WHISPER.md: branches on Whisper base with and without distillation, on scans of their own."""

from voxct.results.comparison import MeasuredRow, measure_recoveries
from voxct.results.document import write_comparison, write_recovery
from voxct.results.table import compare_rows, order_of

LEAST_GAP = 0.03
"""Of F1 between text and the row without distillation: below it the recovery is no target."""


def to_branch_document(rows: list[MeasuredRow], command: str) -> str:
    rows = sorted(rows, key=lambda row: (order_of(row), row.card.id))
    report = {"comparison": compare_rows(rows), "recovery": measure_recoveries(rows)}
    parts = [
        "# Whisper base with and without distillation",
        f"Written by `{command}`. Both arms: the frozen encoder, the same two layers and pooled projection, steps, "
        "clips and order; the weights of the last step. They learn InfoNCE with half of the pack's library, and "
        "λ (1 - cosine) to the text tower, nothing else. Prompts are spoken by three natural voices that "
        "training never heard; thresholds come from the other half of the library. Chance, intervals and F1 as in "
        "RESULTS.md, fewer scans.",
        *write_comparison(report),
        *write_recovery(report),
        *write_gaps(report["recovery"]),
    ]
    return "\n\n".join(parts) + "\n"


def write_gaps(recovery: dict) -> list[str]:
    """A sentence for each split whose gap of F1 is too small for its ratio to be a target."""
    gaps = {split: part["f1_weighted"]["text"] - part["f1_weighted"]["naive"] for split, part in recovery.items()}
    return [
        f"The gap of F1 on the {split} scans is {gap:.3f}, under {LEAST_GAP:g}: its ratio is no target."
        for split, gap in gaps.items()
        if gap < LEAST_GAP
    ]
