"""Sound compressed frames: every syntax, sign and depth; signs and depths that header and codestream disagree about."""

import numpy as np

from ..codecs import BY_NAME, LOSSLESS, LOSSY, Codec, prove_lossless
from ..corpus import Corpus, Item, kind
from ..elements import BIG_ENDIAN, DEFLATED, EXPLICIT, IMPLICIT, PIXEL_DATA, encapsulate, write_file
from ..scan import Format, Scan, stack
from ..source import texture

DEPTHS = {
    (8, False): Format(8, 8, False, 10, -1024),
    (8, True): Format(8, 8, True, 10, 240),
    (12, False): Format(12, 16, False, 1, -1024),
    (12, True): Format(12, 16, True, 1, 0),
    (16, False): Format(16, 16, False, 1, -1024),
    (16, True): Format(16, 16, True, 1, 0),
}


def size_of(rng: np.random.Generator) -> dict:
    """Sizes that are no square and no multiple of eight, so that a turned or cropped frame shows."""
    return {"columns": int(rng.integers(33, 48)), "rows": int(rng.integers(25, 33)), "count": int(rng.integers(4, 7))}


def depth_name(bits: int, signed: bool) -> str:
    return f"{'s' if signed else 'u'}{bits}"


@kind("1.0 sound syntaxes, lossless")
def lossless(corpus: Corpus) -> None:
    for (bits, signed), fmt in DEPTHS.items():
        for name, syntax in (
            ("implicit", IMPLICIT),
            ("explicit", EXPLICIT),
            ("big-endian", BIG_ENDIAN),
            ("deflated", DEFLATED),
        ):
            item = corpus.item(f"{name}-{depth_name(bits, signed)}")
            scan = stack(item.rng, texture, format=fmt, **size_of(item.rng))
            item.add(scan.plain(syntax)).opens(scan)
        for codec in LOSSLESS:
            if bits in codec.bits:
                item = corpus.item(f"{codec.name}-{depth_name(bits, signed)}")
                scan = stack(item.rng, texture, format=fmt, **size_of(item.rng))
                prove_lossless(codec, scan.stored(0), bits)
                item.add(scan.compressed(codec)).opens(scan, codec)


@kind("1.3 sound syntaxes, lossy")
def lossy(corpus: Corpus) -> None:
    for codec in LOSSY:
        for bits in codec.bits:
            for signed in (False, True):
                item = corpus.item(f"{codec.name}-{depth_name(bits, signed)}")
                scan = stack(item.rng, texture, format=lossy_format(codec, bits, signed), **size_of(item.rng))
                if signed and not codec.knows_sign:
                    scan = scan.but(
                        hu=np.clip(scan.hu, -1000, scan.format.intercept + scan.format.slope * top(bits)).astype(
                            np.int16
                        )
                    )
                item.add(scan.compressed(codec)).opens(scan, codec)


def top(bits: int) -> int:
    """Of signed values that are written without a sign only the upper half is used, away from where they would wrap."""
    return min((1 << bits - 1) - 30, 4000)


def lossy_format(codec: Codec, bits: int, signed: bool) -> Format:
    fmt = DEPTHS[bits, signed]
    if not signed or codec.knows_sign:
        return fmt
    return Format(bits, fmt.allocated, True, 16 if bits == 8 else 1, -1100)


@kind("1.0 frames in fragments and one file")
def fragments(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "jpeg-ls", "jpeg-lossless-sv1", "htj2k-lossless", "jpeg-extended", "rle"):
        codec = BY_NAME[name]
        item = corpus.item(f"{name}-three-fragments")
        scan = stack(item.rng, texture, format=Format(16 if 16 in codec.bits else 12), **size_of(item.rng))
        files = {}
        for k in range(scan.count):
            frame = scan.frame(k, codec)
            third = len(frame) // 6 * 2
            parts = [frame] if name == "rle" else [frame[:third], frame[third : 2 * third], frame[2 * third :]]
            files[scan.path(k)] = write_file(scan.compressed_header(k, [parts], offsets=k % 2 == 1), codec.uid)
        item.add(files).opens(scan, codec)
    for name in ("j2k-lossless", "jpeg-ls", "jpeg-lossless-sv1", "htj2k-lossless", "rle"):
        for offsets in (False, True):
            codec = BY_NAME[name]
            item = corpus.item(f"{name}-multiframe-{'offsets' if offsets else 'no-offsets'}")
            scan = stack(item.rng, texture, **size_of(item.rng))
            item.add(enhanced(scan, codec, offsets=offsets)).opens(one_file(scan), codec)


@kind("1.0 slices of one series in different syntaxes")
def mixed(corpus: Corpus) -> None:
    for n in range(2):
        item = corpus.item(f"mixed-syntaxes-{n}")
        names = [codec.name for codec in LOSSLESS if 16 in codec.bits]
        item.rng.shuffle(names)
        scan = stack(item.rng, texture, count=len(names), columns=37, rows=29)
        files = {
            scan.path(k): scan.write_frame(k, BY_NAME[name], scan.frame(k, BY_NAME[name]))
            for k, name in enumerate(names)
        }
        item.add(files).opens(scan)


def one_file(scan: Scan) -> Scan:
    return scan.but(name=lambda _k: "all.dcm")


def enhanced(scan: Scan, codec: Codec | None, offsets: bool = False, edit: dict | None = None) -> dict[str, bytes]:
    """The scan as one enhanced CT file, positions in the functional groups."""
    if codec:
        pixels = ("OB", encapsulate([[scan.frame(k, codec)] for k in range(scan.count)], offsets))
    else:
        pixels = ("OW", b"".join(scan.pixels(k)[1] for k in range(scan.count)))
    shared = {
        0x00209116: ("SQ", [{0x00200037: scan.header(0)[0x00200037]}]),
        0x00289110: ("SQ", [{0x00280030: scan.header(0)[0x00280030], 0x00180050: ("DS", "1.0")}]),
        0x00289145: ("SQ", [{tag: scan.header(0)[tag] for tag in (0x00281052, 0x00281053)}]),
    }
    own = [{0x00209113: ("SQ", [{0x00200032: scan.header(k)[0x00200032]}])} for k in range(scan.count)]
    elements = scan.header(
        0,
        {
            0x00080016: ("UI", "1.2.840.10008.5.1.4.1.1.2.1"),
            0x00200032: None,
            0x00200037: None,
            0x00280030: None,
            0x00281052: None,
            0x00281053: None,
            0x00280008: ("IS", str(scan.count)),
            0x52009229: ("SQ", [shared]),
            0x52009230: ("SQ", own),
            PIXEL_DATA: pixels,
        }
        | (edit or {}),
    )
    return {f"{scan.folder}/all.dcm": write_file(elements, codec.uid if codec else EXPLICIT)}


@kind("1.4 sign and depth of codestream and header disagree")
def disagreements(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "j2k-reversible", "j2k-lossy", "htj2k-lossless", "htj2k-reversible"):
        codec = BY_NAME[name]
        for signed in (True, False):
            item = corpus.item(
                f"{name}-{'signed' if signed else 'unsigned'}-under-{'unsigned' if signed else 'signed'}-header"
            )
            scan = stack(
                item.rng, texture, format=Format(16, 16, signed, 1, 0 if signed else -1024), **size_of(item.rng)
            )
            disagree(item, scan, codec, {0x00280103: ("US", [int(not signed)])}, "sign")
    for name, bits, said in (
        ("j2k-lossless", 16, 12),
        ("j2k-lossless", 12, 16),
        ("j2k-reversible", 13, 12),
        ("htj2k-lossless", 16, 12),
    ):
        item = corpus.item(f"{name}-{bits}-bits-under-{said}")
        scan = stack(
            item.rng, texture, format=Format(bits, 16, bits != 12, 1, 0 if bits != 12 else -1024), **size_of(item.rng)
        )
        disagree(
            item,
            scan,
            BY_NAME[name],
            {0x00280101: ("US", [said]), 0x00280102: ("US", [said - 1])},
            "bits|precision|depth",
        )


def disagree(item: Item, scan: Scan, codec: Codec, edit: dict, says: str) -> None:
    """The codestream is right; that the header says otherwise is told."""
    item.add(scan.compressed(codec, edit=edit)).opens(scan, codec).tells(
        *item.files, says=says, any_name=True, optional=says != "sign"
    )
