"""Which encoder made a library's embeddings, as the app and a gateway tell it to one another."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

DIGITS = 32


def hash_graphs(manifest: dict) -> str:
    """32 hexadecimal digits of SHA-256 over the hashes of trunk and head, a line each: of the variant fp32, else of the
    first (src/domain/model/encoderKey.ts, toGraphsHash).
    """
    parts = [choose_reference(manifest["ct"][name]) for name in ("trunk", "head")]
    text = "\n".join(each for part in parts for each in list_hashes(part))
    return sha256(text.encode()).hexdigest()[:DIGITS]


def choose_reference(variants: list[dict]) -> dict:
    return next((each for each in variants if each["variant"] == "fp32"), variants[0])


def list_hashes(part: dict) -> Iterator[str]:
    yield part["sha256"]
    yield from (file["sha256"] for file in part.get("external", []))
    for rest in part.get("next", []):
        yield from list_hashes(rest)
