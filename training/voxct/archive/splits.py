"""Train, validation and test by patient: no patient is in two of them. Validation calibrates, the test is told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VALIDATION_SHARE, TEST_SHARE = 0.15, 0.2
LEAST_PATIENTS = 10
CT_RATE_TEST = "valid_"


class TooFewPatients(ValueError):
    """Says how many there are and how many are needed."""


@dataclass(frozen=True)
class Split:
    """Rows of the cases, each int64."""

    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    test: NDArray[np.int64]


def split_patients(patients: list[str], seed: int = 0) -> Split:
    """By a hash of patient and seed, so that the order of the table says nothing; shares are of the patients. CT-RATE's
    `valid` patients are its test. Raises TooFewPatients.
    """
    order = sorted(set(patients), key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
    if len(order) < LEAST_PATIENTS:
        raise TooFewPatients(
            f"{len(order)} patients are too few to learn from and measure: {LEAST_PATIENTS} are needed"
        )
    test = [name for name in order if name.startswith(CT_RATE_TEST)]
    if not test or len(order) - len(test) < LEAST_PATIENTS // 2:
        test = order[: max(2, round(TEST_SHARE * len(order)))]
    rest = [name for name in order if name not in set(test)]
    validation = set(rest[: max(2, round(VALIDATION_SHARE * len(order)))])
    return to_rows(patients, validation, set(test))


def to_rows(patients: list[str], validation: set[str], test: set[str]) -> Split:
    parts: dict[str, list[int]] = {"train": [], "validation": [], "test": []}
    for row, name in enumerate(patients):
        parts["test" if name in test else "validation" if name in validation else "train"].append(row)
    return Split(**{name: np.array(rows, np.int64) for name, rows in parts.items()})
