"""Is a volume like those the encoder was trained on? Mahalanobis distance of the mean tokens of a few regions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

REGIONS = (2, 2, 4)
"""Parts of the token grid along S, L, P. The mean of all tokens hardly notices a volume that is turned front to back or
cut otherwise: what differs is what lies where."""
SHRINKAGE = 1e-3
"""Small: strangers show in directions in which phantoms hardly differ."""
PERCENTILE = 99.5


@dataclass(frozen=True)
class GuardStatistics:
    """mean [d], projection [components, d], limit: the distance above which the scores are said not to apply."""

    mean: NDArray[np.float32]
    projection: NDArray[np.float32]
    limit: float
    regions: tuple[int, int, int] = REGIONS

    def distance(self, means: NDArray) -> NDArray[np.float64]:
        """means [n, d] of to_region_means -> [n]."""
        return np.linalg.norm((means - self.mean).astype(np.float64) @ self.projection.T.astype(np.float64), axis=1)

    def to_bytes(self) -> bytes:
        return np.concatenate([self.mean, self.projection.ravel()]).astype("<f4").tobytes()


def to_region_means(tokens: NDArray[np.float32], regions: tuple[int, int, int] = REGIONS) -> NDArray[np.float32]:
    """tokens [z, h, w, d] -> [regions * d], the last axis fastest (src/domain/findings/outOfDistribution.ts)."""
    (z, h, w, d), (a, b, c) = tokens.shape, regions
    return tokens.reshape(a, z // a, b, h // b, c, w // c, d).mean((1, 3, 5)).reshape(-1).astype(np.float32)


def fit_guard(own: NDArray, held_out: NDArray, regions: tuple[int, int, int] = REGIONS) -> GuardStatistics:
    """Mean and shrunk covariance from train cases, as they are and altered; the limit from validation cases, likewise.

    own, held_out [n, d] of to_region_means.
    """
    mean = own.mean(0, dtype=np.float64)
    covariance = np.cov(own.T.astype(np.float64))
    level = np.trace(covariance) / len(covariance)
    spread, axes = np.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * level * np.eye(len(covariance)))
    projection = (axes / np.sqrt(spread)).T.astype(np.float32)
    fitted = GuardStatistics(mean.astype(np.float32), projection, 0.0, regions)
    limit = float(np.percentile(fitted.distance(held_out), PERCENTILE))
    return GuardStatistics(fitted.mean, fitted.projection, limit, regions)


APART_SHRINKAGE = 1e-2
APART_RIDGE = 1.0
"""Added to the spread within the kinds of strangers, in units of the own cases' spread."""
NEAREST_PERCENTILE = 1.0


def fit_guard_apart(
    own: NDArray, held_out: NDArray, strangers: dict[str, NDArray], regions: tuple[int, int, int] = REGIONS
) -> GuardStatistics:
    """Directions that tell the own cases from kinds of strangers, and a limit half-way between the two.

    The own cases are whitened; each kind of stranger gives its linear discriminant (Fisher 1936) against them; the
    distance is the length within the span of all. The limit is the geometric mean of the held-out cases' 99.5th
    percentile and the strangers' first, where that leaves room. own, held_out, strangers' [n, d] of to_region_means.
    """
    mean = own.mean(0, dtype=np.float64)
    covariance = np.cov(own.T.astype(np.float64))
    level = np.trace(covariance) / len(covariance)
    shrunk = (1 - APART_SHRINKAGE) * covariance + APART_SHRINKAGE * level * np.eye(len(covariance))
    spread, axes = np.linalg.eigh(shrunk)
    whitening = (axes / np.sqrt(spread)).T
    white = [(rows - mean) @ whitening.T for rows in strangers.values()]
    within = np.mean([scale_spread(rows) for rows in white if len(rows) > 2], axis=0) + APART_RIDGE * np.eye(len(mean))
    discriminants = np.linalg.solve(within, np.stack([rows.mean(0) for rows in white]).T)
    span, _ = np.linalg.qr(discriminants / np.linalg.norm(discriminants, axis=0))
    projection = (span.T @ whitening).astype(np.float32)
    fitted = GuardStatistics(mean.astype(np.float32), projection, 0.0, regions)
    low = float(np.percentile(fitted.distance(held_out), PERCENTILE))
    high = float(np.percentile(fitted.distance(np.concatenate(list(strangers.values()))), NEAREST_PERCENTILE))
    return GuardStatistics(fitted.mean, projection, max(low, float(np.sqrt(low * high))), regions)


def scale_spread(rows: NDArray) -> NDArray[np.float64]:
    """Covariance of one kind, so far as it is wider than the own cases' only its shape: noise would drown the rest."""
    spread = np.cov(rows.T, bias=True)
    return spread / max(1.0, np.trace(spread) / len(spread))


def alter_scan(volume: NDArray[np.float32], source: np.random.Generator) -> NDArray[np.float32]:
    """As another scanner or another table position might show it: thicker slices, softer kernel, noise, a shifted and
    smaller field of view. volume [1, 1, z, y, x] in [-1, 1].

    What a phantom may look like without being a stranger; general guesses, nothing is taken from the external split.
    """
    altered = volume.copy()
    if source.random() < 0.6:
        altered = gaussian_filter1d(altered, source.uniform(0.2, 0.8), axis=2)
    if source.random() < 0.5:
        width = source.uniform(0.2, 0.6)
        altered = gaussian_filter1d(gaussian_filter1d(altered, width, axis=3), width, axis=4)
    if source.random() < 0.6:
        altered += source.normal(0, source.uniform(0, 0.04), altered.shape).astype(np.float32) * (altered > -0.999)
    if source.random() < 0.5:
        altered = shift(altered, source.integers(-4, 5, 3))
    if source.random() < 0.4:
        crop(altered, source.integers(0, 6, 3))
    return np.clip(altered, -1, 1)


def shift(volume: NDArray, steps: NDArray) -> NDArray:
    """By whole voxels, air where nothing comes in."""
    moved = np.full_like(volume, -1)
    to, source = [slice(None)] * 5, [slice(None)] * 5
    for axis, step in zip((2, 3, 4), (int(s) for s in steps), strict=True):
        n = volume.shape[axis]
        to[axis], source[axis] = slice(max(step, 0), n + min(step, 0)), slice(max(-step, 0), n - max(step, 0))
    moved[tuple(to)] = volume[tuple(source)]
    return moved


def crop(volume: NDArray, margins: NDArray) -> None:
    """Air in a margin on both sides of each axis, in place."""
    for axis, margin in zip((2, 3, 4), margins, strict=True):
        edges = np.moveaxis(volume, axis, 0)
        edges[:margin] = -1
        edges[len(edges) - margin :] = -1
