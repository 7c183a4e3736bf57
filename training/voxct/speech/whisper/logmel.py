"""Whisper's log-mel spectrogram as convolution and products: the exported graph needs no STFT or DFT operator."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.speech.logmel import FFT_BINS, HOP_SAMPLES, SAMPLE_RATE_HZ, WINDOW_SAMPLES, fourier_basis
from voxct.speech.whisper.mel_scale import slaney_filters

POWER_FLOOR = 1e-10
DECADES_KEPT = 8.0


class WhisperLogMel(nn.Module):
    """Audio [batch, samples] in -1..1 at 16 kHz to log-mel [batch, mel_bins, samples / 160].

    As Whisper's feature extractor (openai/whisper, audio.py; transformers' WhisperFeatureExtractor): Hann window of
    400, hop 160, centred frames by reflection of 200 samples at both ends, the frame after the last hop dropped,
    power, Slaney's filters, log10 of at least 1e-10, at least the loudest cell less 8, then (x + 4) / 4.
    """

    def __init__(self, mel_bins: int) -> None:
        super().__init__()
        filters = slaney_filters(mel_bins, FFT_BINS, SAMPLE_RATE_HZ / 2)
        self.register_buffer("basis", torch.from_numpy(fourier_basis())[:, None, :], persistent=False)
        self.register_buffer("filters", torch.from_numpy(np.ascontiguousarray(filters)), persistent=False)

    def forward(self, audio: Tensor) -> Tensor:
        if torch.is_autocast_enabled(audio.device.type):
            # Eight decades of power do not fit a half-precision product.
            with torch.autocast(audio.device.type, enabled=False):
                return self.analyse(audio.float())
        return self.analyse(audio)

    def analyse(self, audio: Tensor) -> Tensor:
        centred = F.pad(audio[:, None, :], (WINDOW_SAMPLES // 2, WINDOW_SAMPLES // 2), mode="reflect")
        parts = F.conv1d(centred, self.basis, stride=HOP_SAMPLES)[:, :, :-1]
        power = parts[:, :FFT_BINS].square() + parts[:, FFT_BINS:].square()
        decades = torch.log10(torch.clamp(self.filters @ power, min=POWER_FLOOR))
        loudest = torch.amax(decades, dim=(1, 2), keepdim=True)
        return (torch.maximum(decades, loudest - DECADES_KEPT) + 4.0) / 4.0
