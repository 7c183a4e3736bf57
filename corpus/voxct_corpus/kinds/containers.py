"""Archives and packed files: what opens, and what is refused by name."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import numpy as np

from ..corpus import Corpus, kind
from ..scan import stack
from ..source import texture
from .bounds import entries_zip
from .nifti import nifti_bytes


def zip_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


@kind("4 archives that open")
def open_archives(corpus: Corpus) -> None:
    for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)):
        item = corpus.item(f"zip-{name}")
        scan = stack(item.rng, texture, count=6)
        item.add({"scan.zip": zip_of(scan.plain(), method)}).opens(scan)
    item = corpus.item("zip-in-zip")
    scan = stack(item.rng, texture, count=6)
    item.add({"outer.zip": zip_of({"inner/scan.zip": zip_of(scan.plain())})}).opens(scan)
    item = corpus.item("zip-in-zip-two-of-them")
    scan = stack(item.rng, texture, count=8)
    halves = {f"{n}.zip": zip_of(scan.take(part).plain()) for n, part in enumerate((range(4), range(4, 8)))}
    item.add({"outer.zip": zip_of(halves)}).opens(scan)
    item = corpus.item("zip-named-otherwise")
    scan = stack(item.rng, texture, count=6)
    item.add({"scan.dat": zip_of(scan.plain())}).opens(scan)
    item = corpus.item("zip-data-descriptors")
    scan = stack(item.rng, texture, count=6)
    item.add({"scan.zip": streamed_zip(scan.plain())}).opens(scan)
    item = corpus.item("dcm-gz")
    scan = stack(item.rng, texture, count=6)
    item.add({f"{path}.gz": gzip.compress(content) for path, content in scan.plain().items()}).opens(
        scan.but(name=lambda k: f"{k:03d}.dcm.gz")
    )
    item = corpus.item("nii-gz-in-zip")
    scan, content = nifti_bytes(item.rng)
    item.add({"scan.zip": zip_of({"a.nii.gz": gzip.compress(content)})}).opens(scan)
    members = {
        "two-members": lambda data: gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :]),
        "member-within-header": lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:]),
        "bgzip": lambda data: (
            b"".join(bgzip_block(data[n : n + 4000]) for n in range(0, len(data), 4000)) + bgzip_block(b"")
        ),
        "zeros-behind": lambda data: gzip.compress(data) + bytes(1000),
        "empty-member-first": lambda data: gzip.compress(b"") + gzip.compress(data),
        "fifty-members": lambda data: b"".join(gzip.compress(part) for part in cut(data, 50)),
    }
    for name, pack in members.items():
        item = corpus.item(f"nii-gz-{name}")
        scan, content = nifti_bytes(item.rng)
        item.add({"scan/a.nii.gz": pack(content)}).opens(scan)


def cut(data: bytes, count: int) -> list[bytes]:
    step = -(-len(data) // count)
    return [data[n : n + step] for n in range(0, len(data), step)]


def bgzip_block(data: bytes) -> bytes:
    """A member with the extra field of blocked gzip."""
    packed = gzip.compress(data, mtime=0)
    body = packed[10:]
    extra = b"BC\x02\0" + (len(body) + 18 - 1).to_bytes(2, "little")
    return b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + len(extra).to_bytes(2, "little") + extra + body


class Pipe(io.RawIOBase):
    """Cannot be sought, so that the writer puts sizes behind the data."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.content += data
        return len(data)


def streamed_zip(files: dict[str, bytes]) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return bytes(pipe.content)


@kind("4 archives that are refused by name")
def refused_archives(corpus: Corpus) -> None:
    def beside(item_id: str, name: str, content_of, says: str) -> None:
        item = corpus.item(item_id)
        scan = stack(item.rng, texture, count=6)
        hidden = stack(item.rng, texture, count=4, series_uid="1.2.826.0.1.7", folder="hidden")
        item.add(scan.plain()).opens(scan)
        item.add({f"packed/{name}": content_of(hidden.plain())}).tells(f"packed/{name}", says=says)
        if item_id == "zip-spoilt":
            # One entry is spoilt; the others may open.
            inside = hidden.but(folder=f"packed/{name}/hidden")
            item.opens(inside, damaged=range(4), optional=True, quiet=False)

    beside("zip-lzma", "lzma.zip", lambda files: zip_of(files, zipfile.ZIP_LZMA), "lzma|method|pack|compress")
    beside("zip-bzip2", "bzip2.zip", lambda files: zip_of(files, zipfile.ZIP_BZIP2), "bzip2|method|pack|compress")
    beside(
        "zip-encrypted-stored",
        "secret.zip",
        lambda files: entries_zip(
            [(name, bytes(12) + content, len(content)) for name, content in files.items()], method=0, flags=1
        ),
        "encrypt|password",
    )
    beside(
        "zip-encrypted-deflated",
        "secret.zip",
        lambda files: entries_zip(
            [(name, bytes(12) + content[:400], len(content)) for name, content in files.items()], method=8, flags=1
        ),
        "encrypt|password",
    )
    beside(
        "zip-encrypted-aes",
        "aes.zip",
        lambda files: entries_zip(
            [(name, bytes(28) + content[:400], len(content)) for name, content in files.items()], method=99, flags=1
        ),
        "encrypt|password",
    )
    beside(
        "zip-in-zip-in-zip",
        "deep.zip",
        lambda files: zip_of({"b.zip": zip_of({"c.zip": zip_of({"d.zip": zip_of(files)})})}),
        "",
    )
    beside("zip-cut", "cut.zip", lambda files: zip_of(files)[:-40], "damaged|cut")
    beside("zip-cut-half", "half.zip", lambda files: zip_of(files)[: len(zip_of(files)) // 2], "damaged|cut")
    beside("zip-spoilt", "spoilt.zip", lambda files: spoil(zip_of(files)), "")
    beside("nii-gz-cut", "cut.nii.gz", lambda _files: gzip.compress(nifti_bytes_plain())[:-300], "cut|damaged")
    beside(
        "nii-gz-garbage-behind",
        "tail.nii.gz",
        lambda _files: gzip.compress(nifti_bytes_plain())[:200] + b"garbage" * 30,
        "cut|damaged|neither|recogn",
    )
    beside("tar-gz", "scan.tar.gz", lambda files: tar_of(files, "w:gz"), "")
    beside("tar", "scan.tar", lambda files: tar_of(files, "w"), "")
    beside("bz2", "a.nii.bz2", lambda _files: bz2.compress(nifti_bytes_plain()), "")
    beside("xz", "a.nii.xz", lambda _files: lzma.compress(nifti_bytes_plain()), "")
    beside("rar", "scan.rar", lambda _files: b"Rar!\x1a\x07\x01\x00" + bytes(500), "")
    beside("7z", "scan.7z", lambda _files: b"7z\xbc\xaf\x27\x1c\0\4" + bytes(500), "")


def nifti_bytes_plain() -> bytes:
    return nifti_bytes(np.random.default_rng(5))[1]


def spoil(archive: bytes) -> bytes:
    at = 200
    return archive[:at] + bytes(255 - byte for byte in archive[at : at + 300]) + archive[at + 300 :]


def tar_of(files: dict[str, bytes], mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()
