"""Damaged frames: what cannot be proven to be this slice's pixels is named and left out."""

import struct
from collections.abc import Callable

import numpy as np

from ..codecs import BY_NAME, Codec
from ..corpus import Corpus, Item, kind
from ..elements import DELIMITER, PIXEL_DATA, Undefined, fragment, write_file
from ..scan import Format, Scan, stack
from ..source import texture
from .compressed import DEPTHS, enhanced, one_file, size_of

DAMAGED = ("j2k-lossless", "j2k-reversible", "j2k-lossy", "htj2k-lossless", "htj2k-lossy", "jpeg-ls", "jpeg-ls-near-2",
           "jpeg-lossless-sv1", "jpeg-lossless-6", "rle", "jpeg-baseline", "jpeg-extended", "jpeg-progressive",
           "jpeg-xl-lossless")  # fmt: skip

Damage = Callable[[bytes, np.random.Generator], bytes]


def cut_at(share: float) -> Damage:
    return lambda frame, _rng: frame[: int(len(frame) * share)]


DAMAGES: dict[str, Damage] = {
    "200-bytes": lambda _frame, rng: rng.bytes(200),
    "zeroed": lambda frame, _rng: bytes(len(frame)),
    "empty": lambda _frame, _rng: b"",
    "head-only": lambda frame, _rng: frame[:40],
    "cut-60": cut_at(0.6),
    "cut-30": cut_at(0.3),
    "cut-90": cut_at(0.9),
    "tail-zeroed": lambda frame, _rng: frame[: len(frame) // 2] + bytes(len(frame) - len(frame) // 2),
    "head-lost": lambda frame, _rng: frame[len(frame) // 4 :],
}


def format_of(codec: Codec) -> Format:
    bits = max(codec.bits)
    return DEPTHS[bits, False]


def scan_for(item: Item, codec: Codec, **options) -> Scan:
    return stack(item.rng, texture, format=format_of(codec), **(size_of(item.rng) | options))


@kind("1.1 damaged frames")
def damages(corpus: Corpus) -> None:
    for name in DAMAGED:
        codec = BY_NAME[name]
        for damage_name, damage in DAMAGES.items():
            item = corpus.item(f"{name}-{damage_name}")
            scan = scan_for(item, codec, count=5)
            at = 2
            item.add(scan.compressed(codec, lambda k, frame: damage(frame, item.rng) if k == at else frame))
            item.opens(scan, codec, damaged=[at]).tells(scan.path(at))


@kind("1.1 damaged frames: first, last, most, all")
def places(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "htj2k-lossless", "jpeg-ls", "jpeg-lossless-sv1", "rle", "jpeg-extended"):
        codec = BY_NAME[name]
        for where, chosen in (("first", {0}), ("last", {5}), ("two", {1, 4})):
            item = corpus.item(f"{name}-cut-{where}")
            scan = scan_for(item, codec, count=6)
            item.add(scan.compressed(codec, lambda k, frame: frame[: len(frame) // 2] if k in chosen else frame))
            item.opens(scan, codec, damaged=chosen).tells(*(scan.path(k) for k in chosen))
        item = corpus.item(f"{name}-cut-all")
        scan = scan_for(item, codec, count=4)
        item.add(scan.compressed(codec, lambda _k, frame: frame[: len(frame) // 2]))
        item.opens(scan, codec, damaged=range(4), optional=True).tells(*item.files, any_name=True)


@kind("1.1 a damaged frame after another patient's series")
def two_patients(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "j2k-lossy", "htj2k-lossless", "jpeg-ls", "jpeg-lossless-sv1", "jpeg-extended", "rle"):
        codec = BY_NAME[name]
        item = corpus.item(f"{name}-two-patients")
        size = size_of(item.rng) | {"count": 5}
        one = stack(item.rng, texture, format=format_of(codec), **size)
        owner = {"series_uid": "1.2.826.0.1.8.1", "study_uid": "1.2.826.0.1.8", "patient": ("Roe^Richard", "P2")}
        other = stack(item.rng, texture, format=format_of(codec), folder="other", **owner, **size)
        item.add(one.compressed(codec)).opens(one, codec, quiet=False)
        item.add(other.compressed(codec, lambda k, frame: item.rng.bytes(200) if k in (0, 3) else frame))
        item.opens(other, codec, damaged=[0, 3]).tells(other.path(0), other.path(3))


@kind("1.2 a frame of another size")
def other_size(corpus: Corpus) -> None:
    for name in DAMAGED:
        codec = BY_NAME[name]
        for what, (more_columns, more_rows) in {"larger": (8, 8), "smaller": (-8, -8), "sheared": (4, -4)}.items():
            item = corpus.item(f"{name}-{what}")
            scan = scan_for(item, codec, count=5, columns=40, rows=30)
            wrong = stack(
                item.rng, texture, columns=40 + more_columns, rows=30 + more_rows, count=5, format=scan.format
            )
            item.add(scan.compressed(codec, lambda k, frame: wrong.frame(k, codec) if k == 2 else frame))
            item.opens(scan, codec, damaged=[2]).tells(scan.path(2))


def find_marker(frame: bytes, marker: int) -> int:
    at = frame.find(struct.pack(">H", marker))
    assert at >= 0, f"no marker {marker:04x}"
    return at


def put(frame: bytes, at: int, content: bytes) -> bytes:
    return frame[:at] + content + frame[at + len(content) :]


SIZ, SOT = 0xFF51, 0xFF90

MARKERS: dict[str, Damage] = {
    "no-soc": lambda frame, _rng: put(frame, 0, b"\0\0"),
    "no-eoc": lambda frame, _rng: frame[:-2],
    "psot-too-long": lambda frame, _rng: put(frame, find_marker(frame, SOT) + 6, struct.pack(">I", len(frame) * 3)),
    "psot-too-short": lambda frame, _rng: put(frame, find_marker(frame, SOT) + 6, struct.pack(">I", 20)),
    "three-components": lambda frame, _rng: put(frame, find_marker(frame, SIZ) + 38, struct.pack(">H", 3)),
    "huge-siz": lambda frame, _rng: put(frame, find_marker(frame, SIZ) + 6, struct.pack(">II", 0x7FFFFFFF, 0x7FFFFFFF)),
    "zero-siz": lambda frame, _rng: put(frame, find_marker(frame, SIZ) + 6, struct.pack(">II", 0, 0)),
    "no-sot": lambda frame, _rng: frame[: find_marker(frame, SOT)] + b"\xff\xd9",
}


@kind("1.1 broken markers of JPEG 2000")
def markers(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "j2k-lossy", "htj2k-lossless"):
        codec = BY_NAME[name]
        for damage_name, damage in MARKERS.items():
            item = corpus.item(f"{name}-{damage_name}")
            scan = scan_for(item, codec, count=5)
            item.add(scan.compressed(codec, lambda k, frame: damage(frame, item.rng) if k == 2 else frame))
            item.opens(scan, codec, damaged=[2]).tells(
                scan.path(2), optional=damage_name in ("no-eoc", "psot-too-short")
            )


@kind("1.1 legal damage: zeroed packets before the end of a codestream")
def zeroed_packets(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "j2k-lossy", "htj2k-lossless"):
        codec = BY_NAME[name]
        item = corpus.item(f"{name}-zeroed-packets")
        scan = scan_for(item, codec, count=5)

        def damage(k: int, frame: bytes) -> bytes:
            half = len(frame) // 2
            return frame if k != 2 else frame[:half] + bytes(len(frame) - half - 2) + frame[-2:]

        item.add(scan.compressed(codec, damage)).opens(scan, codec, unknowable=[2])


@kind("1.2 frames of one file")
def one_file_damage(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "jpeg-ls", "htj2k-lossless", "rle"):
        codec = BY_NAME[name]
        item = corpus.item(f"{name}-frame-lost")
        scan = scan_for(item, codec, count=6)
        # The count says six, five frames are there: which one is lost nobody can say.
        whole = enhanced(scan.take(range(5)), codec)["scan/all.dcm"]
        content = enhanced(scan, codec, edit={PIXEL_DATA: pixel_data(whole)})
        item.add(content).opens(one_file(scan), codec, damaged=range(6), optional=True).tells("scan/all.dcm")
        item = corpus.item(f"{name}-no-delimiter")
        scan = scan_for(item, codec, count=5)
        files = scan.compressed(codec)
        files[scan.path(2)] = files[scan.path(2)][: -len(DELIMITER)]
        item.add(files).opens(scan, codec, damaged=[2], quiet=False).tells(scan.path(2), optional=True)


def pixel_data(file: bytes) -> tuple[str, bytes]:
    at = file.index(b"\xe0\x7f\x10\x00OB\0\0\xff\xff\xff\xff") + 12
    return "OB", Undefined(file[at:])


@kind("1.2 wrong tables of offsets and fragments")
def offset_tables(corpus: Corpus) -> None:
    tables = {
        "shifted": lambda starts: [start + 8 for start in starts],
        "reversed": lambda starts: starts[::-1],
        "beyond-the-end": lambda starts: [*starts[:-1], 1 << 30],
        "all-zero": lambda starts: [0 for _ in starts],
        "too-few": lambda starts: starts[:-2],
    }
    for name in ("j2k-lossless", "jpeg-ls", "rle"):
        for what, spoil in tables.items():
            codec = BY_NAME[name]
            item = corpus.item(f"{name}-offsets-{what}")
            scan = scan_for(item, codec, count=5)
            frames = [fragment(scan.frame(k, codec)) for k in range(scan.count)]
            starts = spoil([sum(len(frame) for frame in frames[:n]) for n in range(len(frames))])
            table = fragment(struct.pack(f"<{len(starts)}I", *starts))
            content = enhanced(scan, codec, edit={PIXEL_DATA: ("OB", Undefined(table + b"".join(frames) + DELIMITER))})
            item.add(content).opens(one_file(scan), codec, damaged=range(5), optional=True).tells(
                "scan/all.dcm", optional=True
            )


@kind("1.2 encapsulated under a native syntax and the reverse")
def wrong_syntax(corpus: Corpus) -> None:
    item = corpus.item("plain-pixels-named-j2k")
    scan = stack(item.rng, texture, count=5)
    item.add(scan.plain(named=BY_NAME["j2k-lossless"].uid)).opens(scan, damaged=range(5), optional=True).tells(
        *item.files, any_name=True, optional=True
    )
    for name, says in (
        ("jpeg-ls", "j2k-lossless"),
        ("j2k-lossless", "jpeg-ls"),
        ("rle", "jpeg-lossless-sv1"),
        ("jpeg-extended", "j2k-lossless"),
        ("htj2k-lossless", "j2k-lossless"),
        ("j2k-lossless", "htj2k-lossless"),
    ):
        codec = BY_NAME[name]
        item = corpus.item(f"{name}-named-{says}")
        scan = scan_for(item, codec, count=5)
        files = {
            scan.path(k): write_file(scan.compressed_header(k, [[scan.frame(k, codec)]]), BY_NAME[says].uid)
            for k in range(scan.count)
        }
        item.add(files).opens(scan, codec, damaged=range(5), optional=True).tells(
            *item.files, any_name=True, optional=True
        )
