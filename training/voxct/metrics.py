"""Figures of scores against labels: AUROC, F1, thresholds, calibration. See also resampling.py and retrieval.py."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, roc_curve

from voxct.resampling import auroc_of_draws, counts_of_draws, draw_counts

Array = NDArray[np.floating]

MEASURES = ("auroc", "f1_weighted", "f1_macro", "accuracy", "precision")


def auroc_per_finding(labels: NDArray, scores: Array) -> list[float | None]:
    """labels 0/1 [n, f], scores [n, f]. None where a column holds one class only."""
    return [
        float(roc_auc_score(labels[:, f], scores[:, f])) if 0 < labels[:, f].sum() < len(labels) else None
        for f in range(labels.shape[1])
    ]


def mean_auroc(labels: NDArray, scores: Array) -> float:
    """Mean over the findings that have both classes."""
    values = [value for value in auroc_per_finding(labels, scores) if value is not None]
    return float(np.mean(values)) if values else float("nan")


def shuffled_mean_auroc(labels: NDArray, scores: Array, seed: int = 0) -> float:
    """The same figure with the label rows dealt out at random: chance, near 0.5."""
    order = np.random.default_rng(seed).permutation(len(labels))
    return mean_auroc(labels[order], scores)


def bootstrap_mean_auroc(labels: NDArray, scores: Array, rounds: int = 1000, seed: int = 0) -> tuple[float, float]:
    """Percentile 95 % interval over resampled patients."""
    draws = draw_counts(len(labels), rounds, seed)
    return to_interval(nan_mean(auroc_of_draws(labels, scores, draws), axis=1))


def to_interval(values: NDArray) -> tuple[float, float]:
    """Percentile 95 % interval, resamples without a value left out."""
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def nan_mean(values: NDArray, axis: int) -> NDArray:
    """Mean without NaN; NaN where nothing is left (no warning)."""
    kept = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(kept, values, 0).sum(axis) / np.where(kept.sum(axis) > 0, kept.sum(axis), np.nan)


def called_measures(counts: dict[str, NDArray]) -> dict[str, NDArray]:
    """counts tp, fp, fn, tn of any shape -> F1 weighted over present and absent (the papers'), macro F1, accuracy,
    precision of present (0 where nothing is called, as scikit-learn's zero_division=0). NaN where a class is missing.
    """
    tp, fp, fn, tn = (counts[key].astype(np.float64) for key in ("tp", "fp", "fn", "tn"))
    present, absent, n = tp + fn, tn + fp, tp + fp + fn + tn
    with np.errstate(invalid="ignore", divide="ignore"):
        f1_present = 2 * tp / (2 * tp + fp + fn)
        f1_absent = np.where(2 * tn + fp + fn > 0, 2 * tn / (2 * tn + fp + fn), 0)
        measures = {
            "f1_weighted": (present * f1_present + absent * f1_absent) / n,
            "f1_macro": (f1_present + f1_absent) / 2,
            "accuracy": (tp + tn) / n,
            "precision": np.where(tp + fp > 0, tp / np.maximum(tp + fp, 1e-12), 0),
        }
    both = (present > 0) & (absent > 0)
    return {name: np.where(both, values, np.nan) for name, values in measures.items()}


@dataclass(frozen=True)
class Measured:
    """One measure over 18 findings: per finding (NaN where one class is missing), mean, 95 % interval, chance."""

    per_finding: NDArray[np.float64]
    mean: float
    interval: tuple[float, float]
    chance: float
    """Mean of the same measure over SHUFFLES deals of the label rows, scores and thresholds as they are."""


SHUFFLES = 20


def measure_scores(
    labels: NDArray, scores: Array, thresholds: NDArray, rounds: int = 1000, seed: int = 0
) -> dict[str, Measured]:
    """All of MEASURES. labels 0/1 [n, f], scores [n, f], thresholds [f] (from validation): called if score >= it."""
    resampled = resample_scores(labels, scores, thresholds, draw_counts(len(labels), rounds, seed))
    exact = resample_scores(labels, scores, thresholds, np.ones((1, len(labels))))
    source = np.random.default_rng(seed)
    dealt = [
        resample_scores(labels[source.permutation(len(labels))], scores, thresholds, np.ones((1, len(labels))))
        for _ in range(SHUFFLES)
    ]
    return {
        name: Measured(
            per_finding=exact[name][0],
            mean=float(nan_mean(exact[name][0], 0)),
            interval=to_interval(nan_mean(resampled[name], 1)),
            chance=float(np.mean([nan_mean(deal[name][0], 0) for deal in dealt])),
        )
        for name in MEASURES
    }


def resample_scores(labels: NDArray, scores: Array, thresholds: NDArray, draws: NDArray) -> dict[str, NDArray]:
    """{measure: [draws, f]} of resamples; draws [draws, n] counts how often each patient is in each resample."""
    counts = counts_of_draws(labels, scores >= thresholds, draws)
    return {"auroc": auroc_of_draws(labels, scores, draws), **called_measures(counts)}


def thresholds_nearest_corner(labels: NDArray, scores: Array) -> NDArray[np.float64]:
    """[f] for [n, f]."""
    return np.array([threshold_nearest_corner(labels[:, f], scores[:, f]) for f in range(labels.shape[1])])


def threshold_nearest_corner(labels: NDArray, scores: Array) -> float:
    """The ROC threshold nearest to (0, 1); ties take the larger one. Scores >= threshold are called."""
    if labels.min() == labels.max():
        return float(scores.max()) + 1e-6
    false_rate, true_rate, thresholds = roc_curve(labels, scores)
    best = int(np.argmin(np.hypot(false_rate, 1 - true_rate)))
    return float(min(thresholds[best], scores.max()))


def fit_platt(labels: NDArray, scores: Array) -> tuple[float, float]:
    """slope and offset of P = sigmoid(slope * score + offset), for one finding, nearly unregularised.

    The score is standardised before the fit (the solver then converges) and the result is folded back.
    """
    centre, spread = float(scores.mean()), float(scores.std()) or 1.0
    if labels.min() == labels.max():
        return 0.0, float(np.log((labels.sum() + 1) / (len(labels) - labels.sum() + 1)))
    model = LogisticRegression(C=100.0).fit(((scores - centre) / spread)[:, None], labels)
    slope = float(model.coef_[0, 0]) / spread
    return slope, float(model.intercept_[0]) - slope * centre


def reliability(labels: NDArray, probabilities: Array, bins: int = 15) -> list[dict[str, float]]:
    """Bins of equal mass, from the lowest probability up: {meanProbability, share (of positives), n}."""
    parts = np.array_split(np.argsort(probabilities, kind="stable"), bins)
    return [
        {"meanProbability": float(probabilities[p].mean()), "share": float(labels[p].mean()), "n": len(p)}
        for p in parts
        if len(p)
    ]


def expected_calibration_error(labels: NDArray, probabilities: Array, bins: int = 15) -> float:
    """Equal-mass bins, weighted mean of |mean label - mean probability|."""
    rows = reliability(labels, probabilities, bins)
    return float(sum(abs(row["share"] - row["meanProbability"]) * row["n"] for row in rows) / len(labels))
