"""DICOM CT series: HU, axes and spacing from the slices' places; one series a volume."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import FileDataset

from voxct.corpora.dicom_files import read_dataset
from voxct.corpora.nifti import refuse_oblique
from voxct.corpora.refusals import Refused
from voxct.corpora.volumes import HuVolume, snap_spacing

SPACING_TOLERANCE = 0.1
"""Share by which a gap between slices may differ from the usual one."""
GROUPED_BY = ("SeriesInstanceUID", "Modality", "ImageType")
NEEDED = ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing")


def group_series(files: Iterable[Path]) -> dict[str, list[Path]]:
    """CT files by series instance UID, read from the headers alone; other modalities and localisers left out."""
    groups = defaultdict(list)
    for path in sorted(files):
        try:
            head = read_dataset(path, stop_before_pixels=True, specific_tags=list(GROUPED_BY))
        except Refused:
            groups[str(path)].append(path)  # read_series tells why it can't be read
            continue
        if head.get("Modality") is None:
            groups[str(path)].append(path)  # as a header that ends early: it would go in silence
            continue
        if head.get("Modality") == "CT" and "LOCALIZER" not in (head.get("ImageType") or []):
            groups[str(head.get("SeriesInstanceUID", path.parent.name))].append(path)
    return dict(groups)


def read_series(files: list[Path]) -> HuVolume:
    """Axes i (columns), j (rows), k (slices). Raises Refused."""
    slices = [read_slice(path) for path in files]
    normal = find_normal(slices[0])
    if any(not np.allclose(s.ImageOrientationPatient, slices[0].ImageOrientationPatient, atol=1e-3) for s in slices):
        raise Refused("holds slices of several orientations")
    slices.sort(key=lambda each: float(np.dot(each.ImagePositionPatient, normal)))
    step = find_step([float(np.dot(each.ImagePositionPatient, normal)) for each in slices])
    matrix = np.column_stack([*np.reshape(slices[0].ImageOrientationPatient, (2, 3)).astype(float), normal])
    refuse_oblique(matrix)
    row_mm, column_mm = (float(x) for x in slices[0].PixelSpacing)
    hu = np.stack(refuse_mixed([to_hu(each) for each in slices]))
    return HuVolume(
        hu.transpose(2, 1, 0),
        name_axes(matrix),
        tuple(snap_spacing(mm) for mm in (column_mm, row_mm, step)),
        ("DICOM rescale applied",),
    )


def read_slice(path: Path) -> FileDataset:
    read = read_dataset(path)
    missing = [name for name in NEEDED if name not in read]
    if missing or int(read.get("NumberOfFrames", 1)) > 1:
        raise Refused(f"{path.name} lacks {', '.join(missing)}" if missing else f"{path.name} holds several frames")
    return read


def find_normal(first: FileDataset) -> NDArray[np.float64]:
    row, column = np.reshape(first.ImageOrientationPatient, (2, 3)).astype(float)
    return np.cross(row, column)


def find_step(places: list[float]) -> float:
    """mm from slice to slice; a gap or a doubled slice is refused: it would stretch the anatomy."""
    if len(places) < 2:
        raise Refused("holds one slice only")
    gaps = np.diff(places)
    usual = float(np.median(gaps))
    wrong = np.flatnonzero(np.abs(gaps - usual) > SPACING_TOLERANCE * max(usual, 1e-3))
    if usual <= 0 or len(wrong):
        raise Refused(f"slices are not evenly spaced: {gaps.min():.2f} to {gaps.max():.2f} mm ({len(places)} slices)")
    return float((places[-1] - places[0]) / (len(places) - 1))


def refuse_mixed(planes: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    if len({plane.shape for plane in planes}) > 1:
        raise Refused("holds slices of several sizes")
    return planes


def to_hu(read: FileDataset) -> NDArray[np.float32]:
    try:
        stored = read.pixel_array.astype(np.float32)
    except (ValueError, RuntimeError, AttributeError, NotImplementedError, KeyError) as error:
        reason = " ".join(str(error).split())[:160]
        raise Refused(f"pixels of {Path(read.filename).name} can't be read ({reason})") from error
    return stored * np.float32(read.get("RescaleSlope", 1)) + np.float32(read.get("RescaleIntercept", 0))


def name_axes(matrix: NDArray[np.float64]) -> str:
    """Codes of three unit columns in LPS mm, each by its largest component."""
    letters = (("R", "L"), ("A", "P"), ("I", "S"))
    largest = [int(np.abs(column).argmax()) for column in matrix.T]
    if sorted(largest) != [0, 1, 2]:
        raise Refused("axes of the slices can't be told apart")
    return "".join(letters[axis][int(matrix[axis, n] > 0)] for n, axis in enumerate(largest))
