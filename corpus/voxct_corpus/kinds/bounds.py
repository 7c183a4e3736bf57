"""One bad number must not stop the rest: counts, sizes and lengths beyond what a file holds."""

import gzip
import io
import struct
import zipfile
import zlib

import numpy as np

from ..corpus import Corpus, Item, kind
from ..elements import EXPLICIT, IMPLICIT, PIXEL_DATA, UNDEFINED, write_element, write_elements, write_meta
from ..scan import Scan, stack
from ..source import chest, texture
from .compressed import enhanced


def beside_sound(item: Item, name: str, content: bytes, **options) -> Scan:
    """A sound scan that opens, and a bad file beside it that is named."""
    scan = stack(item.rng, texture, count=6)
    item.add(scan.plain()).opens(scan, **options)
    item.add({f"bad/{name}": content}).tells(f"bad/{name}")
    return scan


def bad_slice(item: Item, edit: dict) -> tuple[Scan, bytes]:
    bad = stack(item.rng, texture, count=1, series_uid="1.2.826.0.1.7", study_uid="1.2.826.0.1.7.1")
    return bad, bad.write(0, edit=edit)


def may_open_flat(item: Item, bad: Scan, name: str) -> None:
    """What is odd may be overlooked where the pixels are right all the same: a flat image of its own."""
    item.opens(bad.but(folder="bad", name=lambda _k: name), optional=True, quiet=False)


NUMBERS = {
    "frames-5e7": {0x00280008: ("IS", "50000000")},
    "frames-1e10": {0x00280008: ("IS", "10000000000")},
    "frames-negative": {0x00280008: ("IS", "-3")},
    "frames-text": {0x00280008: ("IS", "many")},
    "frames-7": {0x00280008: ("IS", "7")},
    "rows-65535": {0x00280010: ("US", [65535]), 0x00280011: ("US", [65535])},
    "rows-zero": {0x00280010: ("US", [0])},
    "columns-absent": {0x00280011: None},
    "bits-allocated-65535": {0x00280100: ("US", [65535])},
    "bits-allocated-0": {0x00280100: ("US", [0])},
    "bits-allocated-1": {0x00280100: ("US", [1]), 0x00280101: ("US", [1]), 0x00280102: ("US", [0])},
    "samples-65535": {0x00280002: ("US", [65535])},
    "samples-0": {0x00280002: ("US", [0])},
    "slope-1e300": {0x00281053: ("DS", "1e300")},
    "slope-nan": {0x00281053: ("DS", "NaN")},
    "intercept-inf": {0x00281052: ("DS", "-Infinity")},
}


@kind("3 one bad header beside a sound series")
def bad_numbers(corpus: Corpus) -> None:
    for name, edit in NUMBERS.items():
        item = corpus.item(f"beside-{name}")
        bad, content = bad_slice(item, edit)
        beside_sound(item, f"{name}.dcm", content)
        may_open_flat(item, bad, f"{name}.dcm")
    for name, frames in {"5e7": "50000000", "1e10": "10000000000"}.items():
        item = corpus.item(f"beside-enhanced-frames-{name}")
        bad = stack(item.rng, texture, count=3, series_uid="1.2.826.0.1.7", folder="x")
        beside_sound(item, "enhanced.dcm", enhanced(bad, None, edit={0x00280008: ("IS", frames)})["x/all.dcm"])
    item = corpus.item("beside-multiframe-5e7-of-one-bit")
    one = {tag: ("US", [1]) for tag in (0x00280010, 0x00280011)}
    beside_sound(item, "frames.dcm", bad_slice(item, {0x00280008: ("IS", "50000000")} | one)[1])


WILD = {
    "z-1e30": (None, None, "1e30"),
    "z-minus-1e30": (None, None, "-1e30"),
    "x-plus-10-m": ("10000", None, None),
    "z-plus-10-m": (None, None, "10000"),
    "z-nan": (None, None, "NaN"),
    "z-inf": (None, None, "Infinity"),
    "y-1e300": (None, "1e300", None),
}


@kind("3 a wild slice in a sound series")
def wild(corpus: Corpus) -> None:
    for name, place in WILD.items():
        item = corpus.item(f"wild-{name}")
        scan = stack(item.rng, texture, count=9)
        files = scan.plain()
        extra = stack(item.rng, texture, count=1, folder="scan")
        values = [value or f"{mm:.6g}" for value, mm in zip(place, scan.origins[-1] + np.array([0, 0, 2]), strict=True)]
        files["scan/wild.dcm"] = extra.write(
            0, edit={0x00200032: ("DS", "\\".join(values)), 0x00080018: ("UI", "1.2.99"), 0x00200013: ("IS", "10")}
        )
        item.add(files).opens(scan).tells("scan/wild.dcm")
    item = corpus.item("wild-thickness")
    scan = stack(item.rng, texture, count=9)
    item.add(scan.plain(edit={0x00180050: ("DS", "1e30")})).opens(scan)


@kind("3 lengths beyond the file")
def lengths(corpus: Corpus) -> None:
    for name, make in {
        "element-length-4-gb": lambda scan: raw(
            scan, write_element(0x00081030, "UT", b"x" * 10, EXPLICIT, length=0xFFFFFFF0)
        ),
        "sequence-without-end": lambda scan: raw(
            scan, write_element(0x00081140, "SQ", b"", EXPLICIT, length=UNDEFINED)
        ),
        "sequence-nested-20000": lambda scan: raw(scan, nested(20_000)),
        "items-200000-empty": lambda scan: raw(
            scan, write_element(0x00081140, "SQ", struct.pack("<HHI", 0xFFFE, 0xE000, 0) * 200_000, EXPLICIT)
        ),
        "odd-length": lambda scan: raw(
            scan, struct.pack("<HH", 0x0008, 0x1030) + b"LO" + struct.pack("<H", 3) + b"abc"
        ),
        "only-meta": lambda scan: write_meta(EXPLICIT),
        "preamble-only": lambda scan: b"\0" * 128 + b"DICM",
        "random-behind-meta": lambda scan: write_meta(EXPLICIT) + scan.pixels(0)[1],
        "text-behind-meta": lambda scan: write_meta(IMPLICIT) + b"The quick brown fox jumps over the lazy dog. " * 40,
    }.items():
        item = corpus.item(f"beside-{name}")
        bad = stack(item.rng, texture, count=1, series_uid="1.2.826.0.1.7")
        beside_sound(item, f"{name}.dcm", make(bad), quiet=True)
        may_open_flat(item, bad, f"{name}.dcm")
        if not name.startswith(("element-length", "sequence-without-end", "random")):
            # Readable, or no image: beside a scan nothing need be said.
            item.told[-1]["optional"] = True


def raw(scan: Scan, element: bytes) -> bytes:
    header = scan.header(0)
    low = {tag: header[tag] for tag in header if tag < 0x00081030}
    high = {tag: header[tag] for tag in header if tag > 0x00081140} | {PIXEL_DATA: scan.pixels(0)}
    return write_meta(EXPLICIT) + write_elements(low, EXPLICIT) + element + write_elements(high, EXPLICIT)


def nested(depth: int) -> bytes:
    open_item = (
        struct.pack("<HH", 0x0008, 0x1140)
        + b"SQ\0\0"
        + struct.pack("<I", UNDEFINED)
        + struct.pack("<HHI", 0xFFFE, 0xE000, UNDEFINED)
    )
    close = struct.pack("<HHI", 0xFFFE, 0xE00D, 0) + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    return open_item * depth + close * depth


@kind("3 bombs")
def bombs(corpus: Corpus) -> None:
    zeros = packed_zeros(1_900_000_000)
    for name, declared in (("honest", 1_900_000_000), ("lying-small", 1000)):
        item = corpus.item(f"zip-bomb-{name}")
        beside_sound(item, "bomb.zip", entries_zip([("slice.dcm", zeros, declared)]))
    item = corpus.item("zip-bomb-many-entries")
    small = packed_zeros(100_000_000)
    beside_sound(item, "bomb.zip", entries_zip([(f"{n}.dcm", small, 100_000_000) for n in range(30)]))
    item = corpus.item("zip-bomb-100000-entries")
    beside_sound(item, "many.zip", many_entries(100_000))
    item = corpus.item("nii-gz-bomb")
    header = nifti_header((40, 40, 10))
    beside_sound(item, "bomb.nii.gz", gzip.compress(header + bytes(100)) + gzip_member(zeros, 1_900_000_000))
    # What the header asks for is there: it may open, for as much as that is.
    item.told[-1]["optional"] = True
    item.not_told.clear()
    origins = np.array([[-10.0, -20.0, -30.0 + 2 * k] for k in range(10)])
    zero = Scan(np.zeros((10, 40, 40), np.int16), origins, folder="bad", name=lambda _k: "bomb.nii.gz")
    item.opens(zero, hu=zero.hu, optional=True, quiet=False)
    item = corpus.item("deflated-bomb")
    bad = stack(item.rng, texture, count=1, series_uid="1.2.826.0.1.7")
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(
        write_elements(bad.header(0), EXPLICIT) + write_element(PIXEL_DATA, "OW", b"", EXPLICIT, length=0x71000000)
    )
    packed += body.flush(zlib.Z_FULL_FLUSH) + zeros
    beside_sound(item, "bomb.dcm", write_meta("1.2.840.10008.1.2.1.99") + packed)
    item = corpus.item("dcm-gz-bomb")
    beside_sound(item, "bomb.dcm.gz", gzip_member(zeros, 1_900_000_000))


_CACHE: dict[int, bytes] = {}


def packed_zeros(count: int) -> bytes:
    """Deflated zeros; a block of a megabyte is repeated, so that it takes a moment, not half a minute."""
    if count not in _CACHE:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
        end = zlib.compressobj(9, zlib.DEFLATED, -15)
        _CACHE[count] = block * (count // 1_000_000) + end.compress(bytes(count % 1_000_000)) + end.flush()
    return _CACHE[count]


def gzip_member(packed: bytes, size: int) -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed + struct.pack("<II", 0, size & UNDEFINED)


def entries_zip(entries: list[tuple[str, bytes, int]], method: int = 8, flags: int = 0) -> bytes:
    """A zip whose entries say what they are told to; checksums are zero."""
    body, directory = io.BytesIO(), io.BytesIO()
    for name, packed, declared in entries:
        at = body.tell()
        fields = struct.pack("<HHHHHIII", 20, flags, method, 0, 0, 0, len(packed), declared)
        body.write(b"PK\x03\x04" + fields + struct.pack("<HH", len(name), 0) + name.encode() + packed)
        directory.write(b"PK\x01\x02" + struct.pack("<H", 20) + fields)
        directory.write(struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, at) + name.encode())
    start, listing = body.tell(), directory.getvalue()
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(entries) & 0xFFFF, len(entries) & 0xFFFF, len(listing), start, 0
    )
    return body.getvalue() + listing + end


def many_entries(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for n in range(count):
            archive.writestr(zipfile.ZipInfo(f"{n}.txt"), b"x")
    return buffer.getvalue()


def nifti_header(size: tuple, datatype: int = 4, bits: int = 16, offset: float = 352, **changes) -> bytes:
    """A NIfTI-1 header by hand; `changes` are (offset, format, values) by any name."""
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into(f"<{1 + len(size)}h", header, 40, len(size), *size)
    struct.pack_into("<hh", header, 70, datatype, bits)
    struct.pack_into("<4f", header, 76, 1, 0.7, 0.8, 2)
    struct.pack_into("<f", header, 108, offset)
    header[123] = 2
    struct.pack_into("<hh", header, 252, 0, 1)
    struct.pack_into("<12f", header, 280, -0.7, 0, 0, 10, 0, -0.8, 0, 20, 0, 0, 2, -30)
    header[344:348] = b"n+1\0"
    for at, form, values in changes.values():
        struct.pack_into(f"<{form}", header, at, *values)
    return bytes(header)


@kind("3 NIfTI numbers beyond the file")
def nifti_numbers(corpus: Corpus) -> None:
    hu = chest(np.random.default_rng(corpus.seed), 16, 16, 6)
    voxels = hu.tobytes()
    cases = {
        "size-32767": nifti_header((32767, 32767, 32767)),
        "size-negative": nifti_header((-16, 16, 6)),
        "size-zero": nifti_header((16, 0, 6)),
        "dims-0": nifti_header((16, 16, 6), dims=(40, "h", [0])),
        "dims-32767": nifti_header((16, 16, 6), dims=(40, "h", [32767])),
        "offset-infinite": nifti_header((16, 16, 6), offset=float("inf")),
        "offset-nan": nifti_header((16, 16, 6), offset=float("nan")),
        "offset-negative": nifti_header((16, 16, 6), offset=-352.0),
        "offset-1e30": nifti_header((16, 16, 6), offset=1e30),
        "offset-beyond-the-end": nifti_header((16, 16, 6), offset=4000.0),
        "bits-wrong": nifti_header((16, 16, 6), bits=8),
        "type-unknown": nifti_header((16, 16, 6), datatype=77),
        "type-rgb": nifti_header((16, 16, 6), datatype=128, bits=24),
        "type-complex": nifti_header((16, 16, 6), datatype=32, bits=64),
        "cut": nifti_header((16, 16, 60)),
        "affine-zero": nifti_header((16, 16, 6), affine=(280, "12f", [0] * 12), spacing=(76, "4f", [1, 0, 0, 0])),
        "affine-nan": nifti_header(
            (16, 16, 6), affine=(280, "12f", [float("nan")] * 12), spacing=(76, "4f", [1, float("nan"), 1, 1])
        ),
        "affine-1e30": nifti_header((16, 16, 6), affine=(280, "12f", [1e30, 0, 0, 0, 0, 1e30, 0, 0, 0, 0, 1e30, 0])),
    }
    for name, header in cases.items():
        for packed in (False, True):
            item = corpus.item(f"nifti-{name}{'-gz' if packed else ''}")
            content = header + voxels
            beside_sound(item, f"{name}.nii{'.gz' if packed else ''}", gzip.compress(content) if packed else content)
            if name == "bits-wrong":
                # The type says how wide a voxel is; what contradicts it may be ignored.
                item.told[-1]["optional"] = True
                origins = np.array([[-10.0, -20.0, -30.0 + 2 * k] for k in range(6)])
                odd = Scan(hu, origins, folder="bad", name=lambda _k, name=list(item.files)[-1]: name.split("/")[1])
                item.opens(odd, hu=hu, optional=True, quiet=False)
