"""What is no CT volume: named for what it is, and never in the way of the scan beside it."""

import struct
import zlib

import numpy as np

from ..corpus import Corpus, kind
from ..elements import EXPLICIT, PIXEL_DATA, write_file
from ..scan import Scan, stack
from ..source import texture
from .compressed import enhanced, one_file

OBJECTS = {
    "structured-report": ("1.2.840.10008.5.1.4.1.1.88.33", "SR", "structured report"),
    "dose-report": ("1.2.840.10008.5.1.4.1.1.88.67", "SR", "report"),
    "rtstruct": ("1.2.840.10008.5.1.4.1.1.481.3", "RTSTRUCT", "structure set"),
    "rtplan": ("1.2.840.10008.5.1.4.1.1.481.5", "RTPLAN", "plan"),
    "pdf": ("1.2.840.10008.5.1.4.1.1.104.1", "DOC", "pdf"),
    "stl": ("1.2.840.10008.5.1.4.1.1.104.3", "M3D", "stl|3D model|surface"),
    "ecg": ("1.2.840.10008.5.1.4.1.1.9.1.1", "ECG", "ecg|waveform"),
    "presentation-state": ("1.2.840.10008.5.1.4.1.1.11.1", "PR", "presentation state"),
    "key-objects": ("1.2.840.10008.5.1.4.1.1.88.59", "KO", "key object"),
}


def bare(scan: Scan, sop_class: str, modality: str) -> bytes:
    no_image = {tag: None for tag in scan.header(0) if tag >> 16 in (0x0028,) or tag in (0x00200032, 0x00200037)}
    return write_file(
        scan.header(0, no_image | {0x00080016: ("UI", sop_class), 0x00080060: ("CS", modality)}), EXPLICIT
    )


@kind("4 objects without an image, by name")
def objects(corpus: Corpus) -> None:
    for name, (sop_class, modality, says) in OBJECTS.items():
        item = corpus.item(f"{name}-alone")
        scan = stack(item.rng, texture, count=1)
        item.add({f"other/{name}.dcm": bare(scan, sop_class, modality)}).refused(f"other/{name}.dcm", says=says)
        item = corpus.item(f"{name}-beside-a-scan")
        good = stack(item.rng, texture, count=6)
        item.add(good.plain()).opens(good)
        other = good.take([0]).but(series_uid="1.2.826.0.1.9.77")
        item.add({f"other/{name}.dcm": bare(other, sop_class, modality)}).tells(f"other/{name}.dcm", optional=True)


@kind("4 images that are no CT volume, by name")
def other_images(corpus: Corpus) -> None:
    for modality, sop_class in {
        "MR": "1.2.840.10008.5.1.4.1.1.4",
        "US": "1.2.840.10008.5.1.4.1.1.6.1",
        "DX": "1.2.840.10008.5.1.4.1.1.1.1",
        "PT": "1.2.840.10008.5.1.4.1.1.128",
        "RTDOSE": "1.2.840.10008.5.1.4.1.1.481.2",
        "SEG": "1.2.840.10008.5.1.4.1.1.66.4",
        "OT": "1.2.840.10008.5.1.4.1.1.7",
    }.items():
        item = corpus.item(f"modality-{modality}")
        scan = stack(item.rng, texture, count=5)
        item.add(scan.plain(edit={0x00080060: ("CS", modality), 0x00080016: ("UI", sop_class)})).refused(*item.files)
        item.told[-1]["anyName"] = True
    item = corpus.item("colour")
    scan = stack(item.rng, texture, count=5)
    item.add(
        scan.plain(edit={0x00280002: ("US", [3]), 0x00280004: ("CS", "RGB"), PIXEL_DATA: ("OW", bytes(32 * 32 * 6))})
    ).refused(*item.files)
    item.told[-1]["anyName"] = True
    item = corpus.item("scout-alone")
    scan = stack(item.rng, texture, count=1)
    item.add(scan.plain(edit={0x00080008: ("CS", "ORIGINAL\\PRIMARY\\LOCALIZER")})).refused(
        *item.files, says="localiser|scout"
    )


@kind("4 few slices and many frames")
def few(corpus: Corpus) -> None:
    for count in (1, 2):
        item = corpus.item(f"slices-{count}")
        scan = stack(item.rng, texture, count=count)
        item.add(scan.plain()).opens(scan, quiet=False)
    item = corpus.item("four-slices-at-one-place")
    scan = stack(item.rng, texture, count=4)
    scan = scan.but(origins=np.repeat(scan.origins[:1], 4, axis=0))
    item.add(scan.plain()).tells(*item.files, any_name=True, says="place")
    for k in range(4):
        item.opens(scan.take([k]), optional=True, quiet=False)
    item = corpus.item("time-series-at-six-places")
    scan = stack(item.rng, texture, count=6)
    files = {}
    item.add(scan.plain(edit={0x00200012: ("IS", "1")})).opens(scan, quiet=False, optional=True)
    for phase in range(2, 5):
        other = scan.but(hu=texture(item.rng, 32, 32, 6), folder=f"phase{phase}")
        files |= {
            other.path(k): other.write(
                k, edit={0x00200012: ("IS", str(phase)), 0x00080018: ("UI", f"1.2.5.{phase}.{k}")}
            )
            for k in range(6)
        }
        item.opens(other, quiet=False, optional=True)
    item.add(files)
    for name, edit in {
        "positions": None,
        "one-position-and-spacing": {0x00200032: "own", 0x00200037: "own", 0x00180088: ("DS", "2.0")},
        "no-position": {},
    }.items():
        item = corpus.item(f"classic-multiframe-{name}")
        scan = one_file(stack(item.rng, texture, count=6))
        if edit is None:
            item.add(enhanced(scan, None)).opens(scan)
            continue
        header = scan.header(0)
        groups = {0x52009229: None, 0x52009230: None, 0x00080016: ("UI", "1.2.840.10008.5.1.4.1.1.2")}
        kept = {tag: header[tag] if value == "own" else value for tag, value in edit.items()}
        shared = {tag: header[tag] for tag in (0x00280030, 0x00281052, 0x00281053)}
        item.add(enhanced(scan, None, edit=groups | kept | shared))
        item.opens(scan, optional=True, quiet=False).tells("scan/all.dcm", optional=name != "no-position")
    item = corpus.item("enhanced-ct-no-codec")
    scan = one_file(stack(item.rng, texture, count=6))
    item.add(enhanced(scan, None)).opens(scan)


def directory() -> bytes:
    elements = {
        0x00041130: ("CS", "DISC"),
        0x00041200: ("UL", [0]),
        0x00041202: ("UL", [0]),
        0x00041212: ("US", [0]),
        0x00041220: ("SQ", []),
    }
    content = write_file(elements, EXPLICIT)
    # The class of a directory in group 2, of the same length as CT's with its padding.
    return content.replace(b"1.2.840.10008.5.1.4.1.1.2\0", b"1.2.840.10008.1.3.10\0\0\0\0\0\0", 1)


@kind("4 directories and files that are no scan")
def no_scan(corpus: Corpus) -> None:
    item = corpus.item("dicomdir-alone")
    item.add({"disc/DICOMDIR": directory()}).refused("disc/DICOMDIR", says="folder|director|lists")
    item = corpus.item("dicomdir-with-its-scan")
    scan = stack(item.rng, texture, count=6)
    item.add(scan.plain()).add({"DICOMDIR": directory()}).opens(scan)
    others = {
        "empty.dcm": b"",
        "notes.txt": b"Dear colleague,\n" * 20,
        "page.html": b"<!doctype html><p>Not found",
        "picture.png": png(),
        "picture.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(300),
        "report.pdf": b"%PDF-1.7\n" + bytes(300),
        "mesh.stl": b"solid chest\n" + b" facet normal 0 0 1\n" * 20,
        "volume.nrrd": b"NRRD0004\ntype: short\n\n" + bytes(300),
        "volume.mhd": b"ObjectType = Image\nNDims = 3\n",
        "zeros.dcm": bytes(4000),
        "random.dcm": np.random.default_rng(3).bytes(4000),
        "one-byte.dcm": b"D",
        "matrix.mat": b"MATLAB 5.0 MAT-file" + bytes(300),
    }
    for name, content in others.items():
        item = corpus.item(f"file-{name}-alone")
        item.add({f"folder/{name}": content}).refused(f"folder/{name}")
        item = corpus.item(f"file-{name}-beside-a-scan")
        scan = stack(item.rng, texture, count=6)
        item.add(scan.plain()).opens(scan).add({f"folder/{name}": content}).tells(f"folder/{name}")
    item = corpus.item("300-odd-files-beside-a-scan")
    scan = stack(item.rng, texture, count=6)
    item.add(scan.plain()).opens(scan).add({f"odd/{n}.txt": b"hello" for n in range(300)}).tells(
        "odd/0.txt", "odd/1.txt", any_name=True
    )


def png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(72))) + chunk(b"IEND", b"")
    )
