"""Checks every volume of a copy of CT-RATE and keeps the CT encoder's inputs. Started again, it goes on where it was.

python -m scripts.prepare_ct_rate --root CT-RATE --cache CACHE --workers 16
CACHE/refused.jsonl names each file that can't be used, and why; training leaves them out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from voxct.corpora.cache import DIVISORS
from voxct.corpora.ct_input import ct_clip_spec
from voxct.corpora.ct_rate.listing import Entry, list_volumes
from voxct.corpora.ct_rate.source import VolumeSource
from voxct.corpora.progress import Progress
from voxct.corpora.refusals import Refusal, Refused, write_refusals
from voxct.ctclip.config import FULL


@dataclass(frozen=True)
class Config:
    root: Path
    cache: Path
    spec: dict
    kind: str = "int16"
    workers: int = 4


def main(config: Config) -> list[Refusal]:
    """Returns the refusals, those of the tables included."""
    listing = list_volumes(config.root)
    source = VolumeSource(config.spec, config.cache, config.kind)
    wanted = [entry for entry in listing.entries if not source.cache.has(str(entry.name))]
    progress = Progress("volumes", len(listing.entries), len(listing.entries) - len(wanted))
    refusals = list(listing.refusals)
    decisions: Counter[str] = Counter()
    for found in prepare_all(source, wanted, config.workers):
        is_refused = isinstance(found, Refusal)
        progress.add(is_refused)
        if is_refused:
            refusals.append(found)
            print(found, flush=True)
        else:
            decisions.update(found)
    progress.show()
    for decision, count in decisions.most_common():
        print(f"{count:,} volumes: {decision}", flush=True)
    write_refusals(config.cache / "refused.jsonl", refusals)
    return refusals


def prepare_all(source: VolumeSource, entries: list[Entry], workers: int) -> Iterator[Refusal | tuple[str, ...]]:
    """Of each volume that is in the cache now, what was decided while reading."""
    if workers == 0:
        yield from (prepare(source, entry) for entry in entries)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(prepare, [source] * len(entries), entries, chunksize=1)


def prepare(source: VolumeSource, entry: Entry) -> Refusal | tuple[str, ...]:
    try:
        return source.keep(entry)
    except Refused as refused:
        return Refusal(entry.path.name, str(refused))


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True, help="copy of CT-RATE")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--input", type=Path, help="JSON of the CT input (a manifest's ct.input) in place of CT-CLIP's")
    parser.add_argument("--kind", choices=tuple(DIVISORS), default="int16", help="111 MB a volume; int8: 55 MB")
    parser.add_argument("--workers", type=int, default=4)
    given = parser.parse_args()
    spec = json.loads(given.input.read_text()) if given.input else ct_clip_spec(FULL.shape, FULL.spacing_mm)
    return Config(given.root, given.cache, spec, given.kind, given.workers)


if __name__ == "__main__":
    main(parse_arguments())
