"""Labels of an archive's scans from a table: a column a finding, unknown where nothing or nothing sure is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.archive.features import ArchiveFeatures, list_patients
from voxct.archive.tables import (
    ID_COLUMNS,
    PATIENT_COLUMNS,
    Fault,
    Table,
    UnsuitableTable,
    join_cases,
    read_patients,
    read_table,
)
from voxct.archive.text_space import UNKNOWN
from voxct.findings import CT_RATE_FINDINGS

PRESENT = {"1", "1.0", "yes", "y", "true", "present", "positive", "pos", "+"}
ABSENT = {"0", "0.0", "no", "n", "false", "absent", "negative", "neg"}
NOT_KNOWN = {"", "-1", "-1.0", "nan", "na", "n/a", "none", "null", "?", "unknown", "uncertain", "unsure", "equivocal"}
OTHER_COLUMNS = {*ID_COLUMNS, *PATIENT_COLUMNS, "report", "text", "age", "sex", "date", "scan"}


@dataclass(frozen=True)
class Labelled:
    """values [n, F] of all cases of the features: 1, 0, UNKNOWN. ids, labels: of the columns. rows: cases with any."""

    ids: list[str]
    labels: list[str]
    values: NDArray[np.int64]
    patients: list[str]
    faults: list[Fault]

    @property
    def rows(self) -> list[int]:
        return [int(row) for row in np.flatnonzero((self.values != UNKNOWN).any(1))]


def read_labels(path: Path, features: ArchiveFeatures) -> Labelled:
    """Columns without any 0 or 1 are no labels. Raises UnsuitableTable where none is left."""
    table = read_table(path)
    joined = join_cases(table, features)
    columns = [column for column in table.columns if is_label(column, table)]
    if not columns:
        raise UnsuitableTable(f"{path} has no column of labels (1, 0 or nothing): it has {', '.join(table.columns)}")
    values = np.full((len(features), len(columns)), UNKNOWN, np.int64)
    for each in joined:
        for f, column in enumerate(columns):
            values[each.at, f] = read_value(each.row[column], each.number, column, table)
    if (values == UNKNOWN).all():
        raise UnsuitableTable(f"{path}: no row has a label of a case of the archive")
    names = [name_finding(column) for column in columns]
    twice = {name for name, _ in names if [n for n, _ in names].count(name) > 1}
    if twice:
        raise UnsuitableTable(f"{path} has two columns for {', '.join(sorted(twice))}")
    patients = list_patients(features, read_patients(table, joined, features))
    faults = sorted(table.faults, key=lambda fault: fault.row)
    return Labelled([id_ for id_, _ in names], [label for _, label in names], values, patients, faults)


def is_label(column: str, table: Table) -> bool:
    if column.strip().lower() in OTHER_COLUMNS or not column.strip():
        return False
    return any(row[column].strip().lower() in PRESENT | ABSENT for _, row in table.rows)


def read_value(text: str, row: int, column: str, table: Table) -> int:
    """What is no label is named and unknown."""
    word = text.strip().lower()
    if word in PRESENT:
        return 1
    if word in ABSENT:
        return 0
    if word not in NOT_KNOWN:
        table.blame(row, f"{column} {text.strip()!r} is neither 1 nor 0: taken for unknown")
    return UNKNOWN


def name_finding(column: str) -> tuple[str, str]:
    """Id and label: CT-RATE's where it is one of its 18, else made of the column's letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")
    for id_, label in CT_RATE_FINDINGS:
        if plain == id_:
            return id_, label
    readable = plain if plain and plain[0].isalpha() else f"f_{plain}"
    return readable[:64], column.strip().replace("_", " ")
