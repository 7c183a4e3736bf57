"""A scan: source voxels, where they lie, and how they are written as DICOM files."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from .codecs import Codec
from .elements import EXPLICIT, PIXEL_DATA, Elements, encapsulate, join, write_file

CT = "1.2.840.10008.5.1.4.1.1.2"
"""HU shown where nothing was reconstructed, and the lowest that is shown."""
AIR_HU = -1024


@dataclass(frozen=True)
class Format:
    """How HU become stored values; as in a header."""

    bits: int = 16
    allocated: int = 16
    signed: bool = False
    slope: float = 1
    intercept: float = -1024
    high_bit: int | None = None

    @property
    def dtype(self) -> np.dtype:
        return np.dtype(f"{'i' if self.signed else 'u'}{self.allocated // 8}")

    def store(self, hu: np.ndarray) -> np.ndarray:
        low, high = (-(1 << self.bits - 1), (1 << self.bits - 1) - 1) if self.signed else (0, (1 << self.bits) - 1)
        return np.clip(np.round((hu - self.intercept) / self.slope), low, high).astype(self.dtype)

    def to_hu(self, stored: np.ndarray) -> np.ndarray:
        """As the standard says, rounded half up as the app does, and held at air where nothing was reconstructed."""
        hu = np.floor(stored.astype(float) * self.slope + self.intercept + 0.5)
        return np.clip(hu, AIR_HU, 32767).astype(np.int16)


def cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.cross(np.asarray(a, float), np.asarray(b, float))


Edit = dict[int, tuple | None]


@dataclass(frozen=True)
class Scan:
    """`hu` [slice, row, column]; `origins` are the centres of the first pixels, LPS mm, one a slice."""

    hu: np.ndarray
    origins: np.ndarray
    row: tuple = (1, 0, 0)
    column: tuple = (0, 1, 0)
    """Distance of columns, then of rows, mm."""
    spacing: tuple = (0.7, 0.8)
    format: Format = field(default_factory=Format)
    series_uid: str = "1.2.826.0.1.9.1"
    study_uid: str = "1.2.826.0.1.9"
    patient: tuple = ("Doe^Jane", "P1")
    description: str = "Chest 1.0"
    folder: str = "scan"
    """Elements of every slice that differ from a plain one; None leaves one out."""
    elements: Edit = field(default_factory=dict)
    name: Callable[[int], str] = lambda k: f"{k:03d}.dcm"

    def but(self, **changes) -> "Scan":
        return replace(self, **changes)

    def take(self, indices) -> "Scan":
        keep = list(indices)
        return replace(self, hu=self.hu[keep], origins=self.origins[keep], name=lambda k: self.name(keep[k]))

    @property
    def count(self) -> int:
        return len(self.hu)

    def path(self, k: int) -> str:
        return f"{self.folder}/{self.name(k)}"

    def stored(self, k: int) -> np.ndarray:
        return self.format.store(self.hu[k])

    def header(self, k: int, edit: Edit | None = None) -> dict[int, tuple]:
        fmt = self.format
        _, rows, columns = self.hu.shape
        elements: Edit = {
            0x00080008: ("CS", "ORIGINAL\\PRIMARY\\AXIAL"),
            0x00080016: ("UI", CT),
            0x00080018: ("UI", f"{self.series_uid}.{k + 1}"),
            0x00080020: ("DA", "20260102"),
            0x00080060: ("CS", "CT"),
            0x0008103E: ("LO", self.description),
            0x00100010: ("PN", self.patient[0]),
            0x00100020: ("LO", self.patient[1]),
            0x00180050: ("DS", "1.0"),
            0x0020000D: ("UI", self.study_uid),
            0x0020000E: ("UI", self.series_uid),
            0x00200011: ("IS", "1"),
            0x00200013: ("IS", str(k + 1)),
            0x00200032: ("DS", join(*self.origins[k])),
            0x00200037: ("DS", join(*self.row, *self.column)),
            0x00200052: ("UI", f"{self.study_uid}.5"),
            0x00280002: ("US", [1]),
            0x00280004: ("CS", "MONOCHROME2"),
            0x00280010: ("US", [rows]),
            0x00280011: ("US", [columns]),
            0x00280030: ("DS", join(self.spacing[1], self.spacing[0])),
            0x00280100: ("US", [fmt.allocated]),
            0x00280101: ("US", [fmt.bits]),
            0x00280102: ("US", [fmt.bits - 1 if fmt.high_bit is None else fmt.high_bit]),
            0x00280103: ("US", [int(fmt.signed)]),
            0x00281052: ("DS", f"{fmt.intercept:.10g}"),
            0x00281053: ("DS", f"{fmt.slope:.10g}"),
        }
        elements |= self.elements | (edit or {})
        return {tag: element for tag, element in elements.items() if element is not None}

    def pixels(self, k: int, big_endian: bool = False) -> tuple[str, bytes]:
        stored = self.stored(k)
        vr = "OB" if stored.dtype.itemsize == 1 else "OW"
        return vr, stored.astype(stored.dtype.newbyteorder(">" if big_endian else "<")).tobytes()

    def write(self, k: int, syntax: str = EXPLICIT, edit: Edit | None = None, **options) -> bytes:
        """A slice with plain pixels."""
        pixels = {PIXEL_DATA: self.pixels(k, syntax.endswith(".1.2.2"))}
        return write_file(self.header(k, pixels | (edit or {})), syntax, **options)

    def plain(self, syntax: str = EXPLICIT, edit: Edit | None = None, **options) -> dict[str, bytes]:
        return {self.path(k): self.write(k, syntax, edit, **options) for k in range(self.count)}

    def frame(self, k: int, codec: Codec) -> bytes:
        return bytes(codec.encode(self.stored(k), self.format.bits))

    def write_frame(self, k: int, codec: Codec, frame: bytes, edit: Edit | None = None) -> bytes:
        """A slice with a compressed frame, whatever its bytes are."""
        return write_file(self.compressed_header(k, [[frame]], edit), codec.uid)

    def compressed_header(
        self, k: int, frames: list[list[bytes]], edit: Edit | None = None, offsets: bool = False
    ) -> Elements:
        return self.header(k, {PIXEL_DATA: ("OB", encapsulate(frames, offsets))} | (edit or {}))

    def compressed(
        self, codec: Codec, damage: Callable[[int, bytes], bytes] | None = None, edit: Edit | None = None
    ) -> dict[str, bytes]:
        files = {}
        for k in range(self.count):
            frame = self.frame(k, codec)
            files[self.path(k)] = self.write_frame(k, codec, damage(k, frame) if damage else frame, edit)
        return files

    def shown(self, codec: Codec | None = None) -> np.ndarray:
        """HU as they should be shown: the source voxels, or an independent decoder's where a codec loses some."""
        stored = [self.stored(k) for k in range(self.count)]
        if codec and codec.decode:
            stored = [self.as_read(codec.decode(self.frame(k, codec))) for k in range(self.count)]
        return self.format.to_hu(np.stack(stored))

    def as_read(self, decoded: np.ndarray) -> np.ndarray:
        if not self.format.signed:
            return decoded
        left = 32 - self.format.bits
        return (decoded.astype(np.int64).astype(np.int32) << left) >> left


def stack(
    rng: np.random.Generator,
    make: Callable,
    count: int = 6,
    step: float = 2.0,
    columns: int = 32,
    rows: int = 32,
    **options,
) -> Scan:
    """An axial scan of `count` slices, `step` mm apart, at a place of its own."""
    start = np.round(rng.uniform(-200, 200, 3), 1)
    origins = start + np.outer(np.arange(count) * step, [0, 0, 1])
    return Scan(make(rng, columns, rows, count), origins, **options)
