"""Reports of an archive's scans from a table: who has one, what is wrong with which row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voxct.archive.features import ArchiveFeatures, list_patients
from voxct.archive.tables import Fault, Table, UnsuitableTable, join_cases, read_patients, read_table

REPORT_COLUMNS = ("report", "text")
SECTION_COLUMNS = ("findings_en", "impressions_en", "findings", "impression", "impressions")
NOT_GIVEN = "not given."
LEAST_LETTERS = 3


@dataclass(frozen=True)
class Reported:
    """rows: of the features, in their order; reports and patients of the same. without: cases that no row names."""

    rows: list[int]
    reports: list[str]
    patients: list[str]
    faults: list[Fault]
    without: list[str]


def read_reports(path: Path, features: ArchiveFeatures) -> Reported:
    """Raises UnsuitableTable where no row can be used."""
    table = read_table(path)
    columns = find_report_columns(table)
    joined = join_cases(table, features)
    kept = []
    for each in joined:
        text = join_sections([each.row[column] for column in columns])
        if sum(letter.isalpha() for letter in text) >= LEAST_LETTERS:
            kept.append((each, text))
        else:
            table.blame(each.number, f"{features.index[each.at]['id']!r} has no report")
    if not kept:
        told = "; ".join(map(str, table.faults[:3])) or "no row names a case of the archive"
        raise UnsuitableTable(f"{path}: no row can be used ({told})")
    patients = list_patients(features, read_patients(table, joined, features))
    rows = [each.at for each, _ in kept]
    named = {each.at for each in joined}
    without = [line["id"] for at, line in enumerate(features.index) if at not in named]
    return Reported(rows, [text for _, text in kept], [patients[r] for r in rows], sorted_faults(table), without)


def find_report_columns(table: Table) -> list[str]:
    """A column report, or CT-RATE's sections in the order of the table."""
    whole = table.find(REPORT_COLUMNS)
    if whole is not None:
        return [whole]
    sections = [column for column in table.columns if column.strip().lower() in SECTION_COLUMNS]
    if not sections:
        raise UnsuitableTable(f"{table.path} has no column report (or Findings_EN): it has {', '.join(table.columns)}")
    return sections


def join_sections(parts: list[str]) -> str:
    """CT-RATE writes "Not given." for nothing."""
    return "\n".join(part.strip() for part in parts if part.strip() and part.strip().lower() != NOT_GIVEN)


def sorted_faults(table: Table) -> list[Fault]:
    return sorted(table.faults, key=lambda fault: fault.row)
