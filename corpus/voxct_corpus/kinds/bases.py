"""What the fuzzer changes: sound scans of one size, so that any frame could stand for any other."""

import gzip

from ..codecs import BY_NAME
from ..corpus import Corpus, kind
from ..elements import EXPLICIT
from ..scan import Format, stack
from ..source import texture
from .compressed import DEPTHS, enhanced, lossy_format, one_file
from .nifti import placed, write

SIZE = {"columns": 40, "rows": 30, "count": 5}
FRAMES = ("rle", "jpeg-lossless-sv1", "jpeg-lossless-6", "jpeg-ls", "jpeg-ls-near-2", "j2k-lossless", "j2k-lossy",
          "htj2k-lossless", "htj2k-lossy", "jpeg-baseline", "jpeg-extended", "jpeg-progressive", "jpeg-xl-lossless",
)  # fmt: skip


@kind("7 bases of the fuzzer")
def bases(corpus: Corpus) -> None:
    for name in FRAMES:
        codec = BY_NAME[name]
        item = corpus.item(f"base-{name}")
        scan = stack(item.rng, texture, format=DEPTHS[max(codec.bits), False], **SIZE)
        item.add(scan.compressed(codec)).opens(scan, codec)
    for name in ("j2k-lossless", "htj2k-lossless", "rle"):
        codec = BY_NAME[name]
        item = corpus.item(f"base-{name}-signed")
        scan = stack(item.rng, texture, format=lossy_format(codec, 16, True), **SIZE)
        item.add(scan.compressed(codec)).opens(scan, codec)
    for name in ("j2k-lossless", "jpeg-ls", "rle", "htj2k-lossless"):
        codec = BY_NAME[name]
        item = corpus.item(f"base-{name}-one-file")
        scan = stack(item.rng, texture, **SIZE)
        item.add(enhanced(scan, codec, offsets=True)).opens(one_file(scan), codec)
    for name, fmt in {"u16": Format(), "s16": Format(16, 16, True, 1, 0), "u8": DEPTHS[8, False]}.items():
        item = corpus.item(f"base-plain-{name}")
        scan = stack(item.rng, texture, format=fmt, **SIZE)
        item.add(scan.plain(EXPLICIT)).opens(scan)
    item = corpus.item("base-plain-one-file")
    scan = stack(item.rng, texture, **SIZE)
    item.add(enhanced(scan, None)).opens(one_file(scan))
    for packed in (False, True):
        item = corpus.item(f"base-nifti{'-gz' if packed else ''}")
        scan = placed(item.rng, (-1, 0, 0), (0, -1, 0), columns=40, rows=30, count=5)
        path = f"scan/a.nii{'.gz' if packed else ''}"
        scan = scan.but(name=lambda _k, path=path: path.split("/")[1])
        content = write(scan, scan.hu)
        item.add({path: gzip.compress(content) if packed else content}).opens(scan, hu=scan.hu)
