"""UIDs that are missing, shared or worn by every slice, and series that fail beside ones that do not."""

import numpy as np

from ..codecs import BY_NAME
from ..corpus import Corpus, kind
from ..scan import stack
from ..source import texture

SOP, SERIES, STUDY = 0x00080018, 0x0020000E, 0x0020000D


@kind("2.4 UIDs that fail")
def uids(corpus: Corpus) -> None:
    edits = {
        "one-sop-for-all": {SOP: ("UI", "1.2.3")},
        "no-sop": {SOP: None},
        "empty-sop": {SOP: ("UI", "")},
        "no-series": {SERIES: None},
        "no-series-no-sop": {SERIES: None, SOP: None},
        "no-study": {STUDY: None},
        "no-uids-at-all": {SERIES: None, SOP: None, STUDY: None, 0x00200052: None},
        "one-sop-no-series": {SERIES: None, SOP: ("UI", "1.2.3")},
    }
    for name, edit in edits.items():
        item = corpus.item(f"uid-{name}")
        scan = stack(item.rng, texture, count=8)
        item.add(scan.plain(edit=edit)).opens(scan)
    for name, tag in {"series": SERIES, "frame-of-reference": 0x00200052, "study": STUDY}.items():
        item = corpus.item(f"uid-{name}-of-its-own-a-slice")
        scan = stack(item.rng, texture, count=8)
        item.add({scan.path(k): scan.write(k, edit={tag: ("UI", f"1.2.77.{k}")}) for k in range(8)})
        item.opens(scan, quiet=name != "study", optional=name == "study")
        if name == "study":
            # A study a slice: each may be a flat image of its own.
            item.tells(*item.files, any_name=True, optional=True)
            for k in range(8):
                item.opens(scan.take([k]), optional=True, quiet=False)
    item = corpus.item("uid-same-sops-in-two-series")
    one = stack(item.rng, texture, count=8)
    other = stack(item.rng, texture, count=7, series_uid="1.2.826.0.1.9.2", folder="other", description="Chest B")
    item.add(one.plain()).opens(one)
    item.add({other.path(k): other.write(k, edit={SOP: ("UI", f"1.2.826.0.1.9.1.{k + 1}")}) for k in range(7)}).opens(
        other
    )
    item = corpus.item("uid-same-sops-and-places-in-two-series")
    one = stack(item.rng, texture, count=8)
    other = one.but(
        series_uid="1.2.826.0.1.9.2", folder="other", description="Chest B", hu=texture(item.rng, 32, 32, 8)
    )
    item.add(one.plain()).opens(one)
    item.add({other.path(k): other.write(k, edit={SOP: ("UI", f"1.2.826.0.1.9.1.{k + 1}")}) for k in range(8)}).opens(
        other
    )
    for name, edit in {
        "absent": {0x00080060: None},
        "empty": {0x00080060: ("CS", "")},
        "no-sop-class": {0x00080016: None},
        "lower-case": {0x00080060: ("CS", "ct")},
    }.items():
        item = corpus.item(f"modality-{name}")
        scan = stack(item.rng, texture, count=6)
        item.add(scan.plain(edit=edit)).opens(scan)


@kind("2.4 several patients and series in one drop")
def several(corpus: Corpus) -> None:
    item = corpus.item("one-series-uid-two-patients")
    one = stack(item.rng, texture, count=8)
    other = one.but(patient=("Roe^Richard", "P2"), folder="other", hu=texture(item.rng, 32, 32, 8))
    item.add(one.plain()).opens(one, quiet=False).add(other.plain()).opens(other, quiet=False)
    item.tells(*item.files, any_name=True, says="patients|studies")
    item = corpus.item("one-series-uid-two-patients-interleaved")
    whole = stack(item.rng, texture, count=16)
    one, other = whole.take(range(0, 16, 2)), whole.take(range(1, 16, 2)).but(patient=("Roe^Richard", "P2"))
    item.add(one.plain()).opens(one, quiet=False).add(other.plain()).opens(other, quiet=False)
    item.tells(*item.files, any_name=True, says="patients|studies")
    item = corpus.item("scout-in-the-series")
    scan = stack(item.rng, texture, count=6)
    scout = stack(item.rng, texture, count=1, folder="scout")
    item.add(scan.plain()).opens(scan)
    item.add(
        scout.plain(edit={0x00080008: ("CS", "ORIGINAL\\PRIMARY\\LOCALIZER"), 0x00200037: ("DS", "1\\0\\0\\0\\0\\-1")})
    )
    item = corpus.item("one-slice-of-other-size")
    scan = stack(item.rng, texture, count=6)
    odd = stack(item.rng, texture, count=1, columns=36, folder="odd")
    odd = odd.but(origins=scan.origins[-1:] + np.array([0, 0, 2.0]))
    item.add(scan.plain()).opens(scan).add(odd.plain()).tells(odd.path(0))
    item = corpus.item("one-slice-of-other-spacing")
    scan = stack(item.rng, texture, count=6)
    odd = scan.take([5]).but(spacing=(0.9, 0.9), folder="odd", origins=scan.origins[-1:] + np.array([0, 0, 2.0]))
    item.add(scan.plain()).opens(scan).add(odd.plain(edit={SOP: ("UI", "1.2.9")})).tells(odd.path(0))


@kind("2.6 the best series fails at load")
def fails_at_load(corpus: Corpus) -> None:
    for name in ("j2k-lossless", "jpeg-ls", "jpeg-lossless-sv1", "htj2k-lossless", "rle"):
        codec = BY_NAME[name]
        item = corpus.item(f"best-fails-{name}")
        best = stack(item.rng, texture, count=20, step=1.0, description="Thorax 1.0", folder="best")
        other = stack(item.rng, texture, count=8, step=3.0, description="Other", series_uid="1.2.826.0.1.9.2")
        item.add(best.compressed(codec, lambda _k, _frame: item.rng.bytes(120))).tells(*best.plain(), any_name=True)
        item.add(other.plain()).opens(other)
    item = corpus.item("best-has-unknown-syntax")
    best = stack(item.rng, texture, count=20, step=1.0, description="Thorax 1.0", folder="best")
    other = stack(item.rng, texture, count=8, step=3.0, description="Other", series_uid="1.2.826.0.1.9.2")
    item.add(best.plain(named="1.2.840.10008.1.2.4.102")).tells(*best.plain(), any_name=True)
    item.add(other.plain()).opens(other)
    assert np.all(other.hu >= -1024)
