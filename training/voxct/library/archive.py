"""What an archive of volumes holds: NIfTI files, DICOM series, or a copy of CT-RATE with its tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voxct.corpora.body_region import check_chest
from voxct.corpora.ct_rate.listing import Entry, find_dataset, list_volumes
from voxct.corpora.ct_rate.names import VolumeName
from voxct.corpora.ct_rate.volume import read_volume
from voxct.corpora.dicom import group_series, read_series
from voxct.corpora.dicom_files import explain_no_scan, is_companion, is_dicom
from voxct.corpora.hounsfield import refuse_unless_hu
from voxct.corpora.nifti import read_nifti
from voxct.corpora.refusals import Refusal, Refused
from voxct.corpora.volumes import HuVolume, check_geometry

NIFTI = (".nii", ".nii.gz")


@dataclass(frozen=True)
class Case:
    """One volume. id: its path in the archive, without .nii.gz; path: the file, or a DICOM series' folder (then
    `series` holds its files); scan: what reconstructions share; stamp: changes when a file does.
    """

    id: str
    path: Path
    scan: str
    stamp: str
    labels: tuple[int, ...] | None = None
    series: tuple[Path, ...] = ()
    entry: Entry | None = None


def list_cases(root: Path) -> tuple[list[Case], list[Refusal]]:
    """Sorted by id. Refused here is what a copy of CT-RATE's tables don't explain, and files that are no scan."""
    try:
        find_dataset(root)
    except FileNotFoundError:
        cases = sorted([*list_nifti(root), *list_dicom(root)], key=lambda case: case.id)
        return cases, list_unusable(root)
    listing = list_volumes(root, needs_report=False)
    cases = [to_ct_rate_case(root, entry) for entry in listing.entries]
    return sorted(cases, key=lambda case: case.id), list(listing.refusals)


def to_ct_rate_case(root: Path, entry: Entry) -> Case:
    case = to_nifti_case(root, entry.path)
    return Case(str(entry.name), case.path, entry.name.scan, case.stamp, entry.labels, entry=entry)


def list_nifti(root: Path) -> list[Case]:
    return [
        to_nifti_case(root, path) for path in root.rglob("*") if path.name.lower().endswith(NIFTI) and path.is_file()
    ]


def to_nifti_case(root: Path, path: Path) -> Case:
    """A file named as CT-RATE names volumes tells its scan; any other is a scan of its own."""
    relative = path.relative_to(root).as_posix()
    name = relative[: -len(next(end for end in reversed(NIFTI) if relative.lower().endswith(end)))]
    try:
        scan = VolumeName.parse(path.name).scan
    except Refused:
        scan = name
    return Case(name, path, scan, stamp_of([path]))


def list_dicom(root: Path) -> list[Case]:
    """Series of every folder that holds DICOM files; several series of a folder end in their number."""
    cases = []
    for folder in sorted({path.parent for path in root.rglob("*") if is_dicom_file(path)}):
        series = group_series(path for path in folder.iterdir() if is_dicom_file(path))
        base = folder.relative_to(root).as_posix() if folder != root else root.name
        for number, (uid, files) in enumerate(sorted(series.items()), start=1):
            name = base if len(series) == 1 else f"{base}/series-{number}"
            cases.append(Case(name, folder, f"{base} {uid}", stamp_of(files), series=tuple(files)))
    return cases


def is_dicom_file(path: Path) -> bool:
    return may_be_dicom(path) and is_dicom(path)


def may_be_dicom(path: Path) -> bool:
    return path.is_file() and not path.name.lower().endswith(NIFTI) and not is_companion(path)


def list_unusable(root: Path) -> list[Refusal]:
    """Files that lie among the scans and are none: a case may be missing for them."""
    found = (path for path in root.rglob("*") if may_be_dicom(path) and not is_dicom(path))
    return [Refusal(path.relative_to(root).as_posix(), explain_no_scan(path)) for path in found]


def stamp_of(files: list[Path]) -> str:
    found = [path.stat() for path in files]
    return f"{len(found)} {sum(each.st_size for each in found)} {max(each.st_mtime_ns for each in found)}"


def read_case(case: Case) -> HuVolume:
    """In HU, a chest. Raises Refused."""
    if case.entry is not None:
        return read_volume(case.entry)
    volume = read_series(list(case.series)) if case.series else read_nifti(case.path).volume
    check_geometry(volume)
    refuse_unless_hu(volume.values)
    check_chest(volume)
    return volume
