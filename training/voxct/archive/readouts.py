"""Logistic read-outs of a pack's embedding where an archive has labels and no reports: a direction a finding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedGroupKFold

from voxct.archive.splits import Split
from voxct.archive.text_space import UNKNOWN
from voxct.ct.calibration import FindingCalibration, calibrate_finding

LEAST = 10
"""Cases with and without a finding below which it is not learnt: hundreds of weights would fit anything."""
STRENGTHS = (0.01, 0.1, 1.0, 10.0, 100.0)
"""C of scikit-learn on features of unit spread; chosen by log loss over the folds."""
FOLDS = 5
LOGIT_SCALE = 10.0
"""The margin is twice a cosine; Platt's slope takes up what this leaves."""


@dataclass(frozen=True)
class Readout:
    """direction float32 [d], unit: the margin of a unit embedding e is 2 direction · e."""

    direction: NDArray[np.float32]
    calibration: FindingCalibration


class TooFewCases(ValueError):
    """Says of a finding how many cases it has and how many it needs."""


def check_cases(label: str, values: NDArray[np.int64], split: Split) -> None:
    """values [n]: 1, 0 and UNKNOWN. Raises TooFewCases."""
    learnt = np.concatenate([split.train, split.validation])
    for state, name in ((1, "present"), (0, "absent")):
        whole, part = int((values == state).sum()), int((values[learnt] == state).sum())
        if part < LEAST:
            raise TooFewCases(
                f"{label}: {name} in {whole} cases, {part} of them outside the test; {LEAST} there are needed"
            )


def fit_readout(
    embeddings: NDArray[np.float32], values: NDArray[np.int64], patients: list[str], split: Split
) -> Readout:
    """Weights from train; calibration and thresholds from validation and from train's folds that were left out."""
    known = split.train[values[split.train] != UNKNOWN]
    spread = float(embeddings[split.train].std()) or 1.0
    seen = embeddings / spread
    groups = np.array(patients)[known]
    strength, left_out = choose_strength(seen[known], values[known], groups)
    model = fit(seen[known], values[known], strength)
    direction = model.coef_[0] / np.linalg.norm(model.coef_[0])
    others = split.validation[values[split.validation] != UNKNOWN]
    margins = np.concatenate([left_out * spread, 2 * embeddings[others] @ direction])
    labels = np.concatenate([values[known], values[others]])
    return Readout(direction.astype(np.float32), calibrate_finding(labels, margins, LOGIT_SCALE))


def fit(seen: NDArray, values: NDArray, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000).fit(seen, values)


def choose_strength(seen: NDArray, values: NDArray, groups: NDArray) -> tuple[float, NDArray[np.float64]]:
    """The strength with the least log loss over folds by patient, and the margins (of `seen`) of the cases left out."""
    least = min(len(set(groups[values == state])) for state in (0, 1))
    folds = StratifiedGroupKFold(max(2, min(FOLDS, least)), shuffle=True, random_state=0)
    best, kept, chosen = np.inf, np.zeros(len(values)), STRENGTHS[0]
    parts = [(a, b) for a, b in folds.split(seen, values, groups) if 0 < values[a].sum() < len(a)]
    for strength in STRENGTHS:
        probabilities, margins = np.full(len(values), values.mean()), np.zeros(len(values))
        for train, left in parts:
            model = fit(seen[train], values[train], strength)
            probabilities[left] = model.predict_proba(seen[left])[:, 1]
            margins[left] = 2 * seen[left] @ model.coef_[0] / np.linalg.norm(model.coef_[0])
        loss = log_loss(values, probabilities.clip(1e-6, 1 - 1e-6), labels=[0, 1])
        if loss < best:
            best, chosen, kept = loss, strength, margins
    return chosen, kept
