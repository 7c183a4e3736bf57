"""ONNX against PyTorch on structured volumes. A failure stops the export."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.ct.ctclip import CtClipImage
from voxct.ct.session import CtSession

EMBEDDING_TOLERANCE = 1e-4
HEAT_SUM_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Parity:
    volumes: int
    embedding_max_abs: float
    tokens_max_abs: float
    heat_sum_max_abs: float
    """Sum of heat against cosine, both from the graph."""


@torch.no_grad()
def assert_parity(
    tower: CtClipImage, session: CtSession, volumes: NDArray[np.float32], directions: NDArray[np.float32]
) -> Parity:
    """volumes [n, 1, *shape]; directions [m, latent]. Raises ValueError beyond the tolerances."""
    worst = np.zeros(3)
    unit = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    tower.eval()
    for volume in volumes[:, None]:
        tokens = session.encode(volume)
        embedding, heat = session.look(tokens, directions)
        expected_tokens = tower.visual_transformer(torch.from_numpy(volume))
        expected = torch.nn.functional.normalize(tower.to_visual_latent(expected_tokens), dim=-1)
        gaps = (
            np.abs(embedding - expected.numpy()).max(),
            np.abs(tokens - expected_tokens.numpy()).max(),
            np.abs(heat.sum((1, 2, 3)) - unit @ embedding[0]).max(),
        )
        worst = np.maximum(worst, gaps)
    parity = Parity(len(volumes), *(float(value) for value in worst))
    # Not "greater than": a gap that is no number is no agreement.
    if not (parity.embedding_max_abs <= EMBEDDING_TOLERANCE and parity.heat_sum_max_abs <= HEAT_SUM_TOLERANCE):
        raise ValueError(f"the exported graphs disagree with PyTorch: {parity}")
    return parity
