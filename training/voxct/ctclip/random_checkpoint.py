"""A checkpoint of random weights with CT-CLIP's true names and shapes, since the released one may not be had.

Weights come from PyTorch's own initialisation, which keeps activations of ordinary size. The codebook is fitted to
tokens (codebook.py tells why it cannot be random too) of volumes like those on which parity is measured, as a trained
one is to its patients: drawn bodies, and the bundled phantom mirrored and shifted. Its rows are shortened a little,
because the rows of a trained codebook, running means of unit vectors, are not of unit length either.
"""

from pathlib import Path
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.ctclip.body import draw_body
from voxct.ctclip.checkpoint import LIPRO_PREFIX
from voxct.ctclip.codebook import fit_codebook
from voxct.ctclip.config import CtClipConfig
from voxct.ctclip.probe import load_phantom
from voxct.ctclip.reference import CtClip
from voxct.findings import FINDING_IDS

Kind = Literal["v2", "vocabfine", "lipro", "v1"]
KINDS: tuple[Kind, ...] = ("v2", "vocabfine", "lipro", "v1")
SHORTEST_ROW = 0.9
BODIES, PHANTOMS = 4, 3
"""Volumes behind the codebook; 13,824 tokens each at full size, for 8,192 codes."""


def make_checkpoint(path: Path, config: CtClipConfig, kind: Kind = "v2", seed: int = 0, bodies: int = BODIES) -> None:
    """Writes a plain state dict (or LiPro's) as the released files are; 1.77 GB at full size."""
    source = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    model = CtClip(config).eval()
    spread_text_tower(model)
    set_codebook(model, draw_tokens(model, bodies, seed), source)
    state = {key: value.detach() for key, value in model.state_dict().items()}
    state["text_transformer.embeddings.position_ids"] = torch.arange(config.text.positions)[None]
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(to_kind(state, kind, config, source), path)


def spread_text_tower(model: CtClip) -> None:
    """PyTorch's own initialisation in place of BERT's (deviation 0.02), under which all sentences look alike."""
    for module in model.text_transformer.modules():
        if isinstance(module, nn.Embedding | nn.Linear):
            module.reset_parameters()


@torch.no_grad()
def draw_tokens(model: CtClip, bodies: int, seed: int) -> Tensor:
    """[volumes * cells, width] before quantisation, of volumes that no test looks at."""
    shape = model.config.shape
    volumes = (torch.from_numpy(draw_body(1000 * (seed + 1) + n, shape))[None, None] for n in range(bodies))
    tokens = [model.visual_transformer.encode(volume).flatten(0, 3) for volume in volumes]
    phantom = load_phantom(shape)
    if phantom is not None:
        altered = (alter(torch.from_numpy(phantom), n) for n in range(PHANTOMS))
        tokens += [model.visual_transformer.encode(volume).flatten(0, 3) for volume in altered]
    return torch.cat(tokens)


def alter(volume: Tensor, n: int) -> Tensor:
    """Shifted by a fraction of a token along every axis, every other one mirrored left to right."""
    mirrored = volume.flip(3) if n % 2 else volume
    steps = [max(1, size * (n + 1) // 100) for size in volume.shape[2:]]
    return torch.roll(mirrored, steps, (2, 3, 4))


def set_codebook(model: CtClip, tokens: Tensor, source: torch.Generator) -> None:
    size = model.config.codebook
    lengths = SHORTEST_ROW + (1 - SHORTEST_ROW) * torch.rand(size, 1, generator=source)
    codebook = model.visual_transformer.vq._codebook
    codes = fit_codebook(tokens, size, source)
    codebook.embed.copy_((codes * lengths)[None])
    nearest = torch.cat([(part @ codes.T).argmax(-1) for part in F.normalize(tokens, dim=-1).split(8192)])
    codebook.cluster_size.copy_(torch.bincount(nearest, minlength=size)[None])


def to_kind(state: dict[str, Tensor], kind: Kind, config: CtClipConfig, source: torch.Generator) -> dict[str, Tensor]:
    if kind == "lipro":
        spread = config.latent**-0.5
        weight = (torch.rand(len(FINDING_IDS), config.latent, generator=source) * 2 - 1) * spread
        bias = (torch.rand(len(FINDING_IDS), generator=source) * 2 - 1) * spread
        prefixed = {LIPRO_PREFIX + key: value for key, value in state.items()}
        return {**prefixed, "classifier.weight": weight, "classifier.bias": bias}
    if kind == "v1":
        z, height, columns = config.grid
        features = z * height * columns * config.width
        assert features * config.latent < 2**28, "version 1's projection is only made at reduced size (14.5 GB)"
        state["to_visual_latent.weight"] = torch.randn(config.latent, features, generator=source) * features**-0.5
    return state
