"""Dual directions give back what the encoder mixed into its embedding."""

import numpy as np
import torch

from voxct.speech.model import SpeechConfig, SpeechEncoder
from voxct.speech.reading import fold_detail, read_shares, reading_directions, to_said_scores


def build_encoder() -> SpeechEncoder:
    torch.manual_seed(0)
    encoder = SpeechEncoder(SpeechConfig(mel_bins=16, width=32, blocks=1, heads=2)).eval()
    torch.nn.init.normal_(encoder.project.detail_out.weight, std=0.3)
    torch.nn.init.normal_(encoder.project.prototypes.bias)
    torch.nn.init.normal_(encoder.reader.spot.bias)
    return encoder


def test_the_folded_encoder_is_read_exactly():
    encoder = build_encoder()
    folded = fold_detail(encoder)
    with torch.no_grad():
        frames, mask = folded.encode(torch.randn(3, 80, 16), None)
        embedding, calls = folded.embed(frames, mask)
    said = torch.softmax(calls, -1)[:, :, 1:].numpy()
    shares = read_shares(embedding.numpy(), reading_directions(folded))
    assert np.abs(shares - said).max() < 1e-4
    # Without the fold the detail leaks into the answers.
    with torch.no_grad():
        leaking, _ = encoder.embed(frames, mask)
    assert np.abs(read_shares(leaking.numpy(), reading_directions(encoder)) - said).max() > 1e-2


def test_the_larger_share_gives_score_and_sign():
    shares = np.array([[[0.9, 0.05], [0.1, 0.7], [0.0, 0.0]]])
    assert to_said_scores(shares).tolist() == [[0.9, -0.7, 0.0]]


def test_an_embedding_without_the_mixture_says_nothing():
    directions = np.eye(3, dtype=np.float32)
    assert read_shares(np.array([[0.5, 0.5, -1.0]]), directions).tolist() == [[[0.0, 0.0]]]
