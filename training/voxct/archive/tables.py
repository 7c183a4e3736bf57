"""CSV tables as hospitals write them: comma, semicolon or tab, UTF-8 or UTF-16. A bad row is named and left out."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from voxct.archive.features import ArchiveFeatures

ID_COLUMNS = ("id", "volumename", "case", "accession", "file")
PATIENT_COLUMNS = ("patient", "patientid", "patient_id")
ENDINGS = (".nii.gz", ".nii")
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class UnsuitableTable(ValueError):
    """Says what is wrong with the whole file and what to do."""


@dataclass(frozen=True)
class Fault:
    """row: as a spreadsheet counts, the header is row 1."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.reason}"


@dataclass
class Table:
    """columns: as the file names them; rows: (number, {column: text}); faults grow while it is used."""

    path: Path
    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]
    faults: list[Fault] = field(default_factory=list)

    def find(self, names: Iterable[str]) -> str | None:
        """The column that bears one of the names, whatever its case."""
        known = {column.strip().lower(): column for column in self.columns}
        return next((known[name] for name in names if name in known), None)

    def blame(self, row: int, reason: str) -> None:
        self.faults.append(Fault(row, reason))


def read_table(path: Path) -> Table:
    """Raises UnsuitableTable where there is no header or no row."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnsuitableTable(f"{path} can't be read ({error.strerror})") from error
    text = decode(content)
    if not text.strip():
        raise UnsuitableTable(f"{path} is empty")
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text.lstrip().splitlines()[0]))
    columns = [name.strip() for name in next(reader)]
    table = Table(path, columns, [])
    table.rows.extend(read_rows(reader, table))
    if not table.rows and not table.faults:
        raise UnsuitableTable(f"{path} has a header and no row")
    return table


def decode(content: bytes) -> str:
    """UTF-8 or what a byte order mark says. Other bytes become surrogates, by which read_rows finds the row."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    return content.decode(encoding, errors="replace" if encoding == "utf-16" else "surrogateescape")


def find_delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def read_rows(reader: Iterator[list[str]], table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.blame(number, f"is no row of a CSV file ({error})")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any("\udc80" <= letter <= "\udcff" or letter == "\ufffd" for cell in cells for letter in cell):
            table.blame(number, "holds bytes that are not UTF-8: save the file as UTF-8")
        elif len(cells) != len(table.columns):
            table.blame(number, f"has {len(cells)} cells, the header {len(table.columns)}: a quotation mark missing?")
        else:
            yield number, dict(zip(table.columns, cells, strict=True))


@dataclass(frozen=True)
class Joined:
    """A row of the table and the case it belongs to: `at`, its place in the features."""

    at: int
    number: int
    row: dict[str, str]


def join_cases(table: Table, features: ArchiveFeatures) -> list[Joined]:
    """In the order of the features. Rows of no case, of several, and of a case that a row had before, are named."""
    column = table.find(ID_COLUMNS)
    if column is None:
        raise UnsuitableTable(f"{table.path} has no column id (or VolumeName): it has {', '.join(table.columns)}")
    places = index_names(features)
    taken: dict[int, int] = {}
    joined = []
    for number, row in table.rows:
        name = strip_ending(row[column].strip())
        found = places.get(name, ())
        if not name:
            table.blame(number, f"{column} is empty")
        elif len(found) != 1:
            table.blame(number, f"{name!r} {'names several cases' if found else 'is no case of the archive'}")
        elif found[0] in taken:
            table.blame(number, f"{name!r} stands in row {taken[found[0]]} already")
        else:
            taken[found[0]] = number
            joined.append(Joined(found[0], number, row))
    return sorted(joined, key=lambda each: each.at)


def index_names(features: ArchiveFeatures) -> dict[str, tuple[int, ...]]:
    """A case is found by its id and, where no other has it, by the last part of it; the whole id goes before."""
    short: dict[str, tuple[int, ...]] = {}
    for at, line in enumerate(features.index):
        name = strip_ending(line["id"].rsplit("/", 1)[-1])
        short[name] = (*short.get(name, ()), at)
    return short | {strip_ending(line["id"]): (at,) for at, line in enumerate(features.index)}


def strip_ending(name: str) -> str:
    lower = name.lower()
    return next((name[: -len(end)] for end in ENDINGS if lower.endswith(end)), name)


def read_patients(table: Table, joined: list[Joined], features: ArchiveFeatures) -> dict[str, str]:
    """{case id: patient} of the table's own column, where it has one."""
    column = table.find(PATIENT_COLUMNS)
    if column is None:
        return {}
    given = {features.index[each.at]["id"]: each.row[column].strip() for each in joined}
    return {case: patient for case, patient in given.items() if patient}
