"""Does an encoder tell volumes apart? A comparison of a graph with PyTorch proves nothing where it does not."""

import itertools

import numpy as np
from numpy.typing import NDArray

SAME_VOXELS = 1e-3
"""Largest difference of two volumes that count as one."""
SAME_COSINE = 1 - 1e-6
"""Of the embeddings of two volumes; float32 keeps 1e-7."""


def refuse_alike(volumes: list[NDArray[np.float32]], embeddings: list[NDArray[np.float32]]) -> None:
    """Raises ValueError where fewer than two volumes are compared, two of them are one, an embedding is no number, or
    two volumes have the same one."""
    if len(volumes) < 2:
        raise ValueError("one volume cannot show that an encoder tells scans apart: give two or more parity volumes")
    if not all(np.isfinite(embedding).all() for embedding in embeddings):
        raise ValueError("the encoder's embedding of a volume is no finite number: its activations overflow or are NaN")
    for a, b in itertools.combinations(range(len(volumes)), 2):
        if volumes[a].shape == volumes[b].shape and np.abs(volumes[a] - volumes[b]).max() < SAME_VOXELS:
            raise ValueError(f"parity volumes {a + 1} and {b + 1} are the same volume")
        lengths = np.linalg.norm(embeddings[a]) * np.linalg.norm(embeddings[b])
        if not float(embeddings[a] @ embeddings[b]) < SAME_COSINE * lengths:
            raise ValueError(
                f"the encoder gives volumes {a + 1} and {b + 1} the same embedding: its weights see nothing"
            )
