"""Spoken reports as batches of windows of one length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import Dataset

from voxct.corpora.refusals import Refusal, Refused
from voxct.corpora.speech_rate.audio import SAMPLE_RATE_HZ, read_recording
from voxct.corpora.speech_rate.listing import Spoken
from voxct.speech.whisper.encoder import WhisperSpeechEncoder
from voxct.speech.windows import cut_padded, rule_for


@dataclass(frozen=True)
class Heard:
    """windows [w, samples]; index: whose they are; refused: recordings tried before it, in vain."""

    windows: NDArray[np.float32]
    index: int
    refused: tuple[Refusal, ...]


class Recordings(Dataset):
    """index -> Heard, of this recording or of the next one that can be read."""

    def __init__(self, spoken: Sequence[Spoken], samples: int) -> None:
        self.spoken, self.samples, self.rule = spoken, samples, rule_for(samples, SAMPLE_RATE_HZ)

    def __len__(self) -> int:
        return len(self.spoken)

    def __getitem__(self, index: int) -> Heard:
        refused: list[Refusal] = []
        for step in range(len(self.spoken)):
            at = (index + step) % len(self.spoken)
            try:
                audio = read_recording(self.spoken[at].path)
            except Refused as reason:
                refused.append(Refusal(self.spoken[at].path.name, str(reason)))
                continue
            return Heard(cut_padded(audio, SAMPLE_RATE_HZ, self.rule, self.samples), at, tuple(refused))
        raise RuntimeError(f"no recording can be read; the first: {refused[0]}")


def join_windows(heard: list[Heard]) -> dict:
    """windows [all, samples], owners [all] (row of the batch), index [b], refused."""
    owners = [row for row, each in enumerate(heard) for _ in each.windows]
    return {
        "windows": torch.from_numpy(np.concatenate([each.windows for each in heard])),
        "owners": torch.tensor(owners),
        "index": torch.tensor([each.index for each in heard]),
        "refused": [refusal for each in heard for refusal in each.refused],
    }


class SpeechTower(nn.Module):
    """Windows -> one unit embedding a recording: the mean of its windows' unit embeddings, at unit length again
    (SpeechCT-CLIP averages windows; the app does the same). log_scale as CT-CLIP's temperature.
    """

    def __init__(self, encoder: WhisperSpeechEncoder, log_scale: float, gradient_checkpointing: bool) -> None:
        super().__init__()
        self.encoder = encoder
        self.log_scale = nn.Parameter(torch.tensor(log_scale))
        encoder.encoder.gradient_checkpointing = gradient_checkpointing

    def forward(self, windows: Tensor, owners: Tensor, recordings: int) -> tuple[Tensor, Tensor]:
        """windows [w, samples], owners int64 [w] in 0..recordings - 1 -> [recordings, d], log_scale."""
        each = F.normalize(self.encoder(windows).float(), dim=-1)
        sums = each.new_zeros(recordings, each.shape[-1]).index_add(0, owners, each)
        return F.normalize(sums, dim=-1), self.log_scale
