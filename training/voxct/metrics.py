"""The one implementation of every figure in tables and manifests: AUROC, intervals, calibration, retrieval."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, roc_curve

Array = NDArray[np.floating]


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
    source = np.random.default_rng(seed)
    draws = [source.integers(0, len(labels), len(labels)) for _ in range(rounds)]
    values = [mean_auroc(labels[rows], scores[rows]) for rows in draws]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


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


def threshold_nearest_corner(labels: NDArray, scores: Array) -> float:
    """The ROC threshold nearest to (0, 1); ties take the larger one. Scores >= threshold are called."""
    if labels.min() == labels.max():
        return float(scores.max()) + 1e-6
    false_rate, true_rate, thresholds = roc_curve(labels, scores)
    best = int(np.argmin(np.hypot(false_rate, 1 - true_rate)))
    return float(min(thresholds[best], scores.max()))


def expected_calibration_error(labels: NDArray, probabilities: Array, bins: int = 15) -> float:
    """Equal-mass bins, weighted mean of |mean label - mean probability|."""
    order = np.argsort(probabilities)
    parts = np.array_split(order, bins)
    gaps = [abs(labels[p].mean() - probabilities[p].mean()) * len(p) for p in parts if len(p)]
    return float(sum(gaps) / len(labels))


def volume_retrieval(embeddings: Array, labels: NDArray, top: tuple[int, ...] = (1, 5, 10)) -> dict[str, float]:
    """CT-CLIP's volume-to-volume measure: mean Jaccard of the label vectors among the top K, query left out.

    Chance: the mean relevance of all other cases.
    """
    intersection = labels @ labels.T
    counts = labels.sum(1)
    union = counts[:, None] + counts[None] - intersection
    relevance = np.where(union > 0, intersection / np.maximum(union, 1), 1.0)
    similarity = embeddings @ embeddings.T
    np.fill_diagonal(similarity, -np.inf)
    ranked = np.take_along_axis(relevance, np.argsort(-similarity, axis=1), axis=1)
    figures = {f"jaccard_at_{k}": float(ranked[:, :k].mean()) for k in top}
    n = len(labels)
    figures["jaccard_chance"] = float((relevance.sum() - np.trace(relevance)) / (n * (n - 1)))
    return figures
