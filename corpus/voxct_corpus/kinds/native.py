"""Plain pixels: short data, byte order, high bits, padding, tables."""

import numpy as np

from ..corpus import Corpus, kind
from ..elements import (
    BIG_ENDIAN,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    PIXEL_DATA,
    write_element,
    write_elements,
    write_file,
    write_meta,
)
from ..scan import AIR_HU, Format, stack
from ..source import texture
from .compressed import enhanced, one_file, size_of

SYNTAXES = {"implicit": IMPLICIT, "explicit": EXPLICIT, "big-endian": BIG_ENDIAN, "deflated": DEFLATED}


@kind("1.5 pixel data shorter than rows × columns")
def short(corpus: Corpus) -> None:
    for name, syntax in SYNTAXES.items():
        for behind, tag in (("padding", 0xFFFCFFFC), ("private", 0x7FE11010)):
            item = corpus.item(f"short-{name}-{behind}-behind")
            scan = stack(item.rng, texture, **size_of(item.rng))
            files = scan.plain(syntax)
            vr, pixels = scan.pixels(2, syntax == BIG_ENDIAN)
            shortened = pixels[: len(pixels) * 5 // 8 // 2 * 2]
            after = {tag: ("OB", item.rng.bytes(len(pixels) * 2))}
            files[scan.path(2)] = write_file(scan.header(2, {PIXEL_DATA: (vr, shortened)} | after), syntax)
            item.add(files).opens(scan, damaged=[2]).tells(scan.path(2))
        item = corpus.item(f"short-{name}-nothing-behind")
        scan = stack(item.rng, texture, **size_of(item.rng))
        files = scan.plain(syntax)
        vr, pixels = scan.pixels(1, syntax == BIG_ENDIAN)
        files[scan.path(1)] = write_file(scan.header(1, {PIXEL_DATA: (vr, pixels[:-2])}), syntax)
        item.add(files).opens(scan, damaged=[1]).tells(scan.path(1))
        item = corpus.item(f"long-{name}")
        scan = stack(item.rng, texture, **size_of(item.rng))
        files = scan.plain(syntax)
        vr, pixels = scan.pixels(1, syntax == BIG_ENDIAN)
        files[scan.path(1)] = write_file(scan.header(1, {PIXEL_DATA: (vr, pixels + bytes(6))}), syntax)
        item.add(files).opens(scan, damaged=[1], quiet=True)
    item = corpus.item("short-multiframe")
    scan = stack(item.rng, texture, count=6)
    item.add(enhanced(scan, None, edit={PIXEL_DATA: ("OW", b"".join(scan.pixels(k)[1] for k in range(5)))}))
    item.opens(one_file(scan), damaged=range(6), optional=True).tells("scan/all.dcm")
    item = corpus.item("short-element-claims-more")
    scan = stack(item.rng, texture, count=5)
    files = scan.plain()
    vr, pixels = scan.pixels(2)
    body = write_elements(scan.header(2), EXPLICIT) + write_element(
        PIXEL_DATA, vr, pixels[:900], EXPLICIT, length=len(pixels)
    )
    files[scan.path(2)] = write_meta(EXPLICIT) + body
    item.add(files).opens(scan, damaged=[2]).tells(scan.path(2))
    item = corpus.item("element-claims-less-pixels-there")
    scan = stack(item.rng, texture, count=5)
    files = scan.plain()
    vr, pixels = scan.pixels(2)
    body = write_elements(scan.header(2), EXPLICIT) + write_element(
        PIXEL_DATA, vr, pixels, EXPLICIT, length=len(pixels) // 2
    )
    files[scan.path(2)] = write_meta(EXPLICIT) + body
    item.add(files).opens(scan, damaged=[2])


@kind("1.5 bytes and bits of plain pixels")
def bits(corpus: Corpus) -> None:
    eight = Format(8, 8, False, 10, -1024)
    item = corpus.item("big-endian-8-bit-ow")
    scan = stack(item.rng, texture, format=eight, columns=36, rows=30, count=5)
    files = {}
    for k in range(scan.count):
        # As words: in big endian the bytes of each pair lie the other way round.
        swapped = scan.stored(k).reshape(-1, 2)[:, ::-1].tobytes()
        files[scan.path(k)] = scan.write(k, BIG_ENDIAN, {PIXEL_DATA: ("OW", swapped)})
    item.add(files).opens(scan)
    item = corpus.item("big-endian-8-bit-ob")
    scan = stack(item.rng, texture, format=eight, columns=36, rows=30, count=5)
    item.add(scan.plain(BIG_ENDIAN)).opens(scan)
    for signed in (False, True):
        twelve = Format(12, 16, signed, 1, 0 if signed else -1024)
        item = corpus.item(f"high-bit-15-right-aligned-{'s' if signed else 'u'}12")
        scan = stack(item.rng, texture, format=twelve, **size_of(item.rng))
        item.add(scan.plain(edit={0x00280102: ("US", [15])})).opens(scan).tells(
            *item.files, any_name=True, optional=True
        )
        item = corpus.item(f"high-bit-15-left-aligned-{'s' if signed else 'u'}12")
        scan = stack(item.rng, texture, format=twelve, **size_of(item.rng))
        files = {}
        for k in range(scan.count):
            left = (scan.stored(k).astype(np.int32) << 4).astype(np.uint16 if not signed else np.int32).astype("<u2")
            files[scan.path(k)] = scan.write(
                k, EXPLICIT, {0x00280102: ("US", [15]), PIXEL_DATA: ("OW", left.tobytes())}
            )
        item.add(files).opens(scan)
        item = corpus.item(f"overlay-in-high-bits-{'s' if signed else 'u'}12")
        scan = stack(item.rng, texture, format=twelve, **size_of(item.rng))
        files = {}
        for k in range(scan.count):
            overlay = item.rng.integers(0, 16, scan.hu[k].shape).astype(np.uint16) << 12
            words = (scan.stored(k).view(np.uint16) & 0x0FFF) | overlay
            overlay_group = {0x60000100: ("US", [16]), 0x60000102: ("US", [12])}
            files[scan.path(k)] = scan.write(
                k, EXPLICIT, {PIXEL_DATA: ("OW", words.astype("<u2").tobytes())} | overlay_group
            )
        item.add(files).opens(scan)
    item = corpus.item("allocated-32")
    scan = stack(item.rng, texture, format=Format(32, 32, True, 1, 0), **size_of(item.rng))
    item.add(scan.plain()).opens(scan)
    item = corpus.item("allocated-12-packed")
    scan = stack(item.rng, texture, count=4)
    item.add(scan.plain(edit={0x00280100: ("US", [12]), 0x00280101: ("US", [12]), 0x00280102: ("US", [11])})).refused(
        *item.files
    )
    item.told[-1]["anyName"] = True
    for name, tag, vr, dtype in (("float", 0x7FE00008, "OF", "<f4"), ("double", 0x7FE00009, "OD", "<f8")):
        item = corpus.item(f"{name}-pixel-data")
        scan = stack(item.rng, texture, count=4, format=Format(16, 16, True, 1, 0))
        files = {
            scan.path(k): scan.write(
                k,
                EXPLICIT,
                {
                    PIXEL_DATA: None,
                    tag: (vr, scan.hu[k].astype(dtype).tobytes()),
                    0x00280100: ("US", [32 if vr == "OF" else 64]),
                },
            )
            for k in range(4)
        }
        item.add(files).opens(scan, optional=True).tells(*item.files, any_name=True, optional=True)
    item = corpus.item("bits-stored-more-than-allocated")
    scan = stack(item.rng, texture, count=4)
    item.add(scan.plain(edit={0x00280101: ("US", [20]), 0x00280102: ("US", [19])})).opens(
        scan, optional=True, damaged=range(4)
    )
    item = corpus.item("bits-stored-zero")
    scan = stack(item.rng, texture, count=4)
    item.add(scan.plain(edit={0x00280101: ("US", [0])})).opens(scan, optional=True, damaged=range(4))
    item = corpus.item("odd-length-8-bit")
    scan = stack(item.rng, texture, format=eight, columns=35, rows=27, count=5)
    item.add(scan.plain()).opens(scan)


@kind("1.5 padding")
def padding(corpus: Corpus) -> None:
    signed = Format(16, 16, True, 1, 0)
    for name, vr in (("ss", "SS"), ("us", "US")):
        item = corpus.item(f"padding-0-on-signed-hu-{name}")
        scan = stack(item.rng, texture, format=signed, **size_of(item.rng))
        # Water as it is: hundreds of voxels at the value that the header calls padding.
        hu = scan.hu.copy()
        hu[:, 8:14, 14:22] = 0
        scan = scan.but(hu=hu)
        item.add(scan.plain(edit={0x00280120: (vr, [0])})).opens(scan).tells(
            *item.files, any_name=True, optional=True, says="[Pp]adding"
        )
    item = corpus.item("padding-range-all")
    scan = stack(item.rng, texture, **size_of(item.rng))
    item.add(scan.plain(edit={0x00280120: ("US", [0]), 0x00280121: ("US", [65535])})).opens(scan).tells(
        *item.files, any_name=True, says="[Pp]adding"
    )
    item = corpus.item("padding-range-most")
    scan = stack(item.rng, texture, **size_of(item.rng))
    item.add(scan.plain(edit={0x00280120: ("US", [0]), 0x00280121: ("US", [1500])})).opens(scan).tells(
        *item.files, any_name=True, says="[Pp]adding"
    )
    for name, fmt, value, vr in (
        ("minus-2000", signed, -2000, "SS"),
        ("minus-2000-as-us", signed, 63536, "US"),
        ("minus-32768", signed, -32768, "SS"),
        ("63536", Format(16, 16, False, 1, -1024), 63536, "US"),
    ):
        item = corpus.item(f"padding-{name}")
        scan = stack(item.rng, texture, format=fmt, **size_of(item.rng))
        stored = np.stack([scan.stored(k) for k in range(scan.count)])
        true_value = value - 65536 if fmt.signed and value > 32767 else value
        stored[:, :, :4] = true_value
        shown = scan.shown()
        shown[:, :, :4] = AIR_HU
        files = {
            scan.path(k): scan.write(k, EXPLICIT, {PIXEL_DATA: ("OW", stored[k].tobytes()), 0x00280120: (vr, [value])})
            for k in range(scan.count)
        }
        item.add(files).opens(scan, hu=shown)
    item = corpus.item("fill-below-air-undeclared")
    scan = stack(item.rng, texture, format=signed, **size_of(item.rng))
    hu = scan.hu.copy()
    hu[:, :3, :] = -3024
    scan = scan.but(hu=hu)
    item.add(scan.plain()).opens(scan)


@kind("1.5 rescale and tables")
def rescale(corpus: Corpus) -> None:
    for slope, intercept in ((2, -1024), (0.5, -1100), (1.5, -1024.5), (1, -8192), (0.25, -1010)):
        item = corpus.item(f"slope-{slope}-intercept-{intercept}")
        scan = stack(item.rng, texture, format=Format(16, 16, False, slope, intercept), **size_of(item.rng))
        item.add(scan.plain()).opens(scan)
    item = corpus.item("slope-of-its-own-a-slice")
    scan = stack(item.rng, texture, count=5)
    files, shown = {}, []
    for k in range(5):
        own = scan.but(format=Format(16, 16, False, 1 + k * 0.25, -1024))
        files[scan.path(k)] = own.write(k)
        shown.append(own.format.to_hu(own.stored(k)))
    item.add(files).opens(scan, hu=np.stack(shown))
    for bits, first in ((16, 0), (16, 100), (12, 0)):
        item = corpus.item(f"modality-lut-{bits}-bits-from-{first}")
        scan = stack(item.rng, texture, count=5)
        # By the table the first stored value stands for -1024 HU, of 12 bits for 0; no slope says so.
        table = np.arange(0, 2600, dtype=np.int32) - (1024 if bits == 16 else 0)
        data = (table & 0xFFFF).astype("<u2")
        lut = {
            0x00283002: ("SS", [len(table), first, bits]),
            0x00283004: ("LO", "HU"),
            0x00283006: ("OW", data.tobytes()),
        }
        stored = [(scan.hu[k].astype(int) + 1024 + first).astype("<u2") for k in range(5)]
        files = {
            scan.path(k): scan.write(
                k,
                EXPLICIT,
                {
                    0x00281052: None,
                    0x00281053: None,
                    0x00283000: ("SQ", [lut]),
                    PIXEL_DATA: ("OW", stored[k].tobytes()),
                },
            )
            for k in range(5)
        }
        item.add(files)
        if bits == 16:
            # Signed entries, unsigned pixels: how the table is meant is not certain; right HU or a word by name.
            item.opens(scan, damaged=range(5), optional=True).tells(*item.files, any_name=True, optional=True)
        else:
            item.opens(scan, hu=(scan.hu.astype(int) + 1024).astype(np.int16), quiet=False)
    item = corpus.item("monochrome1")
    scan = stack(item.rng, texture, count=5)
    item.add(scan.plain(edit={0x00280004: ("CS", "MONOCHROME1")})).opens(scan)
    item = corpus.item("no-rescale-signed")
    scan = stack(item.rng, texture, count=5, format=Format(16, 16, True, 1, 0))
    item.add(scan.plain(edit={0x00281052: None, 0x00281053: None})).opens(scan, quiet=False).tells(
        *item.files, any_name=True, says="rescale"
    )
    item = corpus.item("slope-zero")
    scan = stack(item.rng, texture, count=5)
    item.add(scan.plain(edit={0x00281053: ("DS", "0")})).opens(
        scan, damaged=range(5), optional=True, quiet=False
    ).tells(*item.files, any_name=True)
    item = corpus.item("slope-text")
    scan = stack(item.rng, texture, count=5)
    item.add(scan.plain(edit={0x00281053: ("DS", "one")})).opens(
        scan, damaged=range(5), optional=True, quiet=False
    ).tells(*item.files, any_name=True)
