"""Speech encoders that people bring: one form for those of fixed and of free length."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from voxct.onnx_session import open_session
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.windows import SHORTEST_TAIL_SECONDS, WindowRule, average_embeddings, to_windows

SHORTEST_SAMPLES = round(SHORTEST_TAIL_SECONDS * SAMPLE_RATE_HZ)
"""Shorter audio is padded up to this, as the browser does (src/inference/worker/speechInference.ts)."""


@dataclass(frozen=True)
class OpenEncoder:
    """module: audio f32[b, samples] -> unit embedding f32[b, dimension], in eval mode."""

    module: nn.Module
    dimension: int
    rule: WindowRule
    fixed_samples: int | None = None


Run = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""One window, float32 [samples] -> unit embedding [dimension]."""


def run_module(module: nn.Module) -> Run:
    @torch.no_grad()
    def run(audio: NDArray[np.float32]) -> NDArray[np.float32]:
        return module(torch.from_numpy(audio)[None])[0].numpy()

    return run


def run_graph(path: Path) -> Run:
    session = open_session(path)
    return lambda audio: session.run(["embedding"], {"audio": audio[None]})[0][0]


def hear(run: Run, audio: NDArray[np.float32], encoder: OpenEncoder) -> NDArray[np.float32]:
    """Audio at 16 kHz of any length -> unit embedding: the windows' mean, as SpeechCT-CLIP and the browser do it."""
    least = encoder.fixed_samples or SHORTEST_SAMPLES
    rows = []
    for start, end in to_windows(len(audio), SAMPLE_RATE_HZ, encoder.rule):
        window = np.zeros(max(least, end - start), np.float32)
        window[: end - start] = audio[start:end]
        rows.append(run(window))
    return average_embeddings(rows)
