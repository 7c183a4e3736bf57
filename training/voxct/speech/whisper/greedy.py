"""Runs Whisper's exported graphs from samples to text, window by window, as the browser does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.onnx_session import open_session
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.whisper.contexts import CONTEXTS_SECONDS, MOST_SPEECH, pad_to_context
from voxct.speech.whisper.vocabulary import Vocabulary

TOKENS_A_SECOND, SPARE_TOKENS = 6, 20
"""Fast speech has 4 to 5 tokens a second; whatever writes more is a loop."""
CUT_SEARCH_SECONDS = 8
QUIET_SECONDS = 0.2
LONGEST = int(MOST_SPEECH * CONTEXTS_SECONDS[-1] * SAMPLE_RATE_HZ)


@dataclass(frozen=True)
class Written:
    """Of one window: ids of the cut vocabulary without the end, natural logarithms, probability of no speech."""

    ids: list[int]
    log_probs: NDArray[np.float32]
    no_speech: float
    attention: NDArray[np.float32]


class GreedyWriter:
    """A pair of graphs with their vocabulary."""

    def __init__(
        self, encoder: Path, decoder: Path, vocabulary: Vocabulary, prompt: str = "", threads: int = 1
    ) -> None:
        self.encoder, self.decoder = open_session(encoder, threads), open_session(decoder, threads)
        self.vocabulary = vocabulary
        self.prompt = np.array(vocabulary.to_prompt(prompt), np.int64)

    def encode(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """audio [samples] of a whole context -> states [positions, width]."""
        return self.encoder.run(["states"], {"audio": audio[None]})[0]

    def write(self, states: NDArray[np.float32], most: int) -> Written:
        given = {
            "states": states,
            "prompt": self.prompt,
            "bias": np.zeros(len(self.vocabulary.published), np.float32),
            "most": np.array([most], np.int64),
        }
        tokens, log_probs, no_speech, attention = self.decoder.run(None, given)
        ids = [int(token) for token in tokens]
        ended = ids[-1:] == [self.vocabulary.end]
        return Written(ids[:-1] if ended else ids, log_probs, float(no_speech[0]), attention)

    def hear(self, audio: NDArray[np.float32]) -> list[Written]:
        """Any length; a window after the other."""
        return [self.write(self.encode(pad_to_context(piece)), count_most(piece)) for piece in cut_at_pauses(audio)]

    def transcribe(self, audio: NDArray[np.float32]) -> str:
        return " ".join(self.vocabulary.decode(one.ids).strip() for one in self.hear(audio)).strip()


def count_most(audio: NDArray[np.float32]) -> int:
    return int(len(audio) / SAMPLE_RATE_HZ * TOKENS_A_SECOND) + SPARE_TOKENS


def cut_at_pauses(audio: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Pieces of 21 s at most; a cut lies in the middle of the quietest 0.2 s of the last 8 s before that limit."""
    pieces, quiet = [], int(QUIET_SECONDS * SAMPLE_RATE_HZ)
    while len(audio) > LONGEST:
        first = LONGEST - CUT_SEARCH_SECONDS * SAMPLE_RATE_HZ
        power = np.cumsum(np.concatenate([[0.0], np.square(audio[first:LONGEST], dtype=np.float64)]))
        at = first + int(np.argmin(power[quiet:] - power[:-quiet])) + quiet // 2
        pieces.append(audio[:at])
        audio = audio[at:]
    return [*pieces, audio]
