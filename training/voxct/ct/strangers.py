"""Is a volume like those the encoder was trained on? Mahalanobis distance of its mean token."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHRINKAGE = 1e-3
"""Small, since cases outnumber dimensions forty times; strangers show in directions in which phantoms hardly differ."""


@dataclass(frozen=True)
class TokenStatistics:
    """mean [d], inverse covariance [d, d], limit: the distance above which the scores are said not to apply."""

    mean: NDArray[np.float32]
    precision: NDArray[np.float32]
    limit: float

    def distance(self, mean_tokens: NDArray) -> NDArray[np.float64]:
        """mean_tokens [n, d] -> [n]."""
        gap = mean_tokens - self.mean
        return np.sqrt(np.maximum(np.einsum("nd,de,ne->n", gap, self.precision, gap, dtype=np.float64), 0))

    def to_bytes(self) -> bytes:
        return np.concatenate([self.mean, self.precision.ravel()]).astype("<f4").tobytes()


def make_strangers(volume: NDArray[np.float32], source: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    """What must not pass for a chest phantom, made of one: volume [1, 1, z, y, x] in [-1, 1]."""
    doubled = np.clip(2 * volume + 1, -1, 1)
    return {
        "upside down": np.ascontiguousarray(volume[:, :, ::-1]),
        "front to back": np.ascontiguousarray(volume[..., ::-1]),
        "Hounsfield units scaled twice": doubled,
        "empty": np.full_like(volume, -1) + 0.01 * source.random(volume.shape, np.float32),
        "noise": source.uniform(-1, 1, volume.shape).astype(np.float32),
        "no lungs": np.where(volume < -0.5, 0.03, volume).astype(np.float32),
    }


def fit_token_statistics(train: NDArray, validation: NDArray, percentile: float = 99.5) -> TokenStatistics:
    """Mean and shrunk covariance from the train split, the limit from the validation split."""
    mean = train.mean(0)
    covariance = np.cov(train.T.astype(np.float64))
    level = np.trace(covariance) / len(covariance)
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * level * np.eye(len(covariance))
    fitted = TokenStatistics(mean.astype(np.float32), np.linalg.inv(shrunk).astype(np.float32), 0.0)
    limit = float(np.percentile(fitted.distance(validation), percentile))
    return TokenStatistics(fitted.mean, fitted.precision, limit)
