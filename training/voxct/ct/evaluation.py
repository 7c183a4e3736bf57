"""What the exported CT graphs say about a split, and the figures of their heat."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from voxct.ct.guard import to_region_means
from voxct.ct.session import CtSession
from voxct.ct.validation import to_prompt_margins
from voxct.data.chunks import Chunk, to_model_input
from voxct.findings import FINDING_IDS
from voxct.metrics import nan_mean, to_interval
from voxct.resampling import draw_counts

BODY_LEVEL = 0.3
"""Share of a token's voxels above -800 HU from which the token counts as body (chance of the pointing game)."""

FOCAL = (
    "medical_material", "arterial_wall_calcification", "pericardial_effusion", "coronary_artery_wall_calcification",
    "hiatal_hernia", "lymphadenopathy", "atelectasis", "lung_nodule", "lung_opacity", "pulmonary_fibrotic_sequela",
    "pleural_effusion", "consolidation",
)  # fmt: skip
"""Findings with a place of their own. The others (cardiomegaly, emphysema, mosaic attenuation, peribronchial and septal
thickening, bronchiectasis) are an organ's or spread over the lungs; they are listed apart and enter no focal figure."""


@dataclass(frozen=True)
class Looked:
    """What the graphs say about n cases."""

    seeds: NDArray[np.int64]
    labels: NDArray[np.int64]
    embeddings: NDArray[np.float32]
    margins: NDArray[np.float32]
    region_means: NDArray[np.float32]
    pointing: NDArray[np.float32]
    """[n, 18]: 1 the heat's peak lies in the dilated mask, 0 it does not, NaN the finding has no mask here."""
    pointing_chance: NDArray[np.float32]
    """[n, 18]: the dilated mask's share of the body's tokens."""
    heat_sum_gap: NDArray[np.float32]
    """[n]: largest |sum of heat - cosine| over the findings."""


def look_at_split(session: CtSession, chunks: list[Chunk], prompts: NDArray[np.float32], cache: Path) -> Looked:
    """All chunks of a split, each kept in a file of the cache; the folder's name must tell graphs and prompts."""
    parts = [look_at_chunk(session, chunk, prompts, cache / f"{chunk.name}.npz") for chunk in chunks]
    return Looked(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Looked)})


def look_at_chunk(session: CtSession, chunk: Chunk, prompts: NDArray[np.float32], cache: Path) -> Looked:
    """prompts [18, 2, latent]. A cache file made of other cases is made anew."""
    seeds = np.array(chunk.seeds)
    if cache.exists():
        with np.load(cache) as arrays:
            if np.array_equal(arrays["seeds"], seeds):
                return Looked(**{field.name: arrays[field.name] for field in fields(Looked)})
    directions = to_unit_rows(prompts[:, 0] - prompts[:, 1])
    rows = [look_at_case(session, chunk, row, directions) for row in range(len(chunk.cases))]
    stacked = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    margins = to_prompt_margins(stacked["embeddings"], prompts)
    looked = Looked(seeds=seeds, labels=chunk.labels, margins=margins, **stacked)
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.savez(cache, **vars(looked))
    return looked


def look_at_case(session: CtSession, chunk: Chunk, row: int, directions: NDArray[np.float32]) -> dict[str, NDArray]:
    volume = to_model_input(np.asarray(chunk.volumes[row : row + 1]))
    tokens = session.encode(volume)
    embedding, heat = session.look(tokens, directions)
    hits, chance = point_at_masks(heat, np.asarray(chunk.tokens[row]) > 0, to_body_tokens(volume[0, 0], heat.shape[1:]))
    return {
        "embeddings": embedding[0],
        "region_means": to_region_means(tokens[0]),
        "pointing": hits,
        "pointing_chance": chance,
        "heat_sum_gap": np.abs(heat.sum((1, 2, 3)) - directions @ embedding[0]).max(),
    }


def point_at_masks(heat: NDArray, masks: NDArray[np.bool_], body: NDArray[np.bool_]) -> tuple[NDArray, NDArray]:
    """heat [18, z, h, w], masks [z', h', w', 18]: of the tokens of the data, pooled where the heat is coarser.

    Masks are dilated by one token of the heat in all directions.
    """
    masks = pool_masks(masks, heat.shape[1:])
    hits, chance = np.full(len(heat), np.nan, np.float32), np.full(len(heat), np.nan, np.float32)
    for f in range(len(heat)):
        if masks[..., f].any():
            dilated = binary_dilation(masks[..., f], np.ones((3, 3, 3)))
            hits[f] = dilated[np.unravel_index(heat[f].argmax(), heat[f].shape)]
            chance[f] = (dilated & body).sum() / body.sum()
    return hits, chance


def pool_masks(masks: NDArray[np.bool_], grid: tuple[int, ...]) -> NDArray[np.bool_]:
    """[z, h, w, 18] on another grid: a token is inside if any part of it is. Grids divide each other."""
    for axis, wanted in enumerate(grid):
        n = masks.shape[axis]
        if wanted < n:
            shape = (*masks.shape[:axis], wanted, n // wanted, *masks.shape[axis + 1 :])
            masks = masks.reshape(shape).any(axis + 1)
        elif wanted > n:
            masks = masks.repeat(wanted // n, axis)
    return masks


def to_body_tokens(volume: NDArray[np.float32], grid: tuple[int, ...]) -> NDArray[np.bool_]:
    """Tokens of which a share BODY_LEVEL lies above -800 HU: [z, h, w]."""
    z, h, w = grid
    blocks = volume.reshape(z, volume.shape[0] // z, h, volume.shape[1] // h, w, volume.shape[2] // w)
    return (blocks > -0.8).mean((1, 3, 5)) > BODY_LEVEL


def to_unit_rows(rows: NDArray) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def measure_grounding(looked: Looked, thresholds: NDArray, rounds: int = 1000) -> dict:
    """Pointing game over findings that are present and called (margin >= threshold of validation): all focal ones
    pooled, and each finding by itself; chance the dilated mask's share of the body, over the same pairs.
    """
    called = (looked.margins >= thresholds) & (looked.labels == 1) & ~np.isnan(looked.pointing)
    hits = np.where(called, looked.pointing, np.nan)
    chance = np.where(called, looked.pointing_chance, np.nan)
    focal = [FINDING_IDS.index(name) for name in FOCAL]
    pairs = called[:, focal].sum(1).astype(np.float64)
    found = np.nan_to_num(hits[:, focal]).sum(1)
    draws = draw_counts(len(hits), rounds, 0)
    with np.errstate(invalid="ignore"):
        interval = to_interval((draws @ found) / (draws @ pairs)) if pairs.any() else (float("nan"), float("nan"))
    return {
        "pairs": int(pairs.sum()),
        "cases": len(hits),
        "focal": float(found.sum() / pairs.sum()) if pairs.any() else float("nan"),
        "focal_interval": interval,
        "focal_chance": float(np.nanmean(chance[:, focal])) if pairs.any() else float("nan"),
        "per_finding": to_nullable(nan_mean(hits, 0)),
        "chance_per_finding": to_nullable(nan_mean(chance, 0)),
        "pairs_per_finding": called.sum(0).tolist(),
        "heat_sum_gap": float(looked.heat_sum_gap.max()),
    }


def to_nullable(values: NDArray) -> list[float | None]:
    """NaN as None, for JSON."""
    return [None if np.isnan(value) else float(value) for value in values]
