"""The guard against strangers, measured: phantoms of both test splits against each kind of stranger alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from voxct.ct.evaluation import Looked
from voxct.ct.guard import GuardStatistics, alter_scan, fit_guard, to_region_means
from voxct.ct.real_scans import CHESTS, TORSOS, load_real_scans
from voxct.ct.session import CtSession
from voxct.ct.strangers import make_strangers
from voxct.data.chunks import Chunk, list_chunks, load_chunk, to_model_input


@dataclass(frozen=True)
class GuardCounts:
    """How many cases of each kind are encoded for the guard."""

    train: int = 400
    altered: int = 400
    validation: int = 150
    strangers: int = 20
    turns: int = 10
    """Altered copies of each real scan, since there are three."""


def fit_from(
    session: CtSession, train: Path, validation: list[Chunk], seen: Looked, counts: GuardCounts, cache: Path
) -> GuardStatistics:
    """Train cases plain and altered; the limit from validation, plain and altered."""
    own = np.concatenate(
        [
            cached(
                cache / f"guard-train-{counts.train}.npy", lambda: encode(session, spread_over(train, counts.train))
            ),
            cached(
                cache / f"guard-altered-{counts.altered}.npy",
                lambda: encode(session, alter_all(spread_over(train, counts.altered), seed=7)),
            ),
        ]
    )
    held_out = cached(cache / f"guard-validation-{counts.validation}.npy", lambda: encode(
        session, alter_all(list_volumes(validation, counts.validation), seed=8)
    ))  # fmt: skip
    return fit_guard(own, np.concatenate([seen.region_means, held_out]))


def alter_all(volumes: Iterable[NDArray[np.float32]], seed: int) -> Iterator[NDArray[np.float32]]:
    source = np.random.default_rng(seed)
    return (alter_scan(volume, source) for volume in volumes)


def spread_over(folder: Path, count: int) -> Iterator[NDArray[np.float32]]:
    """Train volumes, the same number from every chunk."""
    chunks = [load_chunk(path) for path in list_chunks(folder, "train")]
    each = -(-count // len(chunks))
    return (volume for chunk in chunks for volume in list_volumes([chunk], each))


def list_volumes(chunks: list[Chunk], count: int) -> Iterator[NDArray[np.float32]]:
    rows = ((chunk, row) for chunk in chunks for row in range(len(chunk.cases)))
    for (chunk, row), _ in zip(rows, range(count), strict=False):
        yield to_model_input(np.asarray(chunk.volumes[row : row + 1]))


def encode(session: CtSession, volumes: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.stack([to_region_means(session.encode(volume)[0]) for volume in volumes])


def cached(path: Path, make) -> NDArray[np.float32]:
    if path.exists():
        return np.load(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = make()
    np.save(path, made)
    return made


def encode_strangers(
    session: CtSession, chunks: list[Chunk], real: Path, ct_input: dict, counts: GuardCounts, cache: Path
) -> dict[str, NDArray[np.float32]]:
    """{kind: [n, d]}; real scans only where their folder is at hand."""
    path = cache / f"strangers-{counts.strangers}-{counts.turns}-{int(real.exists())}.npz"
    if path.exists():
        with np.load(path) as arrays:
            return {name.replace("_", " "): arrays[name] for name in arrays.files}
    source = np.random.default_rng(11)
    kinds: dict[str, list[NDArray]] = {}
    for volume in list_volumes(chunks, counts.strangers):
        for kind, stranger in make_strangers(volume, source).items():
            kinds.setdefault(kind, []).append(encode(session, [stranger])[0])
    for kind, names in (("real chest CT", CHESTS), ("real torso CT", TORSOS)):
        for scan in load_real_scans(real, names, ct_input):
            turns = [scan, *(alter_scan(scan, source) for _ in range(counts.turns))]
            kinds.setdefault(kind, []).extend(encode(session, turns))
    made = {kind: np.stack(rows) for kind, rows in kinds.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **{kind.replace(" ", "_"): rows for kind, rows in made.items()})
    return made


def measure_guard(
    statistics: GuardStatistics, own: dict[str, Looked], strangers: dict[str, NDArray[np.float32]]
) -> dict:
    """own: {split: looked} of the test splits."""
    distances = {split: statistics.distance(looked.region_means) for split, looked in own.items()}
    together = np.concatenate(list(distances.values()))
    return {
        "limit": statistics.limit,
        "regions": list(statistics.regions),
        "own": {
            split: {"n": len(d), "flagged": float((d > statistics.limit).mean()), "median": float(np.median(d))}
            for split, d in distances.items()
        },
        "strangers": {
            kind: compare(together, statistics.distance(means), statistics.limit) for kind, means in strangers.items()
        },
    }


def compare(own: NDArray, other: NDArray, limit: float) -> dict:
    labels = np.repeat([0, 1], [len(own), len(other)])
    return {
        "n": len(own),
        "strangers": len(other),
        "auroc": float(roc_auc_score(labels, np.concatenate([own, other]))),
        "flagged": float((other > limit).mean()),
        "nearest": float(other.min()),
    }
