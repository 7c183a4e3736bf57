"""A table of one's own that says who the scans of an archive are of, when they were made and what was reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from voxct.archive.features import ArchiveFeatures
from voxct.archive.reports import REPORT_COLUMNS, SECTION_COLUMNS, find_report_columns, join_sections
from voxct.archive.tables import PATIENT_COLUMNS, Table, UnsuitableTable, join_cases, read_table
from voxct.library.said import Said, read_age, read_day, read_sex

COLUMNS = {
    "sex": ("sex", "patientsex", "gender"),
    "age": ("age", "ageyears", "patientage"),
    "date": ("date", "studydate", "acquisitiondate", "scandate"),
}
READS: dict[str, Callable[[str], object]] = {"sex": read_sex, "age": read_age, "date": read_day}
WANTED = {"sex": "F, M or O", "age": "years or a DICOM age such as 045Y", "date": "a day such as 2019-01-31"}
SHOWN_FAULTS = 20


def read_details(path: Path, ids: list[str], say: Callable[[str], None]) -> dict[str, Said]:
    """{case id: what its row says}. Raises UnsuitableTable where no column can be used."""
    table = read_table(path)
    columns = {name: table.find(names) for name, names in COLUMNS.items()}
    patient = table.find(PATIENT_COLUMNS)
    sections = find_report_columns(table) if table.find((*REPORT_COLUMNS, *SECTION_COLUMNS)) else []
    if not sections and patient is None and not any(columns.values()):
        raise UnsuitableTable(f"{path} has none of the columns report, patient, sex, age, date")
    index = tuple({"id": id_} for id_ in ids)
    stated = {}
    for each in join_cases(table, ArchiveFeatures(index, np.zeros((len(ids), 0), np.float32))):
        said = {
            name: read_cell(table, each.number, name, each.row[column]) for name, column in columns.items() if column
        }
        report = join_sections([each.row[column] for column in sections])
        stated[ids[each.at]] = Said(patient=each.row[patient].strip() if patient else "", report=report, **said)
    for fault in sorted(table.faults, key=lambda one: one.row)[:SHOWN_FAULTS]:
        say(f"{path}, {fault}")
    if len(table.faults) > SHOWN_FAULTS:
        say(f"{path}: {len(table.faults) - SHOWN_FAULTS} more rows have faults")
    return stated


def read_cell(table: Table, number: int, name: str, text: str) -> str:
    """Empty where it can't be read; the row is named."""
    if text.strip() and READS[name](text) is None:
        table.blame(number, f"{name} {text.strip()!r} is not {WANTED[name]}")
        return ""
    return text.strip()
