"""NIfTI, written by nibabel: types, orders of axes, scales, and what is no volume."""

import gzip
import io

import nibabel
import numpy as np

from ..corpus import Corpus, kind
from ..scan import Scan
from ..source import chest
from .bounds import nifti_header

LPS_TO_RAS = np.diag([-1.0, -1, 1, 1])


def affine_of(scan: Scan) -> np.ndarray:
    """Index → RAS mm."""
    affine = np.eye(4)
    step = scan.origins[1] - scan.origins[0] if scan.count > 1 else np.cross(scan.row, scan.column) * 2
    affine[:3, 0] = np.array(scan.row) * scan.spacing[0]
    affine[:3, 1] = np.array(scan.column) * scan.spacing[1]
    affine[:3, 2] = step
    affine[:3, 3] = scan.origins[0]
    return LPS_TO_RAS @ affine


def placed(
    rng: np.random.Generator,
    row: tuple,
    column: tuple,
    flip: int = 1,
    count: int = 7,
    columns: int = 21,
    rows: int = 18,
) -> Scan:
    row, column = (np.array(v, float) / np.linalg.norm(v) for v in (row, column))
    step = np.cross(row, column) * flip * 1.5
    start = np.round(rng.uniform(-150, 150, 3), 1)
    origins = start + np.outer(np.arange(count), step)
    return Scan(
        chest(rng, columns, rows, count),
        origins,
        tuple(row),
        tuple(column),
        (0.75, 1.25),
        folder="scan",
        name=lambda _k: "a.nii",
    )


def packed(name: str) -> dict:
    return {"name": lambda _k: name}


def write(
    scan: Scan,
    data: np.ndarray,
    image=nibabel.Nifti1Image,
    codes: tuple = (0, 1),
    big: bool = False,
    scale: tuple | None = None,
) -> bytes:
    """`codes`: of qform and sform; `data` as [slice, row, column]."""
    header = image.header_class(endianness=">" if big else "<")
    header.set_data_dtype(data.dtype.newbyteorder("=") if data.dtype.fields is None else data.dtype)
    made = image(data.transpose(2, 1, 0), affine_of(scan), header)
    made.header.set_xyzt_units("mm")
    made.set_qform(affine_of(scan), codes[0])
    made.set_sform(affine_of(scan), codes[1])
    if codes == (0, 0):
        made.header["qform_code"], made.header["sform_code"] = 0, 0
    buffer = io.BytesIO()
    file_map = image.make_file_map({"image": buffer, "header": buffer})
    made.to_file_map(file_map)
    content = bytearray(buffer.getvalue())
    if scale:
        order = ">f4" if big else "<f4"
        content[112:120] = np.array(scale, order).tobytes()
    return bytes(content)


def nifti_bytes(rng: np.random.Generator) -> tuple[Scan, bytes]:
    scan = placed(rng, (1, 0, 0), (0, 1, 0)).but(name=lambda _k: "a.nii.gz")
    return scan, write(scan, scan.hu)


ORIENTATIONS = {
    "lps": ((1, 0, 0), (0, 1, 0), 1),
    "ras": ((-1, 0, 0), (0, -1, 0), 1),
    "las": ((1, 0, 0), (0, -1, 0), -1),
    "lps-upside-down": ((1, 0, 0), (0, 1, 0), -1),
    "sagittal": ((0, 1, 0), (0, 0, 1), 1),
    "coronal": ((-1, 0, 0), (0, 0, 1), -1),
    "oblique": ((1, 0.12, 0), (-0.12, 1, 0.0), 1),
}


@kind("4 NIfTI that opens")
def sound(corpus: Corpus) -> None:
    for name, (row, column, flip) in ORIENTATIONS.items():
        for image, version in ((nibabel.Nifti1Image, 1), (nibabel.Nifti2Image, 2)):
            item = corpus.item(f"nifti{version}-{name}")
            scan = placed(item.rng, row, column, flip)
            big = bool(item.rng.integers(2))
            item.add({"scan/a.nii": write(scan, scan.hu, image, big=big)}).opens(scan, hu=scan.hu)
    item = corpus.item("nifti-qform-only")
    scan = placed(item.rng, (1, 0.1, 0), (-0.1, 1, 0))
    item.add({"scan/a.nii": write(scan, scan.hu, codes=(1, 0))}).opens(scan, hu=scan.hu)
    item = corpus.item("nifti-gz")
    scan, content = nifti_bytes(item.rng)
    item.add({"scan/a.nii.gz": gzip.compress(content)}).opens(scan, hu=scan.hu)
    for dtype in ("<i2", ">i2", "<i4", "<f4", ">f4", "<f8", "<i8"):
        item = corpus.item(f"nifti-{np.dtype(dtype).name}{'-big' if dtype[0] == '>' else ''}")
        scan = placed(item.rng, (-1, 0, 0), (0, -1, 0))
        item.add({"scan/a.nii": write(scan, scan.hu.astype(dtype), big=dtype[0] == ">")}).opens(scan, hu=scan.hu)
    for dtype in ("<u2", "<u4"):
        item = corpus.item(f"nifti-{np.dtype(dtype).name}-offset")
        scan = placed(item.rng, (-1, 0, 0), (0, -1, 0))
        stored = (scan.hu.astype(int) + 1100).astype(dtype)
        item.add({"scan/a.nii": write(scan, stored, scale=(1, -1100))}).opens(scan, hu=scan.hu)
    item = corpus.item("nifti-slope-2")
    scan = placed(item.rng, (-1, 0, 0), (0, -1, 0))
    stored = ((scan.hu.astype(int) + 1024) // 2).astype(np.int16)
    item.add({"scan/a.nii": write(scan, stored, scale=(2, -1024))}).opens(
        scan, hu=(stored.astype(int) * 2 - 1024).astype(np.int16)
    )
    item = corpus.item("nifti-slope-zero")
    scan = placed(item.rng, (-1, 0, 0), (0, -1, 0))
    item.add({"scan/a.nii": write(scan, scan.hu, scale=(0, 0))}).opens(scan, hu=scan.hu)
    item = corpus.item("nifti-nan-background-ct")
    scan = placed(item.rng, (-1, 0, 0), (0, -1, 0))
    data = scan.hu.astype("<f4")
    data[:, :3, :] = np.nan
    shown = scan.hu.copy()
    shown[:, :3, :] = -1024
    item.add({"scan/a.nii": write(scan, data)}).opens(scan, hu=shown, quiet=False)
    item = corpus.item("nifti-4d")
    scan = placed(item.rng, (-1, 0, 0), (0, -1, 0))
    both = np.stack([scan.hu.transpose(2, 1, 0), scan.hu.transpose(2, 1, 0)[::-1]], axis=3)
    buffer = io.BytesIO()
    nibabel.Nifti1Image(both, affine_of(scan)).to_file_map(
        nibabel.Nifti1Image.make_file_map({"image": buffer, "header": buffer})
    )
    item.add({"scan/a.nii": buffer.getvalue()}).opens(scan, hu=scan.hu, quiet=False).tells("scan/a.nii", says="volumes")
    item = corpus.item("nifti-no-orientation")
    scan = placed(item.rng, (1, 0, 0), (0, -1, 0), -1)
    # Without a word on its place nibabel's base affine counts: centred, i to the left.
    size = np.array([21, 18, 7])
    scan = scan.but(origins=np.array([[-0.75 * 10, 1.25 * 8.5, -1.5 * 3 + 1.5 * k] for k in range(7)]))
    assert size.prod() == scan.hu.size
    item.add({"scan/a.nii": write(scan, scan.hu, codes=(0, 0))}).opens(
        scan, hu=scan.hu, quiet=False, optional=True
    ).tells("scan/a.nii")
    item = corpus.item("nifti-one-slice")
    scan = placed(item.rng, (1, 0, 0), (0, 1, 0), count=1)
    item.add({"scan/a.nii": write(scan, scan.hu)}).opens(scan, hu=scan.hu, quiet=False)


@kind("4 NIfTI that is no volume")
def refused(corpus: Corpus) -> None:
    voxels = bytes(2 * 16 * 16 * 6)
    item = corpus.item("nifti-pair")
    header = bytearray(nifti_header((16, 16, 6)))
    header[344:348] = b"ni1\0"
    item.add({"scan/a.hdr": bytes(header[:348]), "scan/a.img": voxels}).refused("scan/a.hdr")
    for name, build in {"dense-connectivity": dconn, "dense-series": dtseries}.items():
        item = corpus.item(f"cifti-{name}")
        item.add({f"scan/{name}.nii": build()}).refused(f"scan/{name}.nii", says="cifti|connect|surface|matrix")
    item = corpus.item("nifti-2d")
    item.add({"scan/flat.nii": nifti_header((16, 16)) + voxels}).tells("scan/flat.nii")
    flat = Scan(
        np.zeros((1, 16, 16), np.int16), np.array([[-10.0, -20.0, -30.0]]), folder="scan", name=lambda _k: "flat.nii"
    )
    item.opens(flat, hu=flat.hu, optional=True, quiet=False)


def cifti_axes(count: int) -> nibabel.cifti2.BrainModelAxis:
    return nibabel.cifti2.BrainModelAxis.from_mask(np.ones((count, 1, 1), bool), affine=np.eye(4), name="CortexLeft")


def dconn() -> bytes:
    axis = cifti_axes(12)
    return nibabel.Cifti2Image(np.zeros((12, 12), np.float32), (axis, axis)).to_bytes()


def dtseries() -> bytes:
    series = nibabel.cifti2.SeriesAxis(0, 1, 8)
    return nibabel.Cifti2Image(np.zeros((8, 12), np.float32), (series, cifti_axes(12))).to_bytes()
