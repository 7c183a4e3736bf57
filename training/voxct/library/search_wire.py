"""What the app sends to a gateway, and what it gets (src/domain/retrieval/remote/wire.ts holds the other side).

Request: {"format": "voxct-search/1", "encoder", "count", "embedding"}, the embedding base64 of float32, little-endian.
Nothing else is taken: a request that carries an image, a word or a name is refused.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.library.case_store import CaseStore, Hit
from voxct.library.traits import Traits

REQUEST, ANSWER = "voxct-search/1", "voxct-answer/1"
FIELDS = {"format", "encoder", "count", "embedding"}
MOST_CASES = 256
UNIT_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Refusal(Exception):
    """status: of HTTP."""

    status: int
    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class SearchRequest:
    """query float32 [dimension], of unit length."""

    query: NDArray[np.float32]
    count: int


def longest_request(dimension: int) -> int:
    """Bytes."""
    return 256 + 4 * -(-4 * dimension // 3)


def read_request(body: bytes, encoder: str, dimension: int) -> SearchRequest:
    """Raises Refusal."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "the request is not JSON") from error
    if not isinstance(given, dict) or given.get("format") != REQUEST:
        raise Refusal(400, f"the request is not of the format {REQUEST}")
    if set(given) != FIELDS:
        wrong = ", ".join(sorted(set(given) ^ FIELDS))
        raise Refusal(400, f"a request has {', '.join(sorted(FIELDS))} and nothing else: {wrong[:80]}")
    if given["encoder"] != encoder:
        raise Refusal(409, "the embedding is of another encoder than those of this library")
    count = given["count"]
    if type(count) is not int or not 1 <= count <= MOST_CASES:
        raise Refusal(400, f"count is not a whole number from 1 to {MOST_CASES}")
    return SearchRequest(read_embedding(given["embedding"], dimension), count)


def read_embedding(text: object, dimension: int) -> NDArray[np.float32]:
    try:
        query = np.frombuffer(base64.b64decode(str(text), validate=True), "<f4")
    except (binascii.Error, ValueError) as error:
        raise Refusal(400, "the embedding is not base64 of float32") from error
    if query.shape != (dimension,):
        raise Refusal(400, f"the embedding has {len(query)} numbers, the library's have {dimension}")
    if not np.isfinite(query).all() or abs(float(np.linalg.norm(query)) - 1) > UNIT_TOLERANCE:
        raise Refusal(400, "the embedding is not of length 1")
    return query


def answer(store: CaseStore, traits: Traits, asked: SearchRequest) -> dict:
    """Raises StoreAway."""
    (hits,) = store.search(asked.query[None], asked.count)
    return {
        "format": ANSWER,
        "encoder": store.encoder,
        "size": store.size,
        "chanceCosine": traits.chance(asked.query),
        "leastCosine": traits.least_cosine,
        "facets": traits.facets,
        "cases": [to_row(hit) for hit in hits],
    }


def to_row(hit: Hit) -> dict:
    text = base64.b64encode(hit.embedding.astype("<f4").tobytes()).decode()
    return {"score": hit.score, "embedding": text, "case": hit.case}
