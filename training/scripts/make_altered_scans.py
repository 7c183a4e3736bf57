"""Scans, and copies of them as other reconstructions might look: NIfTI files for evaluate_similar.

python -m scripts.make_altered_scans --scans SCANS… --out ARCHIVE [--any-body]
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


@dataclass(frozen=True)
class Config:
    scans: tuple[Path, ...]
    out: Path
    any_body: bool = False
    """Take what is no chest, too."""


def main(config: Config) -> int:
    """Gives the number of scans that were written."""
    config.out.mkdir(parents=True, exist_ok=True)
    written, refusals = 0, []
    for case in [case for place in config.scans for case in list_place(place)]:
        try:
            write_copies(case, read_body(case) if config.any_body else read_case(case), config.out)
            written += 1
        except Refused as refused:
            refusals.append(Refusal(case.id, str(refused)))
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    return written


def list_place(place: Path) -> list[Case]:
    """Cases of a folder, or one NIfTI file."""
    return [to_nifti_case(place.parent, place)] if place.is_file() else list_cases(place)[0]


def write_copies(case: Case, volume: HuVolume, out: Path) -> None:
    name = case.id.replace("/", "_")
    write_scan(volume, out / f"{name}--original.nii.gz")
    for number, (kind, alter) in enumerate(ALTERATIONS.items()):
        write_scan(alter(volume, np.random.default_rng(SEED + number)), out / f"{name}--{kind}.nii.gz")
    print(f"{name}: {len(ALTERATIONS)} copies", file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=Path, nargs="+", required=True, help="folders and NIfTI files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-body", action="store_true", help="take what is no chest, too")
    main(Config(**vars(parser.parse_args())))
