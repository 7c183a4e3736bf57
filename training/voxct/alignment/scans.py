"""Frozen CT embeddings of the evaluation splits: from row ctclip-s1, or encoded here from the volumes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.ct.session import CtSession
from voxct.data.chunks import load_split, to_model_input
from voxct.rows import read_row


@dataclass(frozen=True)
class Encoded:
    """embeddings float32 [n, d] of unit length, labels int64 [n, 18], seeds int64 [n]."""

    embeddings: np.ndarray
    labels: np.ndarray
    seeds: np.ndarray


def encode_scans(onnx: Path, data: Path, split: str) -> Encoded:
    """The exported CT graphs on a split of phantom chunks."""
    session, chunks, rows = CtSession(onnx), load_split(data, split), []
    for chunk in chunks:
        for volume in chunk.volumes:
            tokens = session.encode(to_model_input(np.asarray(volume)[None]))
            rows.append(session.look(tokens, np.zeros((18, 128), np.float32))[0][0])
    return Encoded(
        np.stack(rows).astype(np.float32),
        np.concatenate([chunk.labels for chunk in chunks]),
        np.array([seed for chunk in chunks for seed in chunk.seeds]),
    )


def load_or_encode(kept: Path, row: Path, onnx: Path, data: Path, split: str) -> Encoded:
    """`kept`: .npz written at the first call. Row `row` (ctclip-s1) is taken where it holds the split's embeddings."""
    if (row / "row.json").exists():
        scores = read_row(row)[1].get(split)
        if scores is not None and scores.embeddings is not None:
            return Encoded(scores.embeddings, scores.labels, scores.seeds)
    if not kept.exists():
        encoded = encode_scans(onnx, data, split)
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, **vars(encoded))
    with np.load(kept) as arrays:
        return Encoded(**{name: arrays[name] for name in ("embeddings", "labels", "seeds")})


def to_margins(embeddings: np.ndarray, prompts: np.ndarray) -> np.ndarray:
    """cos(v, p+) - cos(v, p-): embeddings [n, d], prompts [18, 2, d] -> [n, 18]."""
    return embeddings @ (prompts[:, 0] - prompts[:, 1]).T
