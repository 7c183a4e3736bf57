"""Unadapted Whisper by transformers, whole vocabulary, float32: what the exported graphs are compared with."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.whisper.graph_parts import HEAD_WIDTH, count_layers
from voxct.speech.whisper.published import Tensors
from voxct.speech.whisper.vocabulary import END, SPECIAL_IDS, Vocabulary


class Reference:
    """Greedy, the context cut as the graph cuts it; ids are published ones."""

    def __init__(self, tensors: Tensors, vocabulary: Vocabulary, suppressed: tuple[list[int], list[int]]) -> None:
        self.model = build_model(tensors)
        self.vocabulary = vocabulary
        count = len(tensors["decoder.embed_tokens.weight"])
        self.always = np.zeros(count, np.float32)
        self.always[[*suppressed[0], *range(SPECIAL_IDS[END] + 1, count)]] = -np.inf
        self.first = self.always.copy()
        self.first[suppressed[1]] = -np.inf

    @torch.no_grad()
    def encode(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """audio [samples] of a whole context -> states [positions, width]."""
        extractor = WhisperFeatureExtractor(self.model.config.num_mel_bins)
        mel = extractor(audio, sampling_rate=SAMPLE_RATE_HZ, padding="do_not_pad", return_tensors="pt").input_features
        encoder, gelu = self.model.model.encoder, torch.nn.functional.gelu
        x = gelu(encoder.conv2(gelu(encoder.conv1(mel)))).transpose(1, 2)
        x = x + encoder.embed_positions.weight[: x.shape[1]]
        for layer in encoder.layers:
            out = layer(x, None)
            x = out[0] if isinstance(out, tuple) else out
        return encoder.layer_norm(x)[0].numpy()

    @torch.no_grad()
    def write(self, states: NDArray[np.float32], prompt: list[int], most: int) -> list[int]:
        """prompt: ids of the cut vocabulary -> ids written, without the end; -1 for a token that was cut."""
        places = {published: place for place, published in enumerate(self.vocabulary.published)}
        given, written, past = [self.vocabulary.published[one] for one in prompt], [], None
        hidden = torch.from_numpy(states)[None]
        for step in range(most):
            out = self.model.model.decoder(
                input_ids=torch.tensor([given]), encoder_hidden_states=hidden, past_key_values=past, use_cache=True
            )
            past, logits = out.past_key_values, self.model.proj_out(out.last_hidden_state[0, -1]).numpy()
            token = int((logits + (self.always if step else self.first)).argmax())
            if token == SPECIAL_IDS[END]:
                break
            written.append(places.get(token, -1))
            given = [token]
        return written


def build_model(tensors: Tensors) -> WhisperForConditionalGeneration:
    width, bins = tensors["encoder.conv1.weight"].shape[:2]
    tokens = len(tensors["decoder.embed_tokens.weight"])
    heads, hidden = width // HEAD_WIDTH, len(tensors["encoder.layers.0.fc1.weight"])
    config = WhisperConfig(
        vocab_size=tokens,
        d_model=width,
        num_mel_bins=bins,
        encoder_layers=count_layers(tensors, "encoder"),
        decoder_layers=count_layers(tensors, "decoder"),
        encoder_attention_heads=heads,
        decoder_attention_heads=heads,
        encoder_ffn_dim=hidden,
        decoder_ffn_dim=hidden,
    )
    model = WhisperForConditionalGeneration(config).eval()
    state = {f"model.{name}": torch.from_numpy(tensor.copy()) for name, tensor in tensors.items()}
    model.load_state_dict({**state, "proj_out.weight": state["model.decoder.embed_tokens.weight"]})
    return model
