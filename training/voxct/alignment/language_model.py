"""The language model of AcuLa: a small causal one trained here on the sentences, or a Hugging Face model by name."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import to_padded_ids

HUGGING_FACE = "hf:"


class LanguageModel(Protocol):
    def encode(self, texts: list[str]) -> Tensor:
        """Mean of the last hidden states, float32 [texts, width]."""


@dataclass(frozen=True)
class LanguageConfig:
    words: int
    width: int = 128
    layers: int = 2
    heads: int = 4
    max_length: int = 64


class CausalLanguageModel(nn.Module):
    """Pre-norm causal transformer over words: ids int64 [n, length] (0 = padding) -> states [n, length, width]."""

    def __init__(self, config: LanguageConfig):
        super().__init__()
        self.config = config
        self.word = nn.Embedding(config.words, config.width)
        self.place = nn.Embedding(config.max_length, config.width)
        layer = nn.TransformerEncoderLayer(
            config.width, config.heads, 4 * config.width, 0.0, "gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, config.layers, nn.LayerNorm(config.width), False)
        self.next_word = nn.Linear(config.width, config.words)

    def forward(self, ids: Tensor) -> Tensor:
        later = torch.triu(torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool), 1)
        x = self.word(ids) + self.place.weight[: ids.shape[1]]
        return self.layers(x, mask=later, is_causal=True)

    def loss(self, ids: Tensor) -> Tensor:
        """Mean negative log-likelihood a word, nats."""
        logits = self.next_word(self(ids[:, :-1]))
        return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


class SmallLanguageModel:
    """The trained small model with its words."""

    def __init__(self, model: CausalLanguageModel, tokenizer: WordTokenizer):
        self.model, self.tokenizer = model.eval().requires_grad_(False), tokenizer

    def ids(self, texts: list[str]) -> Tensor:
        return to_padded_ids([self.tokenizer.encode(text, self.model.config.max_length) for text in texts])

    @torch.no_grad()
    def encode(self, texts: list[str]) -> Tensor:
        parts = []
        for start in range(0, len(texts), 256):
            ids = self.ids(texts[start : start + 256])
            parts.append(mean_of_words(self.model(ids), (ids > 0).float()))
        return torch.cat(parts)

    @torch.no_grad()
    def perplexity(self, texts: list[str]) -> float:
        return math.exp(float(self.model.loss(self.ids(texts))))


def mean_of_words(states: Tensor, kept: Tensor) -> Tensor:
    """Mean of states [n, length, width] where kept [n, length] is 1."""
    return (states * kept[..., None]).sum(1) / kept.sum(1, keepdim=True)


def train_language_model(
    texts: list[str], steps: int, seed: int, report: Callable[[dict], None], batch: int = 96
) -> SmallLanguageModel:
    """Next-word prediction for `steps` batches; words seen twice or more are known."""
    torch.manual_seed(seed)
    source = np.random.default_rng(seed)
    tokenizer = WordTokenizer.build(texts)
    model = CausalLanguageModel(LanguageConfig(len(tokenizer)))
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, betas=(0.9, 0.98), weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=max(steps, 2), pct_start=0.1)
    small, started = SmallLanguageModel(model, tokenizer), time.monotonic()
    model.train().requires_grad_(True)
    for step in range(steps):
        drawn = source.integers(0, len(texts), batch)
        loss = model.loss(small.ids([texts[i] for i in drawn]))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if (step + 1) % 100 == 0:
            report({"step": step + 1, "loss": loss.item(), "seconds": round(time.monotonic() - started, 1)})
    return SmallLanguageModel(model, tokenizer)


def save_language_model(small: SmallLanguageModel, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    small.tokenizer.save(folder / "tokenizer.json")
    torch.save({"config": asdict(small.model.config), "state": small.model.state_dict()}, folder / "lm.pt")


def load_language_model(name: str) -> LanguageModel:
    """name: the folder of a small model, or hf:NAME for a causal model of Hugging Face."""
    if name.startswith(HUGGING_FACE):
        return HuggingFaceModel(name.removeprefix(HUGGING_FACE))
    saved = torch.load(Path(name) / "lm.pt", map_location="cpu", weights_only=True)
    model = CausalLanguageModel(LanguageConfig(**saved["config"]))
    model.load_state_dict(saved["state"])
    return SmallLanguageModel(model, WordTokenizer.load(Path(name) / "tokenizer.json"))


class HuggingFaceModel:
    """A causal model by name: mean of its last hidden states. ValueError with the reason where it cannot be had."""

    def __init__(self, name: str):
        try:
            import transformers
        except ImportError as error:
            raise ValueError(
                f"{HUGGING_FACE}{name} needs the package transformers: pip install transformers"
            ) from error
        try:
            self.tokenizer = transformers.AutoTokenizer.from_pretrained(name)
            self.model = transformers.AutoModel.from_pretrained(name).eval()
        except (OSError, ValueError) as error:
            raise ValueError(f"the language model {name} cannot be had: {error}") from error
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token

    @torch.no_grad()
    def encode(self, texts: list[str], batch: int = 32) -> Tensor:
        parts = []
        for start in range(0, len(texts), batch):
            fed = self.tokenizer(texts[start : start + batch], return_tensors="pt", padding=True, truncation=True)
            states = self.model(**fed).last_hidden_state.float()
            parts.append(mean_of_words(states, fed["attention_mask"].float()))
        return torch.cat(parts)
