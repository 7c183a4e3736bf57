"""Real scans prepared as the browser prepares them (src/domain/ct/toCtInput.ts): strangers to an encoder of phantoms.

Needs pydicom and nibabel, which nothing else here needs: where they or the folder are absent, the list is empty.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.corpora import ct_input

CHESTS = ("ct-lidc-idri-0314", "ct-lung-pet-ct-dx-a0001")
TORSOS = ("nifti/example_ct.nii.gz",)


def load_real_scans(folder: Path, names: tuple[str, ...], spec: dict) -> list[NDArray[np.float32]]:
    """[1, 1, *shape] each; axes S, L, P only."""
    assert spec["axisCodes"] == "SLP"
    found = [folder / name for name in names if (folder / name).exists()]
    try:
        return [to_input(*(open_dicom(path) if path.is_dir() else open_nifti(path)), spec) for path in found]
    except ImportError:
        return []


def open_dicom(folder: Path) -> tuple[NDArray[np.float32], list[float]]:
    """HU with axes S, L, P and their spacing in mm; axial slices, rows to the left, columns to the back."""
    import pydicom

    slices = [pydicom.dcmread(path) for path in sorted(folder.iterdir()) if path.suffix.lower() != ".txt"
              and path.is_file() and is_dicom(path)]  # fmt: skip
    slices.sort(key=lambda each: float(each.ImagePositionPatient[2]))
    assert [round(float(x)) for x in slices[0].ImageOrientationPatient] == [1, 0, 0, 0, 1, 0], "not axial"
    hu = np.stack([s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept) for s in slices])
    places = [float(each.ImagePositionPatient[2]) for each in slices]
    row, column = (float(x) for x in slices[0].PixelSpacing)
    return hu.transpose(0, 2, 1).astype(np.float32), [float(np.median(np.diff(places))), column, row]


def is_dicom(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(132)[128:] == b"DICM"


def open_nifti(path: Path) -> tuple[NDArray[np.float32], list[float]]:
    import nibabel
    from nibabel.orientations import axcodes2ornt, io_orientation, ornt_transform

    image = nibabel.load(path)
    turn = ornt_transform(io_orientation(image.affine), axcodes2ornt(("S", "L", "P")))
    turned = image.as_reoriented(turn)
    return turned.get_fdata(dtype=np.float32), [float(x) for x in turned.header.get_zooms()[:3]]


def to_input(hu: NDArray[np.float32], spacing_mm: list[float], spec: dict) -> NDArray[np.float32]:
    """[1, 1, *shape]; hu and spacing along the spec's axes."""
    return ct_input.to_input(hu, spacing_mm, spec)[None, None]
