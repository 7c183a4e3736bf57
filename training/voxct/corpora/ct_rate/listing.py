"""What a copy of CT-RATE holds: volumes joined with metadata, report and labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voxct.corpora.ct_rate.names import VolumeName
from voxct.corpora.ct_rate.tables import Metadata, Report, Tables, read_tables
from voxct.corpora.refusals import Refusal, Refused

FOLDERS = ("train_fixed", "valid_fixed", "train", "valid")
"""In this order: a volume that lies in both forms is read from the `_fixed` one."""


@dataclass(frozen=True)
class Entry:
    """One reconstruction. is_fixed: the file holds HU and a whole header. labels: 18 x 0|1, None where unknown."""

    name: VolumeName
    path: Path
    is_fixed: bool
    metadata: Metadata | None
    report: Report
    labels: tuple[int, ...] | None


@dataclass(frozen=True)
class Listing:
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...]


def find_dataset(root: Path) -> Path:
    """`root` is the copy of the Hugging Face repository or its folder `dataset`."""
    for folder in (root / "dataset", root):
        if any((folder / name).is_dir() for name in FOLDERS):
            return folder
    raise FileNotFoundError(f"{root} holds none of the folders {', '.join(FOLDERS)}: not a copy of CT-RATE")


def list_volumes(root: Path, needs_report: bool = True) -> Listing:
    """All volumes under `root`, sorted by path; those that the tables don't explain are refused by name."""
    dataset = find_dataset(root)
    tables = read_tables(dataset)
    entries: dict[str, Entry] = {}
    refusals = [Refusal(file, reason) for file, reason in tables.problems]
    for folder in FOLDERS:
        for path in sorted((dataset / folder).rglob("*.nii*")):
            try:
                entry = join_tables(path, folder.endswith("_fixed"), tables, needs_report)
                entries.setdefault(str(entry.name), entry)
            except Refused as refused:
                refusals.append(Refusal(path.relative_to(dataset).as_posix(), str(refused)))
    return Listing(tuple(entries.values()), tuple(refusals))


def join_tables(path: Path, is_fixed: bool, tables: Tables, needs_report: bool) -> Entry:
    name = VolumeName.parse(path.name)
    metadata = tables.metadata.get(str(name))
    if not is_fixed and (metadata is None or metadata.scaling is None or metadata.spacing_mm is None):
        raise Refused("has no row in the metadata table: slope, intercept and spacing are unknown")
    report = tables.reports.get(str(name), Report("", ""))
    if needs_report and not report.whole.strip():
        raise Refused("has no report" if str(name) in tables.reports else "has no row in the reports table")
    return Entry(name, path, is_fixed, metadata, report, tables.labels.get(str(name)))
