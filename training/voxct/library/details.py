"""What a library says of an archive's cases besides their embeddings: patient, sex, age, day of the scan, report.

From DICOM headers, CT-RATE's tables, and a table of one's own, whose word goes before. Patients become keyed hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.dicom_files import read_dataset
from voxct.corpora.refusals import Refused
from voxct.library.archive import Case
from voxct.library.describe import tidy
from voxct.library.details_table import read_details
from voxct.library.patients import name_patient
from voxct.library.pseudonyms import Pseudonyms
from voxct.library.said import Said, count_years, read_age, read_day, read_sex

TAGS = ("PatientID", "IssuerOfPatientID", "PatientSex", "PatientAge", "PatientBirthDate", "AcquisitionDate",
        "AcquisitionDateTime", "StudyDate")  # fmt: skip
DAYS = ("AcquisitionDate", "AcquisitionDateTime", "StudyDate")
"""Of the scan itself, where it is said."""
PATIENTS_KEY = "patients.key"
"""Of the pseudonyms, in a folder of features."""
Details = dict[str, dict]
"""{case id: what of `patient`, `sex`, `ageYears`, `date` and `report` is known}."""


@dataclass(frozen=True)
class DetailSources:
    """key: file of the pseudonyms' key, made where there is none. table: CSV with a column id and any of report,
    patient, sex, age, date; `say` is told of its rows that can't be read.
    """

    key: Path
    table: Path | None = None
    say: Callable[[str], None] = print

    def gather(self, cases: list[Case]) -> Details:
        """Raises UnsuitableTable, a ValueError, where the table as a whole can't be used."""
        stated = read_details(self.table, [case.id for case in cases], self.say) if self.table else {}
        pseudonyms = Pseudonyms(self.key)
        return {
            case.id: to_details(join(read_said(case), stated.get(case.id)), case.path.name, pseudonyms)
            for case in cases
        }


def state_details(index: Sequence[dict], table: Path, key: Path) -> tuple[dict, ...]:
    """Lines of an index with what a table says of their cases; its faults are told where it is read for its reports."""
    stated = read_details(table, [line["id"] for line in index], lambda _: None)
    pseudonyms = Pseudonyms(key)
    return tuple(
        line | to_details(stated[line["id"]], line.get("file", line["id"]).rsplit("/", 1)[-1], pseudonyms)
        if line["id"] in stated
        else line
        for line in index
    )


def join(said: Said, over: Said | None) -> Said:
    given = {field.name: getattr(over, field.name) for field in fields(Said) if over and getattr(over, field.name)}
    return replace(said, **given)


def read_said(case: Case) -> Said:
    """Of a NIfTI file nothing: its header names nobody."""
    if case.entry is not None:
        return said_by_ct_rate(case.entry)
    return read_header(case.series[0]) if case.series else Said()


def said_by_ct_rate(entry: Entry) -> Said:
    about = entry.metadata
    who = {} if about is None else {"sex": about.sex, "age": about.age, "date": about.date}
    return Said(report=entry.report.whole, **who)


def read_header(path: Path) -> Said:
    """Of a series' first file; nothing where it can't be read."""
    try:
        head = read_dataset(path, stop_before_pixels=True, specific_tags=list(TAGS))
    except Refused:
        return Said()
    text = {tag: str(head.get(tag) or "").strip() for tag in TAGS}
    patient = f"{text['PatientID']} {text['IssuerOfPatientID']}" if text["PatientID"] else ""
    day = next(
        (text[tag] for tag in ("AcquisitionDate", "AcquisitionDateTime", "StudyDate") if read_day(text[tag])), ""
    )
    return Said(patient, text["PatientSex"], text["PatientAge"], text["PatientBirthDate"], day)


def to_details(said: Said, file: str, pseudonyms: Pseudonyms) -> dict:
    """What can't be read is left out. A file named as CT-RATE names volumes tells its patient by that."""
    day = read_day(said.date)
    age = read_age(said.age)
    known = {
        "patient": pseudonyms.name(said.patient) or name_patient(file),
        "sex": read_sex(said.sex),
        "ageYears": count_years(said.birth_date, day) if age is None else age,
        "date": day,
        "report": tidy("report", said.report) or None,
    }
    return {name: value for name, value in known.items() if value is not None}
