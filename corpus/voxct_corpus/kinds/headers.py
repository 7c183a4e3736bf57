"""Headers that are readable though unusual: value representations, lost or wrong syntaxes, character sets."""

import struct

from ..codecs import BY_NAME
from ..corpus import Corpus, kind
from ..elements import BIG_ENDIAN, EXPLICIT, IMPLICIT, PIXEL_DATA, write_elements, write_file, write_meta
from ..scan import stack
from ..source import texture
from .compressed import enhanced, one_file


@kind("4 value representations")
def representations(corpus: Corpus) -> None:
    values = {
        "ov": (0x00091001, "OV", [1, 2, 3]),
        "uv": (0x00091001, "UV", [1 << 60]),
        "sv": (0x00091001, "SV", [-(1 << 60)]),
        "ol": (0x00091001, "OL", [1, 2]),
        "od": (0x00091001, "OD", struct.pack("<2d", 1, 2)),
        "uc": (0x00091001, "UC", "unlimited characters"),
        "ur": (0x00080119, "UR", "urn:x"),
        "un-large": (0x00091001, "UN", bytes(70_000)),
        "unknown-xx": (0x00091001, "XX", "abcd"),
    }
    for name, (tag, vr, value) in values.items():
        item = corpus.item(f"vr-{name}")
        scan = stack(item.rng, texture, count=5)
        item.add(scan.plain(edit={0x00090010: ("LO", "VENDOR"), tag: (vr, value)})).opens(scan)
    item = corpus.item("extended-offset-table")
    scan = stack(item.rng, texture, count=5)
    codec = BY_NAME["j2k-lossless"]
    lengths = [len(scan.frame(k, codec)) for k in range(5)]
    padded = [n + n % 2 for n in lengths]
    starts = [sum(padded[:n]) + 8 * n for n in range(5)]
    edit = {0x7FE00001: ("OV", starts), 0x7FE00002: ("OV", lengths)}
    item.add(enhanced(scan, codec, edit=edit)).opens(one_file(scan), codec)
    item = corpus.item("private-megabyte")
    scan = stack(item.rng, texture, count=5)
    item.add(scan.plain(edit={0x00090010: ("LO", "VENDOR"), 0x00091001: ("OB", bytes(1_200_000))})).opens(scan)
    item = corpus.item("sequences-of-undefined-length")
    scan = stack(item.rng, texture, count=5)
    files = {}
    for k in range(5):
        header = scan.header(k, {PIXEL_DATA: scan.pixels(k)})
        low = {tag: header[tag] for tag in header if tag < 0x00081140}
        high = {tag: header[tag] for tag in header if tag > 0x00081140}
        inner = write_elements({0x00081150: ("UI", "1.2.3")}, EXPLICIT)
        sequence = struct.pack("<HH", 8, 0x1140) + b"SQ\0\0" + struct.pack("<I", 0xFFFFFFFF)
        sequence += struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF) + inner + struct.pack("<HHI", 0xFFFE, 0xE00D, 0)
        sequence += struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
        files[scan.path(k)] = (
            write_meta(EXPLICIT) + write_elements(low, EXPLICIT) + sequence + write_elements(high, EXPLICIT)
        )
    item.add(files).opens(scan)


@kind("4 transfer syntaxes that are lost, wrong or private")
def lost(corpus: Corpus) -> None:
    for name, syntax in (("implicit", IMPLICIT), ("explicit", EXPLICIT)):
        item = corpus.item(f"no-transfer-syntax-{name}")
        scan = stack(item.rng, texture, count=5)
        item.add(scan.plain(syntax, named=None)).opens(scan)
        item = corpus.item(f"no-group-2-{name}")
        scan = stack(item.rng, texture, count=5)
        item.add({path: content[meta_length(content) :] for path, content in scan.plain(syntax).items()}).opens(scan)
        item = corpus.item(f"preamble-without-group-2-{name}")
        scan = stack(item.rng, texture, count=5)
        item.add(
            {path: content[:132] + content[meta_length(content) :] for path, content in scan.plain(syntax).items()}
        ).opens(scan)
        item = corpus.item(f"no-preamble-{name}")
        scan = stack(item.rng, texture, count=5)
        item.add({path: content[132:] for path, content in scan.plain(syntax).items()}).opens(scan)
    for name, written, named in (
        ("implicit-named-explicit", IMPLICIT, EXPLICIT),
        ("explicit-named-implicit", EXPLICIT, IMPLICIT),
        ("big-endian-named-explicit", BIG_ENDIAN, EXPLICIT),
        ("explicit-named-big-endian", EXPLICIT, BIG_ENDIAN),
    ):
        item = corpus.item(name)
        scan = stack(item.rng, texture, count=5)
        item.add(scan.plain(written, named=named))
        item.opens(scan, damaged=range(5) if "big" in name else (), optional="big" in name)
        item.tells(*item.files, any_name=True, optional=True)
    item = corpus.item("no-group-2-big-endian")
    scan = stack(item.rng, texture, count=5)
    item.add({path: content[meta_length(content) :] for path, content in scan.plain(BIG_ENDIAN).items()})
    item.opens(scan, optional=True).tells(*item.files, any_name=True, optional=True)
    # GE's private syntax: implicit little endian, the pixels in big endian.
    item = corpus.item("ge-private-syntax")
    scan = stack(item.rng, texture, count=5)
    files = {
        scan.path(k): write_file(
            scan.header(k, {PIXEL_DATA: scan.pixels(k, big_endian=True)}), IMPLICIT, named="1.2.840.113619.5.2"
        )
        for k in range(5)
    }
    item.add(files).opens(scan)
    for uid in (
        "1.2.840.10008.1.2.4.100",
        "1.2.840.10008.1.2.4.102",
        "1.2.840.10008.1.2.6.1",
        "1.2.3.4",
        "1.2.840.10008.1.2.4.92",
    ):
        item = corpus.item(f"syntax-{uid}")
        scan = stack(item.rng, texture, count=5)
        codec = BY_NAME["j2k-lossless"]
        files = {scan.path(k): write_file(scan.compressed_header(k, [[scan.frame(k, codec)]]), uid) for k in range(5)}
        item.add(files).opens(scan, damaged=range(5), optional=True).tells(*item.files, any_name=True, optional=True)
    item = corpus.item("meta-length-wrong")
    scan = stack(item.rng, texture, count=5)
    item.add(
        {path: content[:140] + struct.pack("<I", 4000) + content[144:] for path, content in scan.plain().items()}
    ).opens(scan, optional=True).tells(*item.files, any_name=True, optional=True)
    item = corpus.item("trailing-zeros")
    scan = stack(item.rng, texture, count=5)
    item.add({path: content + bytes(512) for path, content in scan.plain().items()}).opens(scan)


def meta_length(content: bytes) -> int:
    return 144 + struct.unpack_from("<I", content, 140)[0]


TEXTS = {
    "ir-100": ("ISO_IR 100", "Größe Thorax".encode("latin-1"), "Größe Thorax"),
    "ir-192": ("ISO_IR 192", "胸部 CT".encode(), "胸部 CT"),
    "ir-144": ("ISO_IR 144", "Грудь".encode("iso8859-5"), "Грудь"),
    "ir-13": ("ISO_IR 13", "ｷｮｳﾌﾞ".encode("shift_jis"), "ｷｮｳﾌﾞ"),
    "2022-ir-13": ("ISO 2022 IR 13", "ｷｮｳﾌﾞ".encode("shift_jis"), "ｷｮｳﾌﾞ"),
    "2022-ir-144": ("\\ISO 2022 IR 144", b"\x1b\x2d\x4c" + "Грудь".encode("iso8859-5"), "Грудь"),
    "2022-ir-149": ("\\ISO 2022 IR 149", b"\x1b\x24\x29\x43" + "흉부".encode("euc_kr"), "흉부"),
    "2022-ir-87": ("\\ISO 2022 IR 87", "胸部".encode("iso2022_jp"), "胸部"),
    "gb18030": ("GB18030", "胸部".encode("gb18030"), "胸部"),
    "gbk": ("GBK", "胸部".encode("gbk"), "胸部"),
    "unknown": ("ISO_IR 999", b"Chest", "Chest"),
    "bad-utf-8": ("ISO_IR 192", b"Chest \xff\xfe", None),
}


@kind("4 character sets")
def character_sets(corpus: Corpus) -> None:
    for name, (charset, written, title) in TEXTS.items():
        item = corpus.item(f"charset-{name}")
        scan = stack(item.rng, texture, count=5)
        item.add(scan.plain(edit={0x00080005: ("CS", charset), 0x0008103E: ("LO", pad(written))})).opens(
            scan, title=title
        )


def pad(text: bytes) -> bytes:
    return text + b" " * (len(text) % 2)
