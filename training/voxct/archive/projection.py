"""A small projection from a locked trunk's features to a text space (image side locked: LiT, arXiv 2111.07991).

Features are centred, turned to the principal axes of the training cases and scaled to nearly unit spread (a ridge
keeps axes in which scans hardly differ from being blown up), so that one learning rate serves every encoder. The map
starts at the ridge regression to the reports' embeddings and goes on by InfoNCE beside the findings' prompts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

MOST_AXES = 256
SAME_TEXT = 0.9995
"""Cosine from which two reports say the same: neither is then wrong for the other's scan."""
RIDGES = (0.3, 3.0, 30.0)
"""Added to an axis' variance, in mean variances of an axis; validation chooses."""
OFFSET = 1e2
"""In spreads: see Projection.fold."""


@dataclass(frozen=True)
class Recipe:
    """ridge: see RIDGES. prompts: weight of the findings' prompts beside InfoNCE."""

    ridge: float
    prompts: float = 4.0
    steps: int = 1200
    rate: float = 5e-4
    decay: float = 0.02
    batch: int = 1024
    patience: int = 40
    seed: int = 0


@dataclass(frozen=True)
class Examples:
    """means [n, D] or places [n, P, k] of the basis; texts [n, d] unit; labels [n, F] with 1, 0 and -1 for unknown."""

    seen: NDArray[np.float32]
    texts: NDArray[np.float32]
    labels: NDArray[np.int64]


@dataclass(frozen=True)
class Basis:
    """mean [D]; axes [k, D], scaled: seen = (features - mean) axesᵀ. still [D], unit, orthogonal to the axes."""

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    still: NDArray[np.float32]
    spread: float

    def see(self, features: NDArray) -> NDArray[np.float32]:
        """[..., D] -> [..., k]."""
        return ((features.astype(np.float32) - self.mean) @ self.axes.T).astype(np.float32)


@dataclass(frozen=True)
class Spectrum:
    """Of n features: mean [D], variance along the principal axes, falling, and the axes [·, D]."""

    n: int
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    axes: NDArray[np.float64]


def decompose(means: NDArray[np.float32]) -> Spectrum:
    """means [n, D] of the training cases."""
    n = len(means)
    mean = means.mean(0, dtype=np.float64)
    centred = means.astype(np.float64) - mean
    if n > means.shape[1]:
        variance, axes = np.linalg.eigh(centred.T @ centred / (n - 1))
        return Spectrum(n, mean, variance[::-1].clip(0), axes.T[::-1])
    _, spreads, axes = np.linalg.svd(centred, full_matrices=False)
    return Spectrum(n, mean, spreads**2 / max(1, n - 1), axes)


def fit_basis(spectrum: Spectrum, ridge: float, most: int = MOST_AXES) -> Basis:
    """One direction is left out for the bias (Projection.fold)."""
    variance, width = spectrum.variance, len(spectrum.mean)
    count = max(1, min(most, spectrum.n - 1, width - 1, int((variance > variance[0] * 1e-10).sum())))
    axes, level = spectrum.axes[:count], variance[:count].mean()
    scaled = axes / np.sqrt(variance[:count] + ridge * level)[:, None]
    still = np.random.default_rng(0).normal(size=width)
    still -= axes.T @ (axes @ still)
    still /= np.linalg.norm(still)
    whole = float(np.sqrt(variance.sum()))
    return Basis(*(each.astype(np.float32) for each in (spectrum.mean, scaled, still)), whole)


class Mapping(nn.Module):
    """seen [n, k], or places [n, P, k] with attention -> unit embeddings [n, d]."""

    def __init__(self, weight: Tensor, bias: Tensor, logit_scale: float, findings: int, attention: bool) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)
        self.scale = nn.Parameter(torch.tensor(float(np.log(logit_scale))))
        self.prompt_scale = nn.Parameter(torch.tensor(float(np.log(logit_scale))))
        self.offsets = nn.Parameter(torch.zeros(findings))
        self.query = nn.Parameter(torch.zeros(weight.shape[1])) if attention else None

    def forward(self, seen: Tensor) -> Tensor:
        return F.normalize(self.pool(seen) @ self.weight.T + self.bias, dim=-1)

    def pool(self, seen: Tensor) -> Tensor:
        """Weights from the tokens themselves; a query of zeros is the mean."""
        if seen.ndim == 2:
            return seen
        if self.query is None:
            return seen.mean(1)
        return ((seen @ self.query).softmax(-1)[..., None] * seen).sum(1)

    def lose(self, seen: Tensor, texts: Tensor, labels: Tensor, directions: Tensor, weight: float) -> Tensor:
        """InfoNCE both ways, equal reports sharing the answer, and the cross-entropy of the prompts' margins."""
        embeddings = self(seen)
        logits = self.scale.exp().clamp(max=100) * embeddings @ texts.T
        same = (texts @ texts.T > SAME_TEXT).float()
        answer = same / same.sum(1, keepdim=True)
        contrast = -(answer * (logits.log_softmax(1) + logits.T.log_softmax(1))).sum(1).mean() / 2
        margins = self.prompt_scale.exp() * embeddings @ directions.T + self.offsets
        known = labels >= 0
        if not known.any():
            return contrast
        return contrast + weight * F.binary_cross_entropy_with_logits(margins[known], labels[known].float())


@dataclass
class Projection:
    """embedding = unit(weight · (pooled features - mean)), linear in the tokens given their weights. query [D] or None:
    the weight of a token is softmax(token · query).
    """

    weight: NDArray[np.float32]
    mean: NDArray[np.float32]
    query: NDArray[np.float32] | None
    loss: float
    steps: int
    recipe: Recipe = field(default_factory=lambda: Recipe(RIDGES[1]))

    def embed(self, features: NDArray) -> NDArray[np.float32]:
        """Means [n, D], or tokens [n, ..., D] where there is a query -> unit [n, d]. In float64: see fold."""
        rows = [self.pool(row) for row in features]
        raw = (np.stack(rows) - self.mean.astype(np.float64)) @ self.weight.T.astype(np.float64)
        return (raw / np.linalg.norm(raw, axis=1, keepdims=True)).astype(np.float32)

    def pool(self, row: NDArray) -> NDArray[np.float64]:
        tokens = row.reshape(-1, row.shape[-1]).astype(np.float64)
        if self.query is None:
            return tokens.mean(0)
        pull = tokens @ self.query
        weights = np.exp(pull - pull.max())
        return weights @ tokens / weights.sum()

    @staticmethod
    def fold(model: Mapping, basis: Basis, loss: float, steps: int, recipe: Recipe) -> Projection:
        """The bias goes into weight and mean, so that the head needs none: along `still`, in which no training case
        differs, the mean is moved far off, and what is then seen of every scan there is the bias, to a part in OFFSET.
        """
        weight, bias = model.weight.detach().double().numpy(), model.bias.detach().double().numpy()
        far = OFFSET * basis.spread
        folded = weight @ basis.axes + np.outer(bias / far, basis.still)
        mean = basis.mean.astype(np.float64) - far * basis.still
        query = None if model.query is None else model.query.detach().numpy() @ basis.axes
        return Projection(folded.astype(np.float32), mean.astype(np.float32), query, loss, steps, recipe)


def start_mapping(train: Examples, findings: int, logit_scale: float, attention: bool) -> Mapping:
    """Ridge regression to the reports' embeddings, from the mean over the places."""
    seen = train.seen if train.seen.ndim == 2 else train.seen.mean(1)
    bias = train.texts.mean(0)
    gram = seen.T.astype(np.float64) @ seen + len(seen) * np.eye(seen.shape[1])
    weight = np.linalg.solve(gram, seen.T.astype(np.float64) @ (train.texts - bias)).T.astype(np.float32)
    return Mapping(torch.from_numpy(weight), torch.from_numpy(bias.copy()), logit_scale, findings, attention)


def fit_projection(
    train: Examples, validation: Examples, basis: Basis, prompts: NDArray[np.float32], logit_scale: float,
    recipe: Recipe, attention: bool = False,
) -> Projection:  # fmt: skip
    """Stops where validation stops falling, and keeps the best. prompts [F, 2, d]."""
    torch.manual_seed(recipe.seed)
    directions = torch.from_numpy(prompts[:, 0] - prompts[:, 1])
    model = start_mapping(train, len(prompts), logit_scale, attention)
    optimizer = torch.optim.AdamW(model.parameters(), recipe.rate, weight_decay=recipe.decay)
    judged = draw_batch(len(validation.texts), recipe.batch).numpy()
    validation = Examples(*(part[judged] for part in vars(validation).values()))
    parts = [tuple(map(torch.from_numpy, vars(each).values())) for each in (train, validation)]
    best, kept, at = float("inf"), None, 0
    for step in range(recipe.steps + 1):
        with torch.no_grad():
            loss = model.lose(*parts[1], directions, recipe.prompts).item()
        if loss < best:
            best, at, kept = loss, step, {name: value.clone() for name, value in model.state_dict().items()}
        if step == recipe.steps or step - at > recipe.patience:
            break
        chosen = draw_batch(len(train.texts), recipe.batch)
        optimizer.zero_grad()
        model.lose(*(part[chosen] for part in parts[0]), directions, recipe.prompts).backward()
        optimizer.step()
    assert kept is not None, "the loss was never a number"
    model.load_state_dict(kept)
    return Projection.fold(model, basis, best, at, recipe)


def draw_batch(n: int, most: int) -> Tensor:
    return torch.randperm(n)[:most]
