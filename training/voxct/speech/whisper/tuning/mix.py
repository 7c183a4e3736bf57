"""Weights between the published decoder and the tuned one.

A share of the way keeps more of what the published one knows than the whole (Wortsman et al. 2022, arXiv 2109.01903).
"""

from __future__ import annotations

from pathlib import Path

import torch

from voxct.speech.whisper.published import Tensors

SIDE = "decoder."


def mix_tuned(published: Tensors, tuned: Path, share: float) -> Tensors:
    """`tuned`: decoder.pt of tune_whisper.py; `share` 0 (published) to 1. ValueError where it is another decoder."""
    state = {f"{SIDE}{name}": tensor for name, tensor in torch.load(tuned, weights_only=True).items()}
    names = {name for name in published if name.startswith(SIDE)}
    if set(state) != names:
        raise ValueError(f"{tuned} is no decoder of this Whisper: {len(set(state) ^ names)} names differ")
    mixed = {name: published[name] + share * (state[name].float().numpy() - published[name]) for name in names}
    return {**published, **mixed}
