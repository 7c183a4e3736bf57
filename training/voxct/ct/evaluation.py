"""Every figure of the CT encoder, measured on the exported graphs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from voxct.ct.session import CtSession
from voxct.ct.validation import to_prompt_margins
from voxct.data.chunks import Chunk, to_model_input
from voxct.metrics import (
    auroc_per_finding,
    bootstrap_mean_auroc,
    mean_auroc,
    shuffled_mean_auroc,
    volume_retrieval,
)

BODY_LEVEL = 0.3
"""Share of a token's voxels above -800 HU from which the token counts as body (chance of the pointing game)."""


@dataclass(frozen=True)
class Looked:
    """What the graphs say about n cases."""

    labels: NDArray[np.int64]
    embeddings: NDArray[np.float32]
    margins: NDArray[np.float32]
    mean_tokens: NDArray[np.float32]
    pointing: NDArray[np.float32]
    """[n, 18]: 1 the heat's peak lies in the dilated mask, 0 it does not, NaN the finding is absent."""
    pointing_chance: NDArray[np.float32]
    """[n, 18]: the dilated mask's share of the body's tokens."""
    heat_sum_gap: float


def look_at_chunks(session: CtSession, chunks: list[Chunk], prompts: NDArray[np.float32]) -> Looked:
    """prompts [18, 2, latent]."""
    directions = to_unit_rows(prompts[:, 0] - prompts[:, 1])
    rows = [look_at_case(session, chunk, row, directions) for chunk in chunks for row in range(len(chunk.cases))]
    embeddings = np.stack([row["embedding"] for row in rows])
    return Looked(
        labels=np.concatenate([chunk.labels for chunk in chunks]),
        embeddings=embeddings,
        margins=to_prompt_margins(embeddings, prompts),
        mean_tokens=np.stack([row["mean_token"] for row in rows]),
        pointing=np.stack([row["pointing"] for row in rows]),
        pointing_chance=np.stack([row["chance"] for row in rows]),
        heat_sum_gap=max(row["gap"] for row in rows),
    )


def look_at_case(session: CtSession, chunk: Chunk, row: int, directions: NDArray[np.float32]) -> dict:
    volume = to_model_input(np.asarray(chunk.volumes[row : row + 1]))
    tokens = session.encode(volume)
    embedding, heat = session.look(tokens, directions)
    hits, chance = point_at_masks(heat, np.asarray(chunk.tokens[row]) > 0, to_body_tokens(volume[0, 0], heat.shape[1:]))
    gap = float(np.abs(heat.sum((1, 2, 3)) - directions @ embedding[0]).max())
    return {
        "embedding": embedding[0],
        "mean_token": tokens[0].mean((0, 1, 2)),
        "pointing": hits,
        "chance": chance,
        "gap": gap,
    }


def point_at_masks(heat: NDArray, masks: NDArray[np.bool_], body: NDArray[np.bool_]) -> tuple[NDArray, NDArray]:
    """heat [18, z, h, w], masks [z, h, w, 18]. Masks are dilated by one token in all directions."""
    hits, chance = np.full(len(heat), np.nan, np.float32), np.full(len(heat), np.nan, np.float32)
    for f in range(len(heat)):
        if masks[..., f].any():
            dilated = binary_dilation(masks[..., f], np.ones((3, 3, 3)))
            hits[f] = dilated[np.unravel_index(heat[f].argmax(), heat[f].shape)]
            chance[f] = (dilated & body).sum() / body.sum()
    return hits, chance


def to_body_tokens(volume: NDArray[np.float32], grid: tuple[int, ...]) -> NDArray[np.bool_]:
    """Tokens of which a share BODY_LEVEL lies above -800 HU: [z, h, w]."""
    z, h, w = grid
    blocks = volume.reshape(z, volume.shape[0] // z, h, volume.shape[1] // h, w, volume.shape[2] // w)
    return (blocks > -0.8).mean((1, 3, 5)) > BODY_LEVEL


def to_unit_rows(rows: NDArray) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def summarise(looked: Looked, seed: int = 0) -> dict:
    """The figures of shared definitions: zero-shot AUROC, interval, shuffled labels, pointing game, retrieval."""
    low, high = bootstrap_mean_auroc(looked.labels, looked.margins, 1000, seed)
    return {
        "n": len(looked.labels),
        "mean_auroc": mean_auroc(looked.labels, looked.margins),
        "mean_auroc_interval": [low, high],
        "mean_auroc_shuffled": shuffled_mean_auroc(looked.labels, looked.margins, seed),
        "auroc_per_finding": auroc_per_finding(looked.labels, looked.margins),
        "positives_per_finding": looked.labels.sum(0).tolist(),
        "pointing": float(np.nanmean(looked.pointing)),
        "pointing_chance": float(np.nanmean(looked.pointing_chance)),
        "pointing_per_finding": nan_means(looked.pointing),
        "pointing_chance_per_finding": nan_means(looked.pointing_chance),
        "retrieval": volume_retrieval(looked.embeddings, looked.labels),
        "heat_sum_gap": looked.heat_sum_gap,
    }


def nan_means(table: NDArray) -> list[float | None]:
    """Mean a column without NaN; None for an empty column."""
    return [None if np.isnan(column).all() else float(np.nanmean(column)) for column in table.T]
