"""A row of the results table from a CT encoder: zero-shot margins of each split's scans."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from voxct.ct.session import CtSession
from voxct.ct.validation import embed_chunks, to_prompt_margins
from voxct.data.chunks import Chunk, list_chunks, load_split, to_model_input
from voxct.metrics import mean_auroc
from voxct.rows import SPLITS, write_row


def embed_with_graphs(session: CtSession, chunks: list[Chunk]) -> NDArray[np.float32]:
    """Unit embeddings [n, latent], scan by scan."""
    direction = np.ones((1, session.head.get_inputs()[1].shape[1]), np.float32)
    volumes = (np.asarray(chunk.volumes[row : row + 1]) for chunk in chunks for row in range(len(chunk.cases)))
    return np.stack([session.look(session.encode(to_model_input(volume)), direction)[0][0] for volume in volumes])


Scorer = Callable[[list[Chunk]], tuple[NDArray, NDArray | None]]
"""Chunks -> scores [n, 18] and embeddings [n, d] or None."""


def score_with_prompts(session: CtSession, prompts: NDArray) -> Scorer:
    def score(chunks: list[Chunk]) -> tuple[NDArray, NDArray]:
        embeddings = embed_with_graphs(session, chunks)
        return to_prompt_margins(embeddings, prompts), embeddings

    return score


def score_with_tower(tower: nn.Module, prompts: NDArray) -> Scorer:
    """For a tower that is not exported."""

    def score(chunks: list[Chunk]) -> tuple[NDArray, NDArray]:
        embeddings = embed_chunks(tower, chunks)
        return to_prompt_margins(embeddings, prompts), embeddings

    return score


def write_splits(folder: Path, scans: Path, score: Scorer, again: bool = False) -> dict[str, dict]:
    """Writes each split whose chunks lie in `scans`; {split: {n, mean_auroc}} of those written now.

    A split that the row already holds with the same seeds stays as it is unless `again`.
    """
    figures = {}
    for split in SPLITS:
        if not list_chunks(scans, split):
            continue
        chunks = load_split(scans, split)
        seeds = [seed for chunk in chunks for seed in chunk.seeds]
        if not again and holds_split(folder, split, seeds):
            continue
        labels = np.concatenate([chunk.labels for chunk in chunks])
        scores, embeddings = score(chunks)
        write_row(folder, split, labels, scores, seeds, embeddings)
        figures[split] = {"n": len(labels), "mean_auroc": round(mean_auroc(labels, scores), 4)}
    return figures


def holds_split(folder: Path, split: str, seeds: list[int]) -> bool:
    path = folder / f"{split}.npz"
    if not path.exists():
        return False
    with np.load(path) as written:
        return written["seeds"].tolist() == seeds
