"""Items of the corpus: files and what must become of them."""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

from .codecs import Codec
from .scan import Scan

"""Words that would be a false alarm for a scan that is whole."""
FALSE_ALARMS = (
    "missing-slices",
    "slices-not-decoded",
    "hu-scale-suspect",
    "sides-mirrored",
    "irregular-spacing",
    "duplicate-slices",
)


class Item:
    def __init__(self, item_id: str, kind: str, folder: Path, rng: np.random.Generator) -> None:
        self.id, self.kind, self.folder, self.rng = item_id, kind, folder, rng
        self.files: dict[str, bytes] = {}
        self.scans: list[dict] = []
        self.told: list[dict] = []
        self.not_told: set[str] = set()
        self.recordings: list[str] = []
        self._hu: list[np.ndarray] = []

    def add(self, files: Mapping[str, bytes]) -> "Item":
        overlap = self.files.keys() & files.keys()
        assert not overlap, f"{self.id}: {overlap}"
        self.files.update(files)
        return self

    def opens(
        self,
        scan: Scan,
        codec: Codec | None = None,
        *,
        hu: np.ndarray | None = None,
        tolerance: int | None = None,
        damaged: Iterable[int] = (),
        unknowable: Iterable[int] = (),
        layers: int | None = None,
        resampled: str | None = None,
        title: str | None = None,
        optional: bool = False,
        quiet: bool = True,
    ) -> "Item":
        """
        This scan opens. `damaged` slices are shown right or are missing and named; `unknowable` ones (the damage leaves
        a legal frame) show anything but another slice. `layers`: how many the volume has, if not one a slice.
        `resampled`: "between" where there are interpolated layers between the slices, "tilt" where slices are
        straightened. `optional`: may be refused by name instead.
        """
        shown = scan.shown(codec) if hu is None else hu
        if tolerance is None:
            tolerance = round(max(1, abs(scan.format.slope))) if codec and codec.decode else 0
        damaged, unknowable = sorted(damaged), sorted(unknowable)
        start = sum(part.size for part in self._hu)
        self._hu.append(shown.astype("<i2"))
        self.scans.append(
            {
                "columns": shown.shape[2],
                "rows": shown.shape[1],
                "spacingMm": [float(mm) for mm in scan.spacing],
                "rowLps": [float(n) for n in scan.row],
                "columnLps": [float(n) for n in scan.column],
                "originsLpsMm": [[float(mm) for mm in origin] for origin in scan.origins],
                "huStart": start,
                "toleranceHu": tolerance,
                "damaged": damaged,
                "unknowable": unknowable,
                "files": [scan.path(k) for k in range(len(shown))],
                "layers": layers,
                "resampled": resampled,
                "title": title,
                "optional": optional,
            }
        )
        if quiet and not damaged and not unknowable:
            self.not_told.update(FALSE_ALARMS)
        return self

    def tells(self, *names: str, says: str = "", any_name: bool = False, optional: bool = False) -> "Item":
        """One notice or refusal names these files and says (a regular expression) what is wrong."""
        self.told.append({"names": list(names), "says": says, "anyName": any_name, "optional": optional})
        return self

    def refused(self, *names: str, says: str = "") -> "Item":
        """Nothing opens; the files are named with the reason."""
        return self.tells(*names, says=says)

    def save(self) -> dict:
        root = self.folder / self.id
        for path, content in self.files.items():
            target = root / "files" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        hu = b"".join(part.tobytes() for part in self._hu)
        (root / "hu.i16").write_bytes(hu)
        told_codes = "|".join(entry["says"] for entry in self.told)
        expectation = {
            "id": self.id,
            "kind": self.kind,
            "files": sorted(self.files),
            "expect": "opens" if self.scans else "sound" if self.recordings else "refused",
            "scans": self.scans,
            "told": self.told,
            "notTold": sorted(code for code in self.not_told if code not in told_codes),
            "recordings": self.recordings,
        }
        (root / "expectation.json").write_text(json.dumps(expectation, indent=1) + "\n")
        return expectation


Maker = Callable[["Corpus"], None]
MAKERS: list[tuple[str, Maker]] = []


def kind(name: str) -> Callable[[Maker], Maker]:
    """Registers what makes the items of a kind; kinds bear the numbers of the chapters of docs/FORMATS.md's lists."""

    def register(maker: Maker) -> Maker:
        MAKERS.append((name, maker))
        return maker

    return register


class Corpus:
    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.kind = ""
        self.items: list[Item] = []
        self._ids: set[str] = set()

    def item(self, item_id: str) -> Item:
        """A new item with random numbers of its own, so that adding one changes no other."""
        assert item_id not in self._ids, item_id
        self._ids.add(item_id)
        rng = np.random.default_rng([self.seed, zlib.crc32(item_id.encode())])
        made = Item(item_id, self.kind, self.folder, rng)
        self.items.append(made)
        return made

    def make(self, kinds: str | None = None) -> list[dict]:
        saved = []
        for name, maker in MAKERS:
            if kinds and kinds not in name:
                continue
            self.kind = name
            first = len(self.items)
            maker(self)
            saved += [item.save() for item in self.items[first:]]
        return saved
