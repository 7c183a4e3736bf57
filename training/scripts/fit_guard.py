"""Fits a bundled pack's guard with room between phantoms and everything else, and prints both error rates.

    npx tsx phantom/cli.ts volumes --split train --from 0 --count 300 --out DATA/train --path direct
    for s in validation internal external; do
      npx tsx phantom/cli.ts volumes --split $s --from 0 --count 80 --out DATA/scans --path scan
    done
    python scripts/fit_guard.py --pack ../public/models/phantom-mini --train DATA/train --scans DATA/scans \\
        --real ../../shared/data --write

Own cases: train phantoms, plain and as another scanner might show them; the limit from validation, likewise. Strangers:
train phantoms spoilt and cut otherwise, and real scans plain, altered and cut otherwise. What is printed: how many
phantoms of both tests are refused, and of each kind of stranger (internal phantoms, which the fit has not seen) how
many pass; each real scan once more with a fit that has not seen it. The rule that every file of a scanner is foreign to
a pack of phantoms is not counted. Without --write nothing changes.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from voxct.corpora.ct_input import to_input
from voxct.ct.guard import REGIONS, GuardStatistics, alter_scan, fit_guard_apart, to_region_means
from voxct.ct.real_scans import CHESTS, TORSOS, open_dicom, open_nifti
from voxct.ct.recuts import REAL_ALONE, RECUTS
from voxct.ct.session import CtSession
from voxct.ct.strangers import make_strangers
from voxct.data.chunks import load_split, to_model_input
from voxct.pack.figures import stamp_today, to_rows
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, find_contradictions
from voxct.pack.sections import build_out_of_distribution

ALTERED = ", altered"
TESTS = ("internal", "external")


@dataclass(frozen=True)
class Counts:
    """Of each split; altered copies of every real scan and of each of its cuts."""

    train: int = 300
    validation: int = 100
    tests: int = 80
    spoilt_train: int = 25
    spoilt_internal: int = 20
    real_copies: int = 12
    cut_copies: int = 2


@dataclass(frozen=True)
class Config:
    pack: Path
    train: Path
    scans: Path
    real: Path
    cache: Path | None = None
    """Region means of all volumes, kept between runs."""
    write: bool = False
    counts: Counts = Counts()


@dataclass(frozen=True)
class Encoded:
    """rows [n, d] of to_region_means; origin and kind of each: ("train", "plain"), ("real …", "apex, altered")."""

    rows: NDArray[np.float32]
    origin: NDArray[np.str_]
    kind: NDArray[np.str_]

    def take(self, origin: str, kind: str | None = None) -> NDArray[np.float32]:
        chosen = self.origin == origin
        return self.rows[chosen if kind is None else chosen & (self.kind == kind)]

    def strangers(self, without: str | None = None) -> dict[str, NDArray[np.float32]]:
        """What the fit sees, by kind; `without` leaves one real scan out."""
        real = np.char.startswith(self.origin, "real ") & (self.origin != without)
        base = np.char.replace(self.kind, ALTERED, "")
        named = np.where(real, np.char.add("real ", base), base)
        chosen = real | (self.origin == "train-strange")
        return {str(name): self.rows[chosen & (named == name)] for name in np.unique(named[chosen])}


def main(config: Config) -> dict:
    """Prints the error rates and returns them."""
    encoded = encode_all(config)
    guard = fit(encoded)
    report = measure(guard, encoded)
    report["leftOut"] = measure_left_out(encoded)
    print(to_text(report))
    if config.write:
        write(config.pack, guard, report)
    return report


def fit(encoded: Encoded, without: str | None = None) -> GuardStatistics:
    return fit_guard_apart(encoded.take("train"), encoded.take("validation"), encoded.strangers(without))


def encode_all(config: Config) -> Encoded:
    if config.cache is None or not config.cache.exists():
        names, rows = zip(*encode(config), strict=True)
        if config.cache is None:
            return to_encoded(np.stack(rows), np.array(names))
        np.savez(config.cache, rows=np.stack(rows), names=np.array(names))
    with np.load(config.cache) as stored:
        return to_encoded(stored["rows"], stored["names"].astype(str))


def to_encoded(rows: NDArray, names: NDArray) -> Encoded:
    parts = np.array([name.split("|") for name in names])
    return Encoded(rows, parts[:, 0], parts[:, 1])


def encode(config: Config) -> Iterator[tuple[str, NDArray[np.float32]]]:
    session = CtSession(config.pack)
    spec = json.loads((config.pack / "manifest.json").read_text(encoding="utf-8"))["ct"]["input"]
    for name, volume in list_volumes(config, spec):
        tokens = session.encode(np.ascontiguousarray(volume, np.float32))[0]
        yield name, to_region_means(tokens, REGIONS)


def list_volumes(config: Config, spec: dict) -> Iterator[tuple[str, NDArray[np.float32]]]:
    counts, source = config.counts, np.random.default_rng(7)
    for split, folder, count in (
        ("train", config.train, counts.train),
        ("validation", config.scans, counts.validation),
        *((split, config.scans, counts.tests) for split in TESTS),
    ):
        for volume in load_volumes(folder, split, count):
            yield f"{split}|plain", volume
            yield f"{split}|altered", alter_scan(volume, source)
    for split, folder, count in (
        ("train", config.train, counts.spoilt_train),
        ("internal", config.scans, counts.spoilt_internal),
    ):
        for volume in load_volumes(folder, split, count):
            for kind, stranger in make_strangers(volume, source).items():
                yield f"{split}-strange|{kind}", stranger
            for kind, cut in RECUTS.items():
                hu, spacing = cut(1000 * volume[0, 0], tuple(spec["spacingMm"]))
                yield f"{split}-strange|{kind}", to_input(hu, spacing, spec)[None, None]
    yield from list_real(config, spec, source)


def load_volumes(folder: Path, split: str, count: int) -> Iterator[NDArray[np.float32]]:
    rows = ((chunk, row) for chunk in load_split(folder, split) for row in range(len(chunk.cases)))
    for (chunk, row), _ in zip(rows, range(count), strict=False):
        yield to_model_input(np.asarray(chunk.volumes[row : row + 1]))


def list_real(config: Config, spec: dict, source: np.random.Generator) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for name in (*CHESTS, *TORSOS):
        path = config.real / name
        hu, spacing = open_dicom(path) if path.is_dir() else open_nifti(path)
        plain = to_input(hu, spacing, spec)[None, None]
        yield f"real {name}|plain", plain
        for _ in range(config.counts.real_copies):
            yield f"real {name}|plain{ALTERED}", alter_scan(plain, source)
        for kind, cut in {**RECUTS, **REAL_ALONE}.items():
            made = to_input(*cut(hu, tuple(spacing)), spec)[None, None]
            yield f"real {name}|{kind}", made
            for _ in range(config.counts.cut_copies):
                yield f"real {name}|{kind}{ALTERED}", alter_scan(made, source)


def measure(guard: GuardStatistics, encoded: Encoded) -> dict:
    own = {
        f"{split}, {kind}": rate(guard, encoded.take(split, kind))
        for split in ("validation", *TESTS)
        for kind in ("plain", "altered")
    }
    kinds = np.unique(encoded.kind[encoded.origin == "internal-strange"])
    strangers = {str(kind): encoded.take("internal-strange", kind) for kind in kinds}
    real = np.unique(encoded.origin[np.char.startswith(encoded.origin, "real ")])
    strangers |= {str(name): encoded.take(name) for name in real}
    tests = np.concatenate([guard.distance(encoded.take(split)) for split in TESTS])
    return {
        "limit": guard.limit,
        "own": own,
        "tests": len(tests),
        "strangers": {
            kind: rate(guard, rows) | {"auroc": auroc(tests, guard.distance(rows))} for kind, rows in strangers.items()
        },
    }


def rate(guard: GuardStatistics, rows: NDArray) -> dict:
    """nearest: smallest distance in limits."""
    distances = guard.distance(rows)
    flagged = float((distances > guard.limit).mean())
    return {"n": len(rows), "flagged": flagged, "nearest": float(distances.min() / guard.limit)}


def auroc(own: NDArray, other: NDArray) -> float:
    return float(roc_auc_score(np.repeat([0, 1], [len(own), len(other)]), np.concatenate([own, other])))


def measure_left_out(encoded: Encoded) -> dict:
    """Each real scan, with its copies and cuts, by a fit that has not seen it."""
    real = np.unique(encoded.origin[np.char.startswith(encoded.origin, "real ")])
    return {str(name): rate(fit(encoded, str(name)), encoded.take(str(name))) for name in real}


def to_text(report: dict) -> str:
    lines = [f"limit {report['limit']:.2f}", "", "| phantoms | N | refused |", "|---|---|---|"]
    lines += [f"| {name} | {row['n']} | {row['flagged']:.1%} |" for name, row in report["own"].items()]
    for title, part in (("strangers", "strangers"), ("real scans, each left out of the fit", "leftOut")):
        lines += ["", f"| {title} | N | passed | nearest, in limits |", "|---|---|---|---|"]
        lines += [
            f"| {name} | {row['n']} | {1 - row['flagged']:.1%} | {row['nearest']:.2f} |"
            for name, row in report[part].items()
        ]
    return "\n".join(lines)


def write(pack: Path, guard: GuardStatistics, report: dict) -> None:
    """Statistics, manifest and the card's figures of the guard."""
    path = pack / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outOfDistribution"] = build_out_of_distribution(PackFolder(pack), guard)
    stamp = stamp_today(f"python scripts/fit_guard.py --pack ../public/models/{pack.name}")
    figures = [
        stamp.figure(f"Guard: AUROC, phantoms against '{kind}'", "phantoms of both tests", report["tests"] + row["n"],
                     row["auroc"], 0.5)
        for kind, row in report["strangers"].items()
    ]  # fmt: skip
    others = [row for row in manifest["evaluation"] if not row["name"].startswith("Guard:")]
    manifest["evaluation"] = others + to_rows(figures)
    wrong = find_contradictions(manifest) + check_files(manifest, pack)
    if wrong:
        raise ValueError("the pack contradicts itself: " + "; ".join(wrong))
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    write_card_rows(pack / "README.md", manifest)


def write_card_rows(card: Path, manifest: dict) -> None:
    """The card's table, its rows of the guard replaced where the first one stood."""
    lines = card.read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("| Guard:"))
    rows = [
        f"| {row['name']} | {row['split']} | {row['n']} | {row['value']:.3f} | – | {row['chance']:.3f} |"
        for row in manifest["evaluation"]
        if row["name"].startswith("Guard:")
    ]
    kept = [line for line in lines if not line.startswith("| Guard:")]
    card.write_text("\n".join(kept[:first] + rows + kept[first:]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pack", "train", "scans", "real"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="region means of all volumes, kept between runs (.npz)")
    parser.add_argument("--write", action="store_true", help="into the pack")
    main(Config(**vars(parser.parse_args())))
