"""Zero-shot figures of a tower over chunks."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from voxct.ct.ctclip import CtClipImage
from voxct.data.chunks import Chunk, to_model_input
from voxct.metrics import auroc_per_finding, mean_auroc


def embed_chunks(tower: CtClipImage, chunks: list[Chunk]) -> NDArray[np.float32]:
    """Unit embeddings float32 [n, latent] of all cases, in order."""
    return describe_chunks(tower, chunks)[0]


@torch.no_grad()
def describe_chunks(
    tower: CtClipImage, chunks: list[Chunk], batch_size: int = 4
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit embeddings [n, latent] and mean tokens [n, width] of all cases, in order."""
    tower.eval()
    parts, means = [], []
    for chunk in chunks:
        for start in range(0, len(chunk.cases), batch_size):
            volumes = torch.from_numpy(to_model_input(np.asarray(chunk.volumes[start : start + batch_size])))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                tokens = tower.visual_transformer(volumes)
            latents = tower.to_visual_latent(tokens.float())
            parts.append(torch.nn.functional.normalize(latents, dim=-1).numpy())
            means.append(tokens.float().mean((1, 2, 3)).numpy())
    return np.concatenate(parts).astype(np.float32), np.concatenate(means).astype(np.float32)


def to_prompt_margins(embeddings: NDArray, prompts: Tensor | NDArray) -> NDArray:
    """cos+ - cos- : [n, 18]. prompts [18, 2, d]."""
    prompts = np.asarray(prompts)
    return embeddings @ (prompts[:, 0] - prompts[:, 1]).T


def validate_image_tower(tower: CtClipImage, chunks: list[Chunk], prompts: Tensor) -> dict:
    margins = to_prompt_margins(embed_chunks(tower, chunks), prompts)
    labels = np.concatenate([chunk.labels for chunk in chunks])
    each = auroc_per_finding(labels, margins)
    return {
        "n": len(labels),
        "mean_auroc": round(mean_auroc(labels, margins), 4),
        "per_finding": [None if value is None else round(value, 3) for value in each],
    }
