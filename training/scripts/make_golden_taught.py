"""Writes fixtures/golden/taught.json: read-outs of a few examples as scikit-learn fits them, for the browser's own fit.

Embeddings reduced by PCA (8 components at most, in units of the first one's standard deviation), logistic regression
with C = 1 and balanced classes; leave-pair-out AUROC by patient (Airola et al. 2011) with the interval of Newcombe 2006
(method 5).

python -m scripts.make_golden_taught
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
Z = 1.959963984540054


def fit(x: np.ndarray, y: np.ndarray, places: np.ndarray | None = None) -> tuple[np.ndarray, float]:
    """Direction and offset over the embedding: logit = direction · e + offset.

    `places`: unit directions of marked places, a row an example; NaN where none was marked.
    """
    rows = []
    marked = [] if places is None else places[y & ~np.isnan(places[:, 0])]
    rest = x
    if len(marked):
        way = np.sum(marked, 0) / np.linalg.norm(np.sum(marked, 0))
        rows.append(way / (x @ way).std())
        rest = x - np.outer(x @ way, way)
    pca = PCA(n_components=min(8 - len(rows), len(x) - 1, x.shape[1] - len(rows)), svd_solver="full").fit(rest)
    scale = np.sqrt(pca.explained_variance_[0] * (len(x) - 1) / len(x))
    basis = np.array([*rows, *(pca.components_ / scale)])
    model = LogisticRegression(C=1.0, class_weight="balanced", solver="newton-cholesky", tol=1e-12, max_iter=1000)
    model.fit((x - x.mean(0)) @ basis.T, y)
    direction = model.coef_[0] @ basis
    return direction, float(model.intercept_[0] - direction @ x.mean(0))


def judge(x: np.ndarray, y: np.ndarray, patients: np.ndarray, places: np.ndarray | None) -> float:
    """Share of pairs of a patient with and one without, both left out, in which the former scores higher."""
    outcomes = []
    for one, other in product(dict.fromkeys(patients[y]), dict.fromkeys(patients[~y])):
        if one == other:
            continue
        kept = (patients != one) & (patients != other)
        direction, _ = fit(x[kept], y[kept], None if places is None else places[kept])
        difference = direction @ (x[(patients == one) & y].mean(0) - x[(patients == other) & ~y].mean(0))
        outcomes.append(0.5 + 0.5 * np.sign(difference))
    return float(np.mean(outcomes))


def interval(auroc: float, m: int, n: int) -> list[float]:
    """Where |auroc − θ| = z √V(θ), V by Hanley and McNeil 1982 with m − 1 and n − 1 replaced by their mean."""

    def excess(theta: float) -> float:
        rest = ((m + n) / 2 - 1) * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return abs(auroc - theta) - Z * np.sqrt(theta * (1 - theta) * (1 + rest) / (m * n))

    inside = [auroc if 0 < auroc < 1 else abs(auroc - 1e-9)] * 2
    low = brentq(excess, 1e-12, inside[0]) if auroc > 0 else 0.0
    high = brentq(excess, inside[1], 1 - 1e-12) if auroc < 1 else 1.0
    return [low, high]


def make(seed: int, present: int, absent: int, dimension: int, shift: float, shared: int = 0, placed: int = 0) -> dict:
    """A set of unit embeddings.

    The last `shared` examples are of the patient of the one before them, the first `placed` have a marked place.
    """
    rng = np.random.default_rng(seed)
    y = np.array([True] * present + [False] * absent)
    common = rng.normal(size=dimension)
    x = common + rng.normal(size=(len(y), dimension))
    change = rng.normal(size=dimension)
    x[y] += shift * change
    x = np.round(x / np.linalg.norm(x, axis=1, keepdims=True), 5)
    patients = np.array([f"p{n}" for n in range(len(y))])
    for n in range(len(y) - shared, len(y)):
        patients[n] = patients[n - 1]
    places = None
    if placed:
        places = np.full(x.shape, np.nan)
        near = change + 2 * rng.normal(size=(placed, dimension))
        places[:placed] = np.round(near / np.linalg.norm(near, axis=1, keepdims=True), 5)
    direction, offset = fit(x, y, places)
    others = np.round(rng.normal(size=(4, dimension)), 5)
    made = {
        "embeddings": x.tolist(),
        "present": y.tolist(),
        "patients": patients.tolist(),
        "places": None if places is None else [None if np.isnan(row[0]) else row.tolist() for row in places],
        "direction": direction.tolist(),
        "offset": offset,
        "others": others.tolist(),
        "probabilities": (1 / (1 + np.exp(-(others @ direction + offset)))).tolist(),
    }
    counts = [len(set(patients[side])) for side in (y, ~y)]
    if min(counts) < 8:
        return made
    auroc = judge(x, y, patients, places)
    return {**made, "auroc": auroc, "counts": counts, "interval": interval(auroc, *counts)}


def main() -> None:
    """Writes the file."""
    sets = [make(1, 5, 5, 24, 1), make(2, 7, 5, 6, 0.5), make(3, 9, 12, 20, 0.3, 3), make(4, 8, 8, 16, 3)]
    sets += [make(5, 9, 8, 20, 0.4, placed=6), make(6, 5, 6, 40, 0.5, placed=2)]
    intervals = [[a, m, n, *interval(a, m, n)] for a, m, n in [(0.5, 8, 8), (0.9, 10, 30), (1, 8, 8), (0, 9, 20)]]
    (ROOT / "fixtures/golden/taught.json").write_text(json.dumps({"sets": sets, "intervals": intervals}) + "\n")


if __name__ == "__main__":
    main()
