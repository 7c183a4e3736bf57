"""A pack's case library into a Milvus collection, for an archive that outgrows one machine.

python -m scripts.fill_milvus --pack PACK --milvus http://HOST:19530 --collection archive [--index HNSW]
python -m scripts.fill_milvus --pack PACK --milvus archive.db --collection archive
The second writes a file of Milvus Lite. A cluster's token is read from VOXCT_MILVUS_TOKEN. Prints what
models/packs.json of the site needs.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from voxct.corpora.progress import Progress
from voxct.library.case_store import StoreAway
from voxct.library.encoder import read_manifest
from voxct.library.graphs_hash import hash_graphs
from voxct.library.milvus_store import INDEXES, fill_collection


@dataclass(frozen=True)
class Config:
    pack: Path
    milvus: str
    collection: str
    index: str = "FLAT"
    replace: bool = False


def main(config: Config) -> int:
    """Gives the number of cases."""
    manifest = read_manifest(config.pack)
    count = manifest["library"].get("table", {}).get("count", len(manifest["library"]["cases"]))
    progress = Progress("cases", count, 0)
    filled = fill_collection(
        config.milvus, config.collection, config.pack, config.index, config.replace,
        lambda rows: [progress.add() for _ in range(rows)] and None,
    )  # fmt: skip
    progress.show()
    entry = {"title": config.collection, "path": "library/search", "encoder": hash_graphs(manifest)}
    print(f"{filled} cases. In models/packs.json of the site:\n{json.dumps({'libraries': [entry]}, indent=2)}")
    return filled


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True, help="folder with manifest.json and a library")
    parser.add_argument("--milvus", required=True, help="address of a cluster, or a file that ends in .db")
    parser.add_argument("--collection", required=True)
    parser.add_argument("--index", choices=INDEXES, default="FLAT", help="FLAT is exact; HNSW from a million cases on")
    parser.add_argument("--replace", action="store_true", help="a collection of that name that is there already")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    try:
        main(parse_arguments())
    except (ValueError, FileNotFoundError, RuntimeError, StoreAway) as error:
        sys.exit(f"error: {error}")
