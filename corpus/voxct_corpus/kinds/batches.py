"""
Many syntaxes in one series: each slice is written in another, so that a few drops take every decoder of a browser
through all that it must read. Pixels and steps of 2 mm: a position that is read to 0.1 mm tells the voxel.
"""

import numpy as np

from ..codecs import BY_NAME, LOSSLESS, LOSSY, Codec
from ..corpus import Corpus, Item, kind
from ..scan import Format, Scan, stack
from ..source import texture
from .compressed import DEPTHS, lossy_format, top
from .damaged import DAMAGED

Slice = tuple[Codec, Format]


def series(item: Item, slices: list[Slice]) -> tuple[Scan, list[Scan], np.ndarray]:
    """The scan, each slice as a scan of its own format, and what is shown."""
    scan = stack(item.rng, texture, count=len(slices)).but(spacing=(2.0, 2.0))
    # Slices at even millimetres, so that a position names one of them.
    scan = scan.but(origins=np.round(scan.origins))
    own = []
    for k, (codec, fmt) in enumerate(slices):
        one = scan.take([k]).but(format=fmt)
        if fmt.signed and not codec.knows_sign and codec.decode:
            one = one.but(hu=np.clip(one.hu, -1000, fmt.intercept + fmt.slope * top(fmt.bits)).astype(np.int16))
        own.append(one)
    shown = np.concatenate([one.shown(codec) for one, (codec, _) in zip(own, slices, strict=True)])
    return scan, own, shown


def write(item: Item, slices: list[Slice], tolerance: int, damaged: tuple[int, ...] = ()) -> None:
    scan, own, shown = series(item, slices)
    files = {}
    for k, (codec, _) in enumerate(slices):
        frame = own[k].frame(0, codec)
        edit = {tag: scan.header(k)[tag] for tag in (0x00080018, 0x00200013)}
        damage = frame[: len(frame) * 3 // 5] if k in damaged else frame
        files[scan.path(k)] = own[k].write_frame(0, codec, damage, edit)
    item.add(files).opens(scan, hu=shown, tolerance=tolerance, damaged=damaged)


@kind("8 many syntaxes in one series")
def batches(corpus: Corpus) -> None:
    every = [(codec, DEPTHS[depth]) for codec in LOSSLESS for depth in DEPTHS if depth[0] in codec.bits]
    write(corpus.item("batch-lossless"), every, 0)
    for bits, tolerance in (((12, 16), 1), ((8,), 10)):
        lossy = [
            (codec, lossy_format(codec, depth, signed))
            for codec in LOSSY
            for depth in codec.bits
            if depth in bits
            for signed in (False, True)
        ]
        # Slopes of one item are equal: its tolerance is one stored unit.
        kept = [(codec, fmt) for codec, fmt in lossy if fmt.slope == tolerance]
        write(corpus.item(f"batch-lossy-{'-'.join(str(n) for n in bits)}"), kept, tolerance)
    pairs = [(BY_NAME[name], DEPTHS[max(BY_NAME[name].bits), False]) for name in DAMAGED]
    alternating = [pair for pair in pairs if pair[0].decode is None for _ in range(2)]
    write(corpus.item("batch-damaged"), alternating, 0, tuple(range(1, len(alternating), 2)))
