"""What may be asked of a library, and what likeness is worth in it: as the app measures it of its own libraries
(src/domain/retrieval/{libraryTraits,background,rankLibrary}.ts), from samples that are drawn evenly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.library.case_store import CaseStore, Hit

REFUSED_SHARE = 0.025
MOST_SAMPLE, LEAST_SAMPLE = 400, 40
MOST_READ = 2000
MEDIAN_SAMPLE = 4096
FEWEST_FOR_CHANCE = 10
NEIGHBOURS = 33
"""Looked at for one of another patient; where all are of the same one, the last stands for it."""


@dataclass(frozen=True)
class Traits:
    """facets, least_cosine: as the app's CaseFacets and leastCosine. sample [n, dimension]: for what chance gives."""

    facets: dict
    least_cosine: float | None
    sample: NDArray[np.float32]

    def chance(self, query: NDArray[np.float32]) -> float | None:
        """Upper median of the cosines of a query with the sample."""
        if len(self.sample) < FEWEST_FOR_CHANCE:
            return None
        return float(np.sort(self.sample @ query)[len(self.sample) // 2])


def measure_traits(store: CaseStore) -> Traits:
    hits = store.fetch(spread(store.size, MEDIAN_SAMPLE))
    step = max(1, len(hits) // MOST_READ)
    return Traits(to_facets([hit.case for hit in hits[::step]]), measure_least(store), stack(hits))


def spread(size: int, most: int) -> list[int]:
    count = min(size, most)
    return [n * size // count for n in range(count)]


def stack(hits: list[Hit]) -> NDArray[np.float32]:
    return np.stack([hit.embedding for hit in hits])


def to_facets(cases: list[dict]) -> dict:
    ages = [case["ageYears"] for case in cases if "ageYears" in case]
    dates = [case["date"] for case in cases if "date" in case]
    return {
        "labels": any("labels" in case for case in cases),
        "sexes": sorted({case["sex"] for case in cases if "sex" in case}),
        "ageYears": {"from": min(ages), "to": max(ages)} if ages else None,
        "date": {"from": min(dates), "to": max(dates)} if dates else None,
    }


def measure_least(store: CaseStore) -> float | None:
    if store.size < LEAST_SAMPLE:
        return None
    own = store.fetch(spread(store.size, MOST_SAMPLE))
    nearest = [
        find_stranger(one, hits)
        for first in range(0, len(own), LEAST_SAMPLE)
        for one, hits in zip(
            own[first : first + LEAST_SAMPLE],
            store.search(stack(own[first : first + LEAST_SAMPLE]), min(NEIGHBOURS, store.size)),
            strict=True,
        )
    ]
    return float(np.sort(nearest)[int(REFUSED_SHARE * len(nearest))])


def find_stranger(one: Hit, hits: list[Hit]) -> float:
    mine = owners(one.case)
    others = (hit.score for hit in hits if hit.place != one.place and not mine & owners(hit.case))
    return next(others, hits[-1].score)


def owners(case: dict) -> set[tuple[str, str]]:
    """Whether two cases are one patient's, as far as the library says."""
    return {(name, case[name]) for name in ("id", "scan", "patient") if name in case}
