"""The gateway between the app and a library on a server.

python -m scripts.serve_library --milvus http://HOST:19530 --collection archive --port 8791
python -m scripts.serve_library --pack PACK --port 8791
It answers POST /library/search with the cases nearest to an embedding, and nothing else. The site's web server passes
that address on to it (docs/ON-YOUR-ARCHIVE.md), so that the app asks its own origin; who may ask is that server's say.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from voxct.library.case_store import CaseStore, PackStore, StoreAway
from voxct.library.gateway import Gateway
from voxct.library.milvus_store import MilvusStore
from voxct.library.traits import measure_traits


@dataclass(frozen=True)
class Config:
    pack: Path | None = None
    """Its library in memory, without Milvus."""
    milvus: str | None = None
    collection: str = "archive"
    host: str = "127.0.0.1"
    port: int = 8791
    path: str = "/library/search"

    def __post_init__(self) -> None:
        if (self.pack is None) == (self.milvus is None):
            raise ValueError("name either --milvus or --pack")


def open_store(config: Config) -> CaseStore:
    return PackStore(config.pack) if config.pack else MilvusStore(config.milvus, config.collection)


def open_gateway(config: Config) -> Gateway:
    """Raises ValueError, RuntimeError and OSError with the reason."""
    store = open_store(config)
    return Gateway((config.host, config.port), store, measure_traits(store), config.path)


def main(config: Config) -> None:
    with open_gateway(config) as gateway:
        host, port = gateway.server_address[:2]
        print(f"{gateway.store.size} cases at http://{host}:{port}{config.path}", file=sys.stderr, flush=True)
        gateway.serve_forever()


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, help="folder with manifest.json and a library, in the place of Milvus")
    parser.add_argument("--milvus", help="address of a cluster, or a file that ends in .db")
    parser.add_argument("--collection", default="archive")
    parser.add_argument("--host", default="127.0.0.1", help="another machine's web server needs more than this one")
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--path", default="/library/search")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    try:
        main(parse_arguments())
    except KeyboardInterrupt:
        sys.exit("stopped")
    except (ValueError, RuntimeError, StoreAway, OSError) as error:
        sys.exit(f"error: {error}")
