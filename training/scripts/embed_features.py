"""Scans -> features of an encoder's whole graph (pack/feature_store.py). Stopped and started again it goes on.

python -m scripts.embed_features --onnx astra-whole-fp32.onnx --phantoms internal:0:400 --out FEATURES
python -m scripts.embed_features --onnx astra-whole-fp32.onnx --archive SCANS --out FEATURES
Phantoms are drawn by `npx tsx phantom/cli.ts scans`, a few at a time, and not kept; their lines have labels and report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime

from voxct.corpora.area_input import area_spec
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.nifti import read_nifti
from voxct.corpora.progress import Progress
from voxct.corpora.refusals import Refusal, Refused
from voxct.corpora.volumes import HuVolume
from voxct.library.archive import list_cases, read_case
from voxct.pack.feature_store import FeatureStore

REPOSITORY = Path(__file__).resolve().parents[2]
DRAWN_AT_ONCE = 5
BASES = {"train": 1_000_000, "validation": 2_000_000, "internal": 3_000_000, "library": 4_000_000,
         "external": 5_000_000}  # fmt: skip
"""Of phantom/splits.ts."""


@dataclass(frozen=True)
class Config:
    onnx: Path
    out: Path
    archive: Path | None = None
    phantoms: str | None = None
    """split:from:count"""
    no_tokens: bool = False
    threads: int = 1


class WholeGraph:
    """`volume` f32[1, 1, S, R, A] -> `tokens` f32[1, …grid, D]."""

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = False
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.spec = area_spec(tuple(self.session.get_inputs()[0].shape[2:]))
        with path.open("rb") as file:
            self.model = {"trunk": sha256(file.read()).hexdigest(), "input": self.spec}

    def encode(self, volume: HuVolume) -> np.ndarray:
        """[S, R, A, D]. Raises Refused."""
        tokens = self.session.run(None, {"volume": prepare_input(volume, self.spec)[None, None]})[0][0]
        if not np.isfinite(tokens).all():
            raise Refused("has features that are no numbers")
        return tokens


def main(config: Config) -> None:
    graph = WholeGraph(config.onnx, config.threads)
    store = FeatureStore(config.out, graph.model, not config.no_tokens)
    source = draw_phantoms(config.phantoms, store.ids) if config.phantoms else read_archive(config.archive, store.ids)
    count, scans = source
    progress = Progress("scans", count, min(count, len(store.ids)))
    for line, scan in scans:
        try:
            store.add(line, graph.encode(scan() if callable(scan) else scan))
            progress.add()
        except Refused as refused:
            print(Refusal(line["id"], str(refused)), file=sys.stderr, flush=True)
            progress.add(refused=True)
    progress.show()


def read_archive(root: Path, done: set[str]) -> tuple[int, Iterator]:
    cases, refusals = list_cases(root)
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    new = [case for case in cases if case.id not in done]
    lines = ({"id": case.id, "file": case.path.relative_to(root).as_posix(), "scan": case.scan} for case in new)
    return len(cases), zip(lines, ((lambda case=case: read_case(case)) for case in new), strict=True)


def draw_phantoms(text: str, done: set[str]) -> tuple[int, Iterator]:
    split, start, count = text.split(":")
    seeds = range(BASES[split] + int(start), BASES[split] + int(start) + int(count))
    return len(seeds), iterate_phantoms(split, [seed for seed in seeds if f"phantom-{seed}" not in done])


def iterate_phantoms(split: str, seeds: list[int]) -> Iterator:
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
                yield describe_phantom(stem), read_nifti(stem.with_suffix(".nii")).volume


def describe_phantom(stem: Path) -> dict:
    case = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    kept = {key: case[key] for key in ("seed", "split", "labels", "report", "findings", "sentences")}
    return {"id": stem.name, **kept}


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onnx", type=Path, required=True, help="the trunk as one graph")
    parser.add_argument("--out", type=Path, required=True)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--archive", type=Path, help="NIfTI files, DICOM folders, or CT-RATE")
    source.add_argument("--phantoms", help="split:from:count, e.g. internal:0:400")
    parser.add_argument("--no-tokens", action="store_true", help="keep the mean tokens alone: 2 MB less a scan")
    parser.add_argument("--threads", type=int, default=1)
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
