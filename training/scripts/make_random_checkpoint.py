"""A checkpoint of random weights with CT-CLIP's names and shapes, to try or test the export without the released file.

python -m scripts.make_random_checkpoint --out runs/random/CT-CLIP_v2.pt --full
"""

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.ctclip.config import FULL, REDUCED
from voxct.ctclip.random_checkpoint import BODIES, KINDS, Kind, make_checkpoint
from voxct.ctclip.random_vocabulary import write_vocabulary


@dataclass(frozen=True)
class Config:
    out: Path
    full: bool = False
    kind: Kind = "v2"
    seed: int = 0
    bodies: int = BODIES
    """Volumes whose tokens the codebook is fitted to."""


def main(config: Config) -> None:
    """With vocab.txt beside it. Full size: 1.77 GB, minutes on two cores (most of them for the codebook's tokens)."""
    sizes = FULL if config.full else REDUCED
    if config.kind == "v1" and config.full:
        raise SystemExit("version 1 at full size would be a matrix of 14.5 GB; leave out --full")
    started = time.monotonic()
    make_checkpoint(config.out, sizes, config.kind, config.seed, config.bodies)
    write_vocabulary(config.out.parent)
    size = config.out.stat().st_size / 1e6
    print(f"{config.out}: {config.kind}, {size:.0f} MB, {time.monotonic() - started:.0f} s", file=sys.stderr)


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", action="store_true", help="CT-CLIP's own sizes; otherwise 6 x 6 x 6 tokens of 64")
    parser.add_argument("--kind", choices=KINDS, default="v2")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bodies", type=int, default=BODIES, help="volumes behind the codebook")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
