"""Scans -> what an encoder makes of them (pack/feature_store.py). Stopped and started again it goes on.

python -m scripts.embed_features --pack packs/astra --archive SCANS --out FEATURES
python -m scripts.embed_features --pack packs/astra --phantoms internal:0:400 --out FEATURES
Phantoms are drawn by `npx tsx phantom/cli.ts scans`, a few at a time, and not kept; their lines have labels and report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np

from voxct.astra.archive import to_line
from voxct.corpora.area_input import area_spec
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.dicom import read_series
from voxct.corpora.nifti import read_nifti
from voxct.corpora.progress import Progress
from voxct.corpora.refusals import Refusal, Refused
from voxct.corpora.volumes import HuVolume
from voxct.ctclip.session import StagedSession
from voxct.library.archive import Case, list_cases, read_case, to_nifti_case
from voxct.library.encoder import choose_variant, place_files, read_manifest
from voxct.onnx_session import open_session
from voxct.pack.feature_store import FeatureStore

REPOSITORY = Path(__file__).resolve().parents[2]
DRAWN_AT_ONCE = 5
BASES = {"train": 1_000_000, "validation": 2_000_000, "internal": 3_000_000, "library": 4_000_000,
         "external": 5_000_000}  # fmt: skip
"""Of phantom/splits.ts."""


@dataclass(frozen=True)
class Config:
    out: Path
    pack: Path | None = None
    onnx: Path | None = None
    """Astra's trunk as one graph, in the place of a pack."""
    archive: Path | None = None
    phantoms: str | None = None
    """split:from:count"""
    any_body: bool = False
    """Take what is no chest, too."""
    no_tokens: bool = False
    threads: int = 1


class WholeGraph:
    """`volume` f32[1, 1, S, R, A] -> `tokens` f32[1, …grid, D]."""

    def __init__(self, path: Path, threads: int) -> None:
        self.session = open_session(path, threads, keeps_arena=False)
        self.spec = area_spec(tuple(self.session.get_inputs()[0].shape[2:]))
        with path.open("rb") as file:
            self.model = {"trunk": sha256(file.read()).hexdigest(), "input": self.spec}

    def run(self, volume: np.ndarray) -> np.ndarray:
        return self.session.run(None, {"volume": volume})[0]


class PackGraphs:
    """The trunk of a pack, part by part."""

    def __init__(self, pack: Path, threads: int) -> None:
        manifest = read_manifest(pack)
        trunk, _ = choose_variant(manifest)
        self.spec = manifest["ct"]["input"]
        self.model = {"trunk": trunk["sha256"], "input": self.spec}
        self.run = StagedSession(pack, place_files(trunk, pack), None, threads).encode


def encode(graphs: WholeGraph | PackGraphs, volume: HuVolume) -> np.ndarray:
    """[S, R, A, D]. Raises Refused."""
    tokens = graphs.run(prepare_input(volume, graphs.spec)[None, None])[0]
    if not np.isfinite(tokens).all():
        raise Refused("has features that are no numbers")
    return tokens


def main(config: Config) -> None:
    graphs = PackGraphs(config.pack, config.threads) if config.pack else WholeGraph(config.onnx, config.threads)
    store = FeatureStore(config.out, graphs.model, not config.no_tokens)
    count, scans = draw_phantoms(config.phantoms, store.ids) if config.phantoms else read_archive(config, store.ids)
    progress = Progress("scans", count, min(count, len(store.ids)))
    for line, read in scans:
        try:
            store.add(line, encode(graphs, read()))
            progress.add()
        except Refused as refused:
            print(Refusal(line["id"], str(refused)), file=sys.stderr, flush=True)
            progress.add(refused=True)
    progress.show()


Scans = Iterator[tuple[dict, Callable[[], HuVolume]]]


def read_archive(config: Config, done: set[str]) -> tuple[int, Scans]:
    root, read = config.archive, read_body if config.any_body else read_case
    cases, refusals = list_cases(root)
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    new = [case for case in cases if case.id not in done]
    return len(cases), ((to_line(root, case), partial(read, case)) for case in new)


def read_body(case: Case) -> HuVolume:
    """In HU or not, a chest or not. Raises Refused."""
    return read_series(list(case.series)) if case.series else read_nifti(case.path).volume


def draw_phantoms(text: str, done: set[str]) -> tuple[int, Scans]:
    split, start, count = text.split(":")
    seeds = range(BASES[split] + int(start), BASES[split] + int(start) + int(count))
    return len(seeds), iterate_phantoms(split, [seed for seed in seeds if f"phantom-{seed}" not in done])


def iterate_phantoms(split: str, seeds: list[int]) -> Scans:
    for at in range(0, len(seeds), DRAWN_AT_ONCE):
        few = seeds[at : at + DRAWN_AT_ONCE]
        with tempfile.TemporaryDirectory() as folder:
            # Seeds that are to be done follow one another: a store is filled in their order.
            assert few[-1] - few[0] == len(few) - 1
            numbers = ["--split", split, "--from", str(few[0] - BASES[split]), "--count", str(len(few))]
            subprocess.run(
                ["npx", "tsx", "phantom/cli.ts", "scans", *numbers, "--out", folder], cwd=REPOSITORY, check=True
            )
            for seed in few:
                stem = Path(folder) / f"phantom-{seed}"
                yield describe_phantom(stem), partial(read_body, to_nifti_case(stem.parent, stem.with_suffix(".nii")))


def describe_phantom(stem: Path) -> dict:
    case = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    kept = {key: case[key] for key in ("seed", "split", "labels", "report", "findings", "sentences")}
    return {"id": stem.name, **kept}


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    encoder = parser.add_mutually_exclusive_group(required=True)
    encoder.add_argument("--pack", type=Path, help="folder with manifest.json")
    encoder.add_argument("--onnx", type=Path, help="Astra's trunk as one graph")
    parser.add_argument("--out", type=Path, required=True)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--archive", type=Path, help="NIfTI files, DICOM folders, or CT-RATE")
    source.add_argument("--phantoms", help="split:from:count, e.g. internal:0:400")
    parser.add_argument("--any-body", action="store_true", help="take what is no chest, too")
    parser.add_argument("--no-tokens", action="store_true", help="keep the mean tokens alone: 2 MB less a scan")
    parser.add_argument("--threads", type=int, default=1)
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
