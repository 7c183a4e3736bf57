"""The embedding space of a pack, read from the pack alone: its prompts, and the mixture that its speech encoder makes.

A pack that was trained elsewhere brings no text tower. Its space is still told by `prompts.bin` and by the dual
directions of `speech.reading`, whose pseudo-inverse gives the prototypes back (voxct/speech/reading.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from voxct.findings import FINDING_IDS

PROTOTYPES = 2 * len(FINDING_IDS)


@dataclass(frozen=True)
class PackSpace:
    """prompts f32[18, 2, d] written ones, unit; prototypes f32[36, d] present and absent of each finding;
    nothing f32[d], of a sentence that states nothing; duals f32[37, d]; scans f32[cases, d] of the library, unit,
    and their labels int64[cases, 18].
    """

    prompts: Tensor
    prototypes: Tensor
    nothing: Tensor
    duals: Tensor
    scans: Tensor
    labels: Tensor

    @property
    def dimension(self) -> int:
        return self.prompts.shape[-1]

    def mix(self, shares: Tensor) -> Tensor:
        """Shares 0..1 of present and absent, [n, 18, 2] -> unit embeddings [n, d]."""
        raw = shares.flatten(1) @ self.prototypes + self.nothing
        return F.normalize(raw, dim=-1)

    def embed_states(self, states: Tensor) -> Tensor:
        """States [n, 18] (1 present, -1 absent, 0 not mentioned) -> unit embeddings of a perfect listener."""
        return self.mix(torch.stack([states > 0, states < 0], -1).float())

    def read(self, embeddings: Tensor) -> Tensor:
        """Unit embeddings [n, d] -> shares of present and absent [n, 18, 2], as the app reads them."""
        told = embeddings @ self.duals.T
        return (told[:, :-1] / told[:, -1:].clamp(min=1e-6)).clamp(0, 1).unflatten(1, (-1, 2))


def open_pack_space(pack: Path) -> PackSpace:
    """Raises KeyError where the pack has no `speech.reading` or no library of its own."""
    manifest = json.loads((pack / "manifest.json").read_text())
    dimension = manifest["embedding"]["dimension"]

    def rows(described: dict) -> np.ndarray:
        return np.fromfile(pack / described["file"], np.float32).reshape(-1, dimension)

    duals = rows(manifest["speech"]["reading"])
    prototypes = np.linalg.pinv(duals.astype(np.float64)).T.astype(np.float32)
    prompts = rows(manifest["prompts"]).reshape(len(FINDING_IDS), 2, 2, dimension)[:, :, 0]
    labels = [case["labels"] for case in manifest["library"]["cases"]]
    parts = (prompts, prototypes[:-1], prototypes[-1], duals, rows(manifest["library"]["embeddings"]))
    return PackSpace(*(torch.from_numpy(part.copy()) for part in parts), torch.tensor(labels))
