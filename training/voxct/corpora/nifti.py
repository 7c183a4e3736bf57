"""NIfTI files: values after the header's own scaling, axes from the affine."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import nibabel
import numpy as np
from nibabel.filebasedimages import ImageFileError
from nibabel.orientations import aff2axcodes
from numpy.typing import NDArray

from voxct.corpora.refusals import Refused
from voxct.corpora.volumes import OPPOSITE, HuVolume, snap_spacing

WITHOUT_ORIENTATION = "LPS"
"""What CT-CLIP's data_inference_nii.py takes every array for; original CT-RATE headers can be blank."""
LARGEST_TILT_DEGREES = 25.0
SAME_SPACING = 0.02


@dataclass(frozen=True)
class NiftiVolume:
    """header_scaled: the header had a slope or intercept and `volume.values` has them applied."""

    volume: HuVolume
    header_scaled: bool


def read_nifti(path: Path, spacing_mm: tuple[float, float, float] | None = None) -> NiftiVolume:
    """spacing_mm [i, j, k] is the true one, where it is known: a header with another one is not believed in anything,
    and the axes are those that CT-CLIP takes them for. Raises Refused.
    """
    try:
        image = nibabel.load(path)
        header_scaled = (float(image.dataobj.slope), float(image.dataobj.inter)) != (1.0, 0.0)
        values = drop_single_axes(np.asarray(image.dataobj, dtype=np.float32))
    except (OSError, EOFError, zlib.error, ValueError, AttributeError, ImageFileError) as error:
        raise Refused(f"can't be read ({explain_error(error)})") from error
    own = tuple(snap_spacing(float(x)) for x in image.header.get_zooms()[:3])
    if spacing_mm is not None and not np.allclose(own, spacing_mm, rtol=SAME_SPACING, atol=0):
        notes = (f"geometry not in the header: taken as {WITHOUT_ORIENTATION}, spacing from the metadata",)
        return NiftiVolume(HuVolume(values, WITHOUT_ORIENTATION, spacing_mm, notes), header_scaled)
    codes, notes = find_axis_codes(image)
    return NiftiVolume(HuVolume(values, codes, spacing_mm or own, notes), header_scaled)


def explain_error(error: Exception) -> str:
    if isinstance(error, EOFError | zlib.error) or "Expected" in str(error):
        return "cut off or damaged: fetch it again"
    return " ".join(str(error).split())[:160] or type(error).__name__


def drop_single_axes(values: NDArray) -> NDArray:
    """A fourth axis of length 1 is no other time point."""
    return values.reshape(values.shape[:3]) if values.ndim > 3 and all(n == 1 for n in values.shape[3:]) else values


def find_axis_codes(image: nibabel.Nifti1Image) -> tuple[str, tuple[str, ...]]:
    """Codes of the closest axes, and a note where the header names none."""
    header = image.header
    if int(header.get("qform_code", 1)) == 0 and int(header.get("sform_code", 1)) == 0:
        return WITHOUT_ORIENTATION, (f"no orientation in the header: taken as {WITHOUT_ORIENTATION}",)
    if np.linalg.matrix_rank(image.affine[:3, :3]) < 3:
        raise Refused("has an affine without three axes")
    refuse_oblique(image.affine[:3, :3])
    codes = aff2axcodes(image.affine)
    assert all(code in OPPOSITE for code in codes)
    return "".join(codes), ()


def refuse_oblique(matrix: NDArray) -> None:
    """Axes further than LARGEST_TILT_DEGREES from the patient's would be read as if they were not tilted."""
    cosines = np.abs(matrix / np.linalg.norm(matrix, axis=0)).max(axis=0)
    tilt = float(np.degrees(np.arccos(np.clip(cosines, -1, 1))).max())
    if tilt > LARGEST_TILT_DEGREES:
        raise Refused(f"is tilted by {tilt:.0f}° against the patient's axes (at most {LARGEST_TILT_DEGREES:.0f}°)")
