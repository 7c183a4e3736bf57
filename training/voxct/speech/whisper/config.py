"""Sizes of a Whisper encoder with SpeechCT-CLIP's projection; the defaults are Whisper base (openai/whisper-base)."""

from dataclasses import dataclass

SAMPLES_A_POSITION = 320
"""A position of the encoder is 20 ms: two log-mel frames of 160 samples at 16 kHz."""


@dataclass(frozen=True)
class WhisperSpeechConfig:
    """`positions` decides how long the audio is: 1,500 of 20 ms are 30 s; `dimension` is the CT encoder's latent."""

    mel_bins: int = 80
    positions: int = 1500
    width: int = 512
    layers: int = 6
    heads: int = 8
    feed_forward: int = 2048
    dimension: int = 512

    @property
    def samples(self) -> int:
        """Length of the audio that the encoder takes, always: 480,000 samples of Whisper."""
        return self.positions * SAMPLES_A_POSITION


REDUCED = WhisperSpeechConfig(positions=100, width=32, layers=2, heads=4, feed_forward=64, dimension=24)
"""Two seconds of audio and small layers, for tests."""
