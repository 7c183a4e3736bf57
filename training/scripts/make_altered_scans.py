"""Scans, and copies of them as other reconstructions might look: NIfTI files for evaluate_similar.

python -m scripts.make_altered_scans --scans SCANS… --out ARCHIVE [--any-body] [--kinds original,cropped]
A copy is named <scan>--<alteration>.nii.gz, the scan itself <scan>--original.nii.gz. Bad files are named and left.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scripts.embed_features import read_body
from voxct.astra.altered import ALTERATIONS, write_scan
from voxct.corpora.refusals import Refusal, Refused
from voxct.corpora.volumes import HuVolume
from voxct.library.archive import Case, list_cases, read_case, to_nifti_case

SEED = 1
ORIGINAL = "original"
KINDS = (ORIGINAL, *ALTERATIONS)


@dataclass(frozen=True)
class Config:
    scans: tuple[Path, ...]
    out: Path
    any_body: bool = False
    """Take what is no chest, too."""
    kinds: tuple[str, ...] = KINDS


def main(config: Config) -> int:
    """Gives the number of scans that were written."""
    config.out.mkdir(parents=True, exist_ok=True)
    written, refusals = 0, []
    for case in [case for place in config.scans for case in list_place(place)]:
        try:
            write_copies(case, read_body(case) if config.any_body else read_case(case), config)
            written += 1
        except Refused as refused:
            refusals.append(Refusal(case.id, str(refused)))
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    return written


def list_place(place: Path) -> list[Case]:
    """Cases of a folder, or one NIfTI file."""
    return [to_nifti_case(place.parent, place)] if place.is_file() else list_cases(place)[0]


def write_copies(case: Case, volume: HuVolume, config: Config) -> None:
    """Copies that are there already stay."""
    name = case.id.replace("/", "_")
    for number, kind in enumerate(KINDS, start=-1):
        path = config.out / f"{name}--{kind}.nii.gz"
        if kind in config.kinds and not path.exists():
            made = volume if kind == ORIGINAL else ALTERATIONS[kind](volume, np.random.default_rng(SEED + number))
            write_scan(made, path)
    print(f"{name}: {len(config.kinds)} files", file=sys.stderr, flush=True)


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=Path, nargs="+", required=True, help="folders and NIfTI files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-body", action="store_true", help="take what is no chest, too")
    parser.add_argument("--kinds", default=",".join(KINDS), help=f"of {', '.join(KINDS)}")
    given = vars(parser.parse_args())
    given["kinds"] = tuple(given["kinds"].split(","))
    unknown = set(given["kinds"]) - set(KINDS)
    if unknown:
        parser.error(f"unknown kinds: {', '.join(sorted(unknown))}")
    return Config(**given)


if __name__ == "__main__":
    main(parse_arguments())
