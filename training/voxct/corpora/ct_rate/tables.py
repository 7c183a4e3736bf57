"""CT-RATE's CSV tables, told apart by their columns, since their file names differ between splits and versions."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from voxct.corpora.hounsfield import Scaling
from voxct.corpora.refusals import Refused
from voxct.findings import FINDING_LABELS

NOT_GIVEN = "Not given."
REMOVED = str.maketrans("", "", "\"'()")


@dataclass(frozen=True)
class Metadata:
    """Of one volume. spacing_mm along the array's axes x, y, z; None: the table has no scaling or no spacing. sex, age
    and date as DICOM writes them ("F", "045Y", "20190131"); empty where the table has none.
    """

    scaling: Scaling | None
    spacing_mm: tuple[float, float, float] | None
    sex: str = ""
    age: str = ""
    date: str = ""


@dataclass(frozen=True)
class Report:
    """findings: what Speech-RATE speaks. whole: findings and impressions, what CT-CLIP learns from."""

    findings: str
    whole: str


@dataclass
class Tables:
    """By volume name without .nii.gz."""

    metadata: dict[str, Metadata] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    labels: dict[str, tuple[int, ...]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(table: volume, reason) of rows that can't be read."""


def read_tables(root: Path) -> Tables:
    """Every CSV under `root` that has a VolumeName column and is metadata, reports or the 18 labels."""
    tables = Tables()
    for path in sorted(root.rglob("*.csv")):
        columns, rows = open_table(path)
        if "VolumeName" not in columns:
            continue
        for row in rows:
            try:
                read_row(tables, columns, row)
            except (ValueError, KeyError, TypeError, Refused) as error:
                tables.problems.append((f"{path.name}: {row.get('VolumeName')}", f"row can't be read ({error})"))
    return tables


def open_table(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
    return list(reader.fieldnames or []), reader


def read_row(tables: Tables, columns: list[str], row: dict[str, str]) -> None:
    name = row["VolumeName"].removesuffix(".nii.gz")
    if "RescaleSlope" in columns:
        tables.metadata[name] = read_metadata(row)
    if "Findings_EN" in columns:
        findings, impressions = row["Findings_EN"], row.get("Impressions_EN", "")
        tables.reports[name] = Report(join_report(findings, ""), join_report(findings, impressions))
    if all(label in columns for label in FINDING_LABELS):
        tables.labels[name] = tuple(read_label(row[label]) for label in FINDING_LABELS)


def read_label(text: str) -> int:
    value = float(text)
    if value not in (0.0, 1.0):
        raise ValueError(f"label {text!r} is neither 0 nor 1")
    return int(value)


def read_metadata(row: dict[str, str]) -> Metadata:
    """XYSpacing is the text "[a, b]", of which CT-CLIP takes the first (data_inference_nii.py)."""
    slope, intercept = row.get("RescaleSlope", ""), row.get("RescaleIntercept", "")
    scaling = Scaling(float(slope), float(intercept)) if slope and intercept else None
    in_plane, between = row.get("XYSpacing", ""), row.get("ZSpacing", "")
    who = tuple((row.get(name) or "").strip() for name in ("PatientSex", "PatientAge", "StudyDate"))
    if not in_plane or not between:
        return Metadata(scaling, None, *who)
    first = float(json.loads(in_plane)[0])
    return Metadata(scaling, (first, first, float(between)), *who)


def join_report(findings: str | None, impressions: str | None) -> str:
    """Findings and impressions without a separator, "Not given." left out, quotation marks and brackets removed
    (CT-CLIP, scripts/data_inference_nii.py).
    """
    parts = ["" if (part or "").strip() == NOT_GIVEN else (part or "") for part in (findings, impressions)]
    return "".join(parts).translate(REMOVED)
