"""Which projection: ridges and poolings are compared on validation, never on the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.archive.features import ArchiveFeatures
from voxct.archive.projection import (
    RIDGES,
    Basis,
    Examples,
    Projection,
    Recipe,
    Spectrum,
    decompose,
    fit_basis,
    fit_projection,
)
from voxct.archive.splits import Split
from voxct.archive.text_space import TextSpace

ATTENTION_AXES = 64
MOST_TOKEN_BYTES = 6e9
"""Of the tokens on those axes in memory; a larger archive is aligned by the mean alone, and told so."""


@dataclass(frozen=True)
class Chosen:
    """losses: on validation, by pooling and ridge."""

    projection: Projection
    losses: dict[str, float]

    @property
    def pooling(self) -> str:
        return "mean" if self.projection.query is None else "attention"


@dataclass(frozen=True)
class Task:
    """features, texts [n, d], labels [n, F] of the same cases."""

    features: ArchiveFeatures
    texts: NDArray[np.float32]
    labels: NDArray[np.int64]
    split: Split

    def part(self, rows: NDArray[np.int64], seen: NDArray[np.float32]) -> Examples:
        return Examples(seen[rows], self.texts[rows], self.labels[rows])


def choose_projection(task: Task, space: TextSpace, say: Callable[[str], None], seed: int = 0) -> Chosen:
    tried: dict[str, Projection] = {}
    spectrum = decompose(task.features.means[task.split.train])
    for ridge in RIDGES:
        basis = fit_basis(spectrum, ridge)
        seen = basis.see(task.features.means)
        tried[f"mean, ridge {ridge:g}"] = fit(task, basis, seen, space, Recipe(ridge, seed=seed))
    best = min(tried.values(), key=lambda each: each.loss)
    tokens = task.features.tokens
    needed = 4 * len(task.features) * (0 if tokens is None else np.prod(tokens.shape[1:-1])) * ATTENTION_AXES
    if tokens is None:
        say("attention pooling is not compared: the features were kept without tokens (build_library --keep-tokens)")
    elif needed > MOST_TOKEN_BYTES:
        say(f"attention pooling is not compared: the tokens would take {needed / 1e9:.0f} GB of memory")
    else:
        tried |= try_attention(task, spectrum, space, best.recipe)
    for name, projection in tried.items():
        say(f"{name}: loss on validation {projection.loss:.4f} after {projection.steps} steps")
    chosen = min(tried.values(), key=lambda each: each.loss)
    return Chosen(chosen, {name: projection.loss for name, projection in tried.items()})


def try_attention(task: Task, spectrum: Spectrum, space: TextSpace, recipe: Recipe) -> dict[str, Projection]:
    """On fewer axes, where the mean is fitted again, so that the comparison is fair to both."""
    basis = fit_basis(spectrum, recipe.ridge, ATTENTION_AXES)
    tokens = task.features.tokens
    flat = np.stack([basis.see(np.asarray(row).reshape(-1, tokens.shape[-1])) for row in tokens])
    return {
        f"mean, {len(basis.axes)} axes": fit(task, basis, flat.mean(1), space, recipe),
        f"attention, {len(basis.axes)} axes": fit(task, basis, flat, space, recipe, attention=True),
    }


def fit(
    task: Task, basis: Basis, seen: NDArray[np.float32], space: TextSpace, recipe: Recipe, attention: bool = False
) -> Projection:
    train, validation = task.part(task.split.train, seen), task.part(task.split.validation, seen)
    return fit_projection(train, validation, basis, space.prompts, space.logit_scale, recipe, attention)
