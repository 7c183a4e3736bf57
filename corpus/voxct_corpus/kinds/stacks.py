"""Where slices lie: changes of spacing, gaps, tilts, slabs, odd vectors."""

import numpy as np

from ..corpus import Corpus, Item, kind
from ..elements import join
from ..scan import Scan, stack
from ..source import texture


def at_places(item: Item, places: list[float], **options) -> Scan:
    scan = stack(item.rng, texture, count=len(places), **options)
    start = scan.origins[0]
    return scan.but(origins=start + np.outer(np.array(places), [0, 0, 1]))


def steps_to_places(*runs: tuple[int, float]) -> list[float]:
    places = [0.0]
    for count, step in runs:
        for _ in range(count):
            places.append(round(places[-1] + step, 4))
    return places


CHANGES = {
    "2.5-then-5": steps_to_places((7, 2.5), (20, 5)),
    "5-then-2.5": steps_to_places((10, 5), (8, 2.5)),
    "1-2-1": steps_to_places((6, 1), (5, 2), (6, 1)),
    "1-then-3": steps_to_places((9, 1), (5, 3)),
    "one-stray": [0, 5, 10, 10.4, 15, 20],
    "1.25-then-5": steps_to_places((8, 1.25), (4, 5)),
    "2-then-3": steps_to_places((6, 2), (6, 3)),
    "0.625-then-1.25": steps_to_places((8, 0.625), (8, 1.25)),
    "shifted-half": [0, 2, 4, 6, 9, 11, 13, 15],
}


@kind("2.1 a change of spacing within a series")
def changes(corpus: Corpus) -> None:
    for name, places in CHANGES.items():
        item = corpus.item(f"spacing-{name}")
        scan = at_places(item, places)
        item.add(scan.plain()).opens(scan, resampled="between", quiet=False).tells(
            *item.files, any_name=True, says="apart|spacing|mm"
        )
        item.not_told.update(("missing-slices", "duplicate-slices"))


@kind("2.1 far apart")
def far(corpus: Corpus) -> None:
    item = corpus.item("spacing-0-1.25-150-205")
    scan = at_places(item, [0, 1.25, 150, 205])
    item.add(scan.plain()).opens(scan, resampled="between", optional=True, quiet=False).tells(
        *item.files, any_name=True
    )
    item = corpus.item("two-slabs-far-apart")
    scan = at_places(item, [*steps_to_places((6, 2)), *(200 + place for place in steps_to_places((6, 2)))])
    item.add(scan.plain()).opens(scan, resampled="between", optional=True, quiet=False).tells(
        *item.files, any_name=True
    )
    # As two volumes, one a slab, it is right as well.
    for part in (range(7), range(7, 14)):
        item.opens(scan.take(part), optional=True, quiet=False)


@kind("2.1 missing slices")
def gaps(corpus: Corpus) -> None:
    for name, lost in {
        "one": [7],
        "two-together": [7, 8],
        "two-apart": [4, 12],
        "many": [3, 4, 5, 9, 10, 14],
        "of-thirty": [11],
    }.items():
        item = corpus.item(f"gap-{name}")
        whole = stack(
            item.rng, texture, count=30 if name == "of-thirty" else 18, step=float(item.rng.choice([1, 1.5, 2.5]))
        )
        kept = [k for k in range(whole.count) if k not in lost]
        scan = whole.take(kept)
        item.add(scan.plain()).opens(scan, layers=whole.count, resampled="gaps", quiet=False)
        item.tells(scan.path(kept.index(lost[0] - 1)), says="missing")


@kind("2.2 no false alarm")
def jitter(corpus: Corpus) -> None:
    for name, amount in {"0.01": 0.01, "0.04": 0.04}.items():
        item = corpus.item(f"positions-rounded-{name}")
        scan = stack(item.rng, texture, count=12, step=2.5)
        origins = scan.origins.copy()
        origins[:, 2] += item.rng.uniform(-amount, amount, 12)
        item.add(scan.but(origins=np.round(origins, 3)).plain()).opens(scan)
    item = corpus.item("names-in-no-order")
    scan = stack(item.rng, texture, count=9)
    order = item.rng.permutation(9)
    scan = scan.but(name=lambda k: f"im{order[k]}")
    item.add(scan.plain()).opens(scan)
    item = corpus.item("head-first")
    scan = stack(item.rng, texture, count=8)
    item.add(scan.but(origins=scan.origins[::-1]).plain()).opens(scan.but(origins=scan.origins[::-1]))
    item = corpus.item("no-instance-numbers")
    scan = stack(item.rng, texture, count=8)
    item.add(scan.plain(edit={0x00200013: None})).opens(scan)
    item = corpus.item("copies-of-all")
    scan = stack(item.rng, texture, count=6)
    item.add(scan.plain()).add(scan.but(folder="copy").plain()).opens(scan)


def turned(scan: Scan, row: tuple, column: tuple, step: float = 2.0) -> Scan:
    row, column = (np.array(v, float) / np.linalg.norm(v) for v in (row, column))
    normal = np.cross(row, column)
    origins = scan.origins[0] + np.outer(np.arange(scan.count) * step, normal)
    return scan.but(row=tuple(row), column=tuple(column), origins=origins)


@kind("2.3 orientation")
def orientations(corpus: Corpus) -> None:
    for edge in (0.01, 0.03, 0.05, 0.25):
        item = corpus.item(f"tilt-alternates-around-{edge}")
        scan = stack(item.rng, texture, count=8)
        files = {}
        for k in range(8):
            tilt = edge - 0.0001 if k % 2 else edge + 0.0001
            # Half of the slices on each side of any edge of a bin.
            straight = (1, 0, 0, 0, float(np.sqrt(1 - tilt**2)), tilt)
            files[scan.path(k)] = scan.write(k, edit={0x00200037: ("DS", join(*straight))})
        tilted = scan.but(column=(0, float(np.sqrt(1 - edge**2)), edge))
        normal = np.cross(tilted.row, tilted.column)
        # Stacked along z: across the slices they lie step · cosine apart and drift by step · sine.
        item.add(files)
        if edge * 2.0 * 7 / 0.8 < 0.4:
            places = scan.origins @ normal
            tilted = tilted.but(origins=scan.origins[0] + np.outer(places - places[0], normal))
            item.opens(tilted, quiet=False)
        else:
            item.opens(tilted, resampled="tilt", quiet=False)
        item.not_told.update(("missing-slices", "series-of-several-scans"))
    for name, (row, column) in {
        "sagittal": ((0, 1, 0), (0, 0, -1)),
        "coronal": ((1, 0, 0), (0, 0, -1)),
        "feet-up": ((-1, 0, 0), (0, 1, 0)),
        "prone": ((-1, 0, 0), (0, -1, 0)),
        "oblique": ((1, 0.1, 0.05), (-0.1, 1, 0.2)),
    }.items():
        item = corpus.item(f"orientation-{name}")
        row, column = np.array(row, float), np.array(column, float)
        column = column - row * (row @ column) / (row @ row)
        scan = turned(stack(item.rng, texture, count=8, columns=34, rows=28), row, column)
        item.add(scan.plain()).opens(scan)
    for degrees in (5, 12, 20, -8):
        item = corpus.item(f"gantry-tilt-{degrees}")
        scan = stack(item.rng, texture, count=8, columns=34, rows=28)
        angle = np.radians(degrees)
        tilted = scan.but(column=(0, float(np.cos(angle)), float(np.sin(angle))))
        item.add(tilted.plain()).opens(tilted, resampled="tilt", quiet=False).tells(
            *item.files, any_name=True, says="tilt|slant"
        )


@kind("2.3 slabs that share a slice")
def slabs(corpus: Corpus) -> None:
    for name, content_differs in (("same", False), ("other-noise", True)):
        for by in ("acquisition", "none"):
            item = corpus.item(f"two-slabs-{name}-{by}")
            scan = stack(item.rng, texture, count=17, step=2.5)
            files = {}
            for k in range(17):
                number = "1" if k <= 8 else "2"
                files[scan.path(k)] = scan.write(k, edit={0x00200012: ("IS", number if by == "acquisition" else "1")})
            twin = scan.but(name=lambda _k: "twin.dcm")
            if content_differs:
                twin = twin.but(hu=(twin.hu + item.rng.integers(1, 9, twin.hu.shape)).astype(np.int16))
            number = "2" if by == "acquisition" else "1"
            edit = {0x00200012: ("IS", number), 0x00080018: ("UI", "1.2.826.0.1.9.1.99"), 0x00200013: ("IS", "99")}
            files[twin.path(8)] = twin.write(8, edit=edit)
            item.add(files).opens(scan, quiet=False)
            if content_differs:
                # Either of the two may be the one that is shown.
                hu = scan.hu.copy()
                hu[8] = twin.hu[8]
                item.opens(scan.but(hu=hu), quiet=False, optional=True)
                item.tells("twin.dcm", scan.path(8), any_name=True)
            item.not_told.add("missing-slices")


@kind("2.5 odd numbers and vectors")
def odd_numbers(corpus: Corpus) -> None:
    edits = {
        "spacing": lambda scan, k: {0x00280030: ("DS", "0,8\\0,7")},
        "position": lambda scan, k: {0x00200032: ("DS", join(*scan.origins[k]).replace(".", ","))},
        "slope": lambda scan, k: {0x00281053: ("DS", "1,0"), 0x00281052: ("DS", "-1024,0")},
        "orientation": lambda scan, k: {0x00200037: ("DS", "1,0\\0,0\\0,0\\0,0\\1,0\\0,0")},
    }
    for name, edit in edits.items():
        item = corpus.item(f"decimal-comma-{name}")
        scan = stack(item.rng, texture, count=6, step=1.25)
        item.add({scan.path(k): scan.write(k, edit=edit(scan, k)) for k in range(6)})
        # Read as a point, or left out by name; never cut at the comma.
        item.opens(scan, damaged=range(6), optional=True, quiet=False).tells(
            *item.files, any_name=True, says="comma|decimal|number"
        )
    item = corpus.item("decimal-comma-one-slice")
    scan = stack(item.rng, texture, count=8, step=1.25)
    files = scan.plain()
    files[scan.path(3)] = scan.write(3, edit=edits["position"](scan, 3))
    item.add(files).opens(scan, damaged=[3], quiet=False).tells(scan.path(3))
    for name, column in {"by-2-degrees": (0.035, 0.9994, 0), "by-10-degrees": (0.1736, 0.9848, 0)}.items():
        item = corpus.item(f"vectors-not-square-{name}")
        scan = stack(item.rng, texture, count=6)
        item.add(scan.plain(edit={0x00200037: ("DS", join(1, 0, 0, *column))}))
        item.opens(scan.but(column=column), resampled="skew", optional=True, quiet=False).tells(
            *item.files, any_name=True
        )
    for name, values in {
        "zero": "0\\0\\0\\0\\0\\0",
        "parallel": "1\\0\\0\\1\\0\\0",
        "five-values": "1\\0\\0\\0\\1",
        "text": "A\\B\\C\\D\\E\\F",
    }.items():
        item = corpus.item(f"vectors-{name}")
        scan = stack(item.rng, texture, count=6)
        item.add(scan.plain(edit={0x00200037: ("DS", values)})).refused(*item.files)
        item.told[-1]["anyName"] = True
    item = corpus.item("sideways-tilt-with-rim")
    scan = stack(item.rng, texture, count=8, columns=34, rows=28)
    angle = np.radians(9)
    tilted = scan.but(row=(float(np.cos(angle)), 0, float(np.sin(angle))))
    hu = tilted.hu.copy()
    hu[:, :, :3], hu[:, :, -3:] = 60, 60
    tilted = tilted.but(hu=hu)
    item.add(tilted.plain()).opens(tilted, resampled="tilt", quiet=False).tells(
        *item.files, any_name=True, says="tilt|slant"
    )
    for name, spacing in {"zero": "0\\0", "negative": "-0.8\\-0.7", "huge": "1e9\\1e9", "one-value": "0.8"}.items():
        item = corpus.item(f"pixel-spacing-{name}")
        scan = stack(item.rng, texture, count=6)
        item.add(scan.plain(edit={0x00280030: ("DS", spacing)})).refused(*item.files)
        item.told[-1]["anyName"] = True
