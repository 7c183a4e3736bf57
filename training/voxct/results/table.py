"""The whole table: rows, recovery, retrieval, alignment, and what is missing."""

import json
from pathlib import Path

from numpy.typing import NDArray

from voxct.ct.evaluation import Looked
from voxct.data.chunks import Chunk
from voxct.results.comparison import (
    EXPECTED,
    TESTS,
    MeasuredRow,
    list_missing,
    measure_recoveries,
    measure_rows,
    summarise_group,
)
from voxct.results.retrieval import list_report_rows, measure_ceiling, measure_report_retrieval
from voxct.text.teacher import load_text_teacher

MEASURES = ("auroc", "f1_weighted", "f1_macro", "accuracy", "precision")
EXPECTED_REPORTS = ("text-report", "speech-bundled", "speech-naive", "speechct", "acula")
SEEDED = ("ctclip", "speech-naive", "speechct")
"""Groups whose rows differ by their seed alone; rows of the other groups stand for themselves."""


def measure_table(folder: Path, looked: dict[str, Looked], chunks: dict[str, list[Chunk]], text: Path) -> dict:
    """The parts of the report that voxct.results.document turns into text."""
    rows = sorted(measure_rows(folder), key=lambda row: (order_of(row), row.card.id))
    tests = {split: each for split, each in looked.items() if split in TESTS}
    reports = list_report_rows(folder, TESTS)
    if "text-report" not in reports:
        reports["text-report"] = embed_reports(chunks, text)
    retrieval = {
        row: {split: found for split, (seeds, embeddings) in parts.items()
              if split in tests and (found := measure_report_retrieval(tests[split], seeds, embeddings))}
        for row, parts in reports.items()
    }  # fmt: skip
    alignment = read_alignments(folder)
    recovery = measure_recoveries(rows)
    return {
        "rows": [{**vars(row.card), **row.splits} for row in rows],
        "comparison": compare_rows(rows),
        "recovery": recovery,
        "report_retrieval": {row: parts for row, parts in retrieval.items() if parts},
        "ceilings": {split: measure_ceiling(chunks[split]) for split in tests},
        "alignment": alignment,
        "missing": [
            *list_missing(rows),
            *(f"the {split} test scans" for split in TESTS if split not in tests),
            *(f"reports of {name}" for name in EXPECTED_REPORTS if not any(r.startswith(name) for r in retrieval)),
            *(f"distillation recovery, {split}" for split in TESTS if split not in recovery),
            *([] if alignment else ["alignment of speech and text latents (CKA, cosine)"]),
        ],
    }


def order_of(row: MeasuredRow) -> int:
    return list(EXPECTED).index(row.card.group) if row.card.group in EXPECTED else len(EXPECTED)


def compare_rows(rows: list[MeasuredRow]) -> list[dict]:
    """Lines of the comparison: chance first, then a line a seeded group, and a line for every other row."""
    lines: list[list[MeasuredRow]] = []
    for row in rows:
        same = row.card.group in SEEDED and lines and lines[-1][0].card.group == row.card.group
        lines[-1].append(row) if same else lines.append([row])
    compared = [compare(line) for line in lines]
    reference = next((line for line in compared if line["group"] == "ctclip"), None)
    return [to_chance(reference), *compared] if reference else compared


def compare(line: list[MeasuredRow]) -> dict:
    card = line[0].card
    splits = {
        split: {"n": first["n"]} | {measure: summarise_group(line, split, measure) for measure in MEASURES}
        for split in TESTS
        if (first := next((row.splits[split] for row in line if split in row.splits), None))
    }
    return {"id": card.id, "group": card.group, "title": card.title, "paper": card.paper, "seeds": len(line), **splits}


def to_chance(reference: dict) -> dict:
    """CT-CLIP's scores with the labels dealt out at random."""
    splits = {
        split: {"n": reference[split]["n"]}
        | {
            measure: {"value": reference[split][measure]["chance"], "chance": reference[split][measure]["chance"],
                      "range": None, "interval": None}
            for measure in MEASURES
        }
        for split in TESTS if split in reference
    }  # fmt: skip
    return {"id": "chance", "group": "chance", "title": "Chance: CT-CLIP's scores, labels dealt out at random",
            "paper": "", "seeds": reference["seeds"], **splits}  # fmt: skip


def embed_reports(chunks: dict[str, list[Chunk]], text: Path) -> dict[str, tuple[list[int], NDArray]]:
    """{split: (seeds, embeddings)} of the written reports by the frozen text tower; empty where it is not at hand."""
    if not (text / "text.pt").exists():
        return {}
    teacher = load_text_teacher(text)
    found = {}
    for split in (split for split in TESTS if split in chunks):
        cases = [case for chunk in chunks[split] for case in chunk.cases]
        found[split] = ([case.seed for case in cases], teacher.encode([case.report for case in cases]).numpy())
    return found


def read_alignments(folder: Path) -> dict[str, dict]:
    return {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*/alignment.json"))
    }
