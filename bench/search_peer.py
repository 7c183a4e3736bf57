"""Draws a large library and searches it with FAISS (flat, inner product) and usearch (exact), on the same cores.

python bench/search_peer.py --like library.f32 --dimension 128 --count 1000000 --width 512 --queries 20 --out FOLDER

Vectors have the covariance of real embeddings: the spectrum of `--like` (float32 [cases, dimension]), read at `--width` places
of the same decay and turned at random, about its mean. Writes FOLDER/embeddings.f32 and queries.f32; prints one JSON object:
{"faiss_ms": [...], "usearch_ms": [...], "nearest": [[10 places a query, by FAISS]]}.
"""

import argparse
import json
import time
from pathlib import Path

import faiss
import numpy as np
from usearch.index import MetricKind, search

ROWS_AT_ONCE = 50_000
NEAREST = 10


def draw(like: np.ndarray, width: int, rng: np.random.Generator):
    """A function that draws unit float32 [n, width]."""
    values = np.sort(np.linalg.eigvalsh(np.cov(like.T)))[::-1].clip(1e-9)
    places = np.linspace(0, len(values) - 1, width)
    spectrum = np.exp(np.interp(places, np.arange(len(values)), np.log(values)))
    spectrum *= values.sum() / spectrum.sum()
    turn, _ = np.linalg.qr(rng.standard_normal((width, width)))
    turned = (turn * np.sqrt(spectrum)[:, None]).astype(np.float32)
    middle = turn[0].astype(np.float32) * np.linalg.norm(like.mean(0))

    def rows(count: int) -> np.ndarray:
        drawn = middle + rng.standard_normal((count, width), dtype=np.float32) @ turned
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)

    return rows


def timed(run, queries: np.ndarray) -> tuple[list[float], list]:
    """A query at a time, after one to warm up."""
    run(queries[:1])
    times, answers = [], []
    for query in queries:
        start = time.perf_counter()
        answers.append(run(query[None]))
        times.append(1000 * (time.perf_counter() - start))
    return times, answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--like", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for name, default in (("dimension", 128), ("count", 1_000_000), ("width", 512), ("queries", 20), ("threads", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    faiss.omp_set_num_threads(args.threads)
    rows = draw(np.fromfile(args.like, np.float32).reshape(-1, args.dimension), args.width, np.random.default_rng(7))
    queries = rows(args.queries)
    vectors = np.memmap(args.out / "embeddings.f32", np.float32, "w+", shape=(args.count, args.width))
    for first in range(0, args.count, ROWS_AT_ONCE):
        vectors[first : first + ROWS_AT_ONCE] = rows(min(ROWS_AT_ONCE, args.count - first))
    vectors.flush()
    queries.tofile(args.out / "queries.f32")
    flat = faiss.IndexFlatIP(args.width)
    flat.add(vectors)
    faiss_ms, nearest = timed(lambda query: flat.search(query, NEAREST)[1][0], queries)
    del flat
    usearch_ms, _ = timed(
        lambda query: search(vectors, query, NEAREST, MetricKind.IP, exact=True, threads=args.threads), queries
    )
    places = [[int(place) for place in one] for one in nearest]
    print(json.dumps({"faiss_ms": faiss_ms, "usearch_ms": usearch_ms, "nearest": places}))


if __name__ == "__main__":
    main()
