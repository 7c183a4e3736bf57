"""A library in Milvus: any cluster by its address, or Milvus Lite in a file (requirements-milvus.txt).

A collection has `place` (int64, primary), `embedding` (float vector, inner product of unit vectors: the cosine) and
`row` (JSON: a case as a pack's table has it). Its property `voxct.library`, written last, tells encoder, dimension and
number of cases.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voxct.library.case_store import Hit, StoreAway, read_library
from voxct.library.graphs_hash import hash_graphs

FORMAT = "voxct-milvus/1"
PROPERTY = "voxct.library"
INDEXES = ("FLAT", "HNSW", "IVF_FLAT", "AUTOINDEX")
INDEX_OPTIONS = {"HNSW": {"M": 32, "efConstruction": 256}, "IVF_FLAT": {"nlist": 1024}}
LEAST_EF = 256
"""HNSW looks at so many candidates at least."""
AT_ONCE = 500
"""Cases a message: 500 with reports of 4,000 letters are 3 MB, of the 64 MB that gRPC takes."""
FIELDS = ["place", "embedding", "row"]
TIMEOUT_S = 10.0
TOKEN = "VOXCT_MILVUS_TOKEN"
"""Of the environment: an argument would be read by everybody who lists processes."""


def connect(address: str) -> Any:
    """A file that ends in .db is Milvus Lite's. Raises RuntimeError without pymilvus, StoreAway without an answer."""
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise RuntimeError("Milvus needs pymilvus: python -m pip install -r requirements-milvus.txt") from error
    with answering(address):
        return MilvusClient(address, token=os.environ.get(TOKEN, ""), timeout=TIMEOUT_S)


@contextmanager
def answering(address: str):
    """Whatever pymilvus raises as StoreAway, with the address."""
    import grpc
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, grpc.RpcError, OSError) as error:
        reason = " ".join(str(error).split())[:200]
        raise StoreAway(f"Milvus at {address} does not answer as it should ({reason})") from error


def fill_collection(
    address: str, name: str, pack: Path, index: str = "FLAT", replace: bool = False,
    done: Callable[[int], None] = lambda _: None,
) -> int:  # fmt: skip
    """The pack's library into a collection; gives the number of its cases. ValueError where the collection is there."""
    manifest, cases, vectors = read_library(pack)
    client = connect(address)
    with answering(address):
        if client.has_collection(name) and not replace:
            raise ValueError(f"{address} has a collection {name}: choose another --collection, or --replace it")
        client.drop_collection(name)
        about = {"format": FORMAT, "encoder": hash_graphs(manifest), "dimension": vectors.shape[1], "size": len(cases)}
        create_collection(client, name, vectors.shape[1], index)
        for first in range(0, len(cases), AT_ONCE):
            part = range(first, min(first + AT_ONCE, len(cases)))
            rows = [{"place": n, "embedding": vectors[n].tolist(), "row": cases[n]} for n in part]
            client.insert(name, rows)
            done(len(rows))
        client.flush(name)
        client.load_collection(name)
        client.alter_collection_properties(name, {PROPERTY: json.dumps(about)})
    return len(cases)


def create_collection(client: Any, name: str, dimension: int, index: str) -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("place", DataType.INT64, is_primary=True)
    schema.add_field("embedding", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field("row", DataType.JSON)
    indexes = client.prepare_index_params()
    options = INDEX_OPTIONS.get(index, {})
    indexes.add_index("embedding", index_type=index, metric_type="IP", params=options)
    client.create_collection(name, schema=schema, index_params=indexes)


class MilvusStore:
    """See CaseStore. Raises ValueError where the collection is none that fill_milvus made, or is not whole."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self.client = connect(address)
        with answering(address):
            if not self.client.has_collection(name):
                raise ValueError(f"{address} has no collection {name}: scripts/fill_milvus.py makes it")
            about = read_about(self.client.describe_collection(name).get("properties", {}))
            self.client.load_collection(name)
            held = self.client.query(name, "", output_fields=["count(*)"], consistency_level="Strong")[0]["count(*)"]
        if about is None:
            raise ValueError(f"{name} of {address} was not filled to its end by scripts/fill_milvus.py")
        self.encoder, self.dimension, self.size = about["encoder"], about["dimension"], about["size"]
        if held != self.size:
            raise ValueError(f"{name} of {address} holds {held} of {self.size} cases: fill it again with --replace")

    def search(self, queries: NDArray[np.float32], count: int) -> list[list[Hit]]:
        options = {"metric_type": "IP", "params": {"ef": max(LEAST_EF, count)}}
        with answering(self.address):
            found = self.client.search(
                self.name, data=queries.tolist(), limit=min(count, self.size), output_fields=FIELDS,
                search_params=options, timeout=TIMEOUT_S,
            )  # fmt: skip
        return [[to_hit(each["entity"], each["distance"]) for each in hits] for hits in found]

    def fetch(self, places: list[int]) -> list[Hit]:
        hits = {}
        for first in range(0, len(places), AT_ONCE):
            with answering(self.address):
                rows = self.client.get(self.name, ids=places[first : first + AT_ONCE], output_fields=FIELDS)
            hits |= {row["place"]: to_hit(row, 0.0) for row in rows}
        return [hits[place] for place in places]


def read_about(properties: dict) -> dict | None:
    try:
        about = json.loads(properties.get(PROPERTY, ""))
    except json.JSONDecodeError:
        return None
    return about if isinstance(about, dict) and about.get("format") == FORMAT else None


def to_hit(row: Any, score: float) -> Hit:
    case = row["row"] if isinstance(row["row"], dict) else json.loads(row["row"])
    return Hit(int(row["place"]), float(score), case, np.asarray(row["embedding"], np.float32))
