"""Whisper's decoder learns how reports are written, as a task of the one loop; the encoder stays as it is.

What it attends to is what the shipped encoder's graph makes of the sound, rooms and noises included, so the decoder
learns what it will get. Its embedding and the keys and values of the cross-attention are frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset

from voxct.contrastive.checkpoints import save_atomically
from voxct.onnx_session import open_session
from voxct.speech.augment import heard, nothing_said
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.whisper.contexts import pad_to_context
from voxct.speech.whisper.greedy import LONGEST
from voxct.speech.whisper.tuning.sayings import Saying
from voxct.speech.whisper.vocabulary import END, ENGLISH, NO_SPEECH, SPECIAL_IDS, Vocabulary

WEIGHTS_FILE = "decoder.pt"
IGNORED = -100
NOTHING_S = (1.0, 8.0)
PAUSES_S = (0.15, 0.9)


@dataclass(frozen=True)
class TuningShares:
    """Of the clips of a batch."""

    nothing: float = 0.06
    altered: float = 0.6
    """Heard in a room, with noise, from afar."""
    joined: float = 0.12
    """Two to four sayings of one voice, one behind the other."""


class Listener:
    """The encoder's graph, opened where it is first asked: a session does not live through a fork."""

    def __init__(self, graph: Path, threads: int = 1) -> None:
        self.graph, self.threads, self.session = graph, threads, None

    def __call__(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [samples] of a context -> states [positions, width]."""
        self.session = self.session or open_session(self.graph, self.threads)
        return self.session.run(["states"], {"audio": audio[None]})[0]


class Steps(Dataset):
    def __init__(self, task: TuningTask, first: int, last: int) -> None:
        self.task, self.first, self.last = task, first, last

    def __len__(self) -> int:
        return self.last - self.first

    def __getitem__(self, place: int) -> dict:
        if place >= len(self):
            raise IndexError(place)
        return self.task.make(self.first + place)


class TuningTask:
    """See voxct.contrastive.loop.Task. `pools`: sayings and how often a batch draws from them."""

    def __init__(self, modules: nn.Module, encode: Listener, vocabulary: Vocabulary,
                 pools: list[tuple[list[Saying], float]], held_out: list[Saying],
                 shares: TuningShares, batch: int, seed: int) -> None:  # fmt: skip
        """Validated on `held_out`, without noise."""
        self.modules, self.encode, self.vocabulary = modules, encode, vocabulary
        self.pools, self.held_out, self.shares = pools, held_out, shares
        self.batch, self.seed = batch, seed
        self.start = [vocabulary.published[one] for one in vocabulary.start]
        self.by_voice = [self.group(sayings) for sayings, _ in pools]

    @staticmethod
    def group(sayings: list[Saying]) -> dict[str, list[Saying]]:
        groups: dict[str, list[Saying]] = {}
        for one in sayings:
            groups.setdefault(one.voice, []).append(one)
        return groups

    def batches(self, first: int, last: int) -> Iterator[dict]:
        """Made by another process, a few ahead: half of the work is the sound's."""
        yield from DataLoader(Steps(self, first, last), batch_size=None, num_workers=2, prefetch_factor=4)

    def make(self, step: int) -> dict:
        rng = np.random.default_rng((self.seed, step))
        return self.collate([self.draw(rng) for _ in range(self.batch)])

    def draw(self, rng: np.random.Generator) -> tuple[NDArray[np.float32], str]:
        odds = np.array([share for _, share in self.pools])
        pool = int(rng.choice(len(self.pools), p=odds / odds.sum()))
        saying = self.pools[pool][0][int(rng.integers(len(self.pools[pool][0])))]
        if rng.random() < self.shares.nothing:
            samples = round(rng.uniform(*NOTHING_S) * SAMPLE_RATE_HZ)
            return nothing_said(samples, rng, saying.read()[:samples]), ""
        said = [saying]
        if rng.random() < self.shares.joined:
            others = self.by_voice[pool][saying.voice]
            said += [others[int(n)] for n in rng.integers(len(others), size=rng.integers(1, 4))]
        audio, text = join(said, rng)
        if rng.random() < self.shares.altered:
            altered = heard(audio, rng, None, 0.7)
            audio = altered if len(altered) <= LONGEST else audio
        return audio, text

    def collate(self, drawn: list[tuple[NDArray[np.float32], str]]) -> dict:
        """Clips of one context together: {"groups": [(states, tokens, targets)]}."""
        groups: dict[int, list] = {}
        for audio, text in drawn:
            padded = pad_to_context(audio)
            states = torch.from_numpy(self.encode(padded))
            groups.setdefault(len(padded), []).append((states, *self.to_tokens(text)))
        return {"groups": [self.stack(rows) for _, rows in sorted(groups.items())]}

    def to_tokens(self, text: str) -> tuple[list[int], list[int]]:
        """Input and what follows each token; the start token tells speech from none, the rest up to it is given."""
        written = self.vocabulary.tokenizer.encode(f" {text}", add_special_tokens=False).ids if text else []
        told = [SPECIAL_IDS[ENGLISH] if text else SPECIAL_IDS[NO_SPEECH], *[IGNORED] * (len(self.start) - 2)]
        return [*self.start, *written], [*told, *written, SPECIAL_IDS[END]]

    @staticmethod
    def stack(rows: list) -> tuple[Tensor, Tensor, Tensor]:
        longest = max(len(given) for _, given, _ in rows)
        fill = lambda ids, value: [*ids, *[value] * (longest - len(ids))]  # noqa: E731
        given = torch.tensor([fill(ids, SPECIAL_IDS[END]) for _, ids, _ in rows])
        return torch.stack([one for one, _, _ in rows]), given, torch.tensor([fill(ids, IGNORED) for _, _, ids in rows])

    def loss(self, modules: nn.Module, batch: dict) -> tuple[Tensor, dict[str, float]]:
        """Mean cross-entropy of a token."""
        total, count, right = torch.zeros(()), 0, 0
        for states, given, targets in batch["groups"]:
            hidden = modules(input_ids=given, encoder_hidden_states=states, use_cache=False).last_hidden_state
            kept = targets != IGNORED
            logits = hidden[kept] @ modules.embed_tokens.weight.T
            total = total + F.cross_entropy(logits.float(), targets[kept], reduction="sum")
            count += int(kept.sum())
            right += int((logits.argmax(-1) == targets[kept]).sum())
        return total / count, {"right": right / count}

    @torch.no_grad()
    def validate(self) -> dict:
        """Mean loss of the held-out sayings; the score is its negative."""
        losses = []
        for first in range(0, len(self.held_out), self.batch):
            said = self.held_out[first : first + self.batch]
            batch = self.collate([(one.read(), one.text) for one in said])
            losses.append(self.loss(self.modules, batch)[0].item() * len(said))
        held_out = sum(losses) / len(self.held_out)
        return {"score": -held_out, "held_out": round(held_out, 4)}

    def export(self, out: Path) -> None:
        save_atomically(out / WEIGHTS_FILE, self.modules.state_dict())


def join(said: list[Saying], rng: np.random.Generator) -> tuple[NDArray[np.float32], str]:
    """As many as the longest context holds, the first always."""
    audio, texts = said[0].read(), [said[0].text]
    for one in said[1:]:
        pause = np.zeros(int(rng.uniform(*PAUSES_S) * SAMPLE_RATE_HZ), np.float32)
        longer = np.concatenate([audio, pause, one.read()])
        if len(longer) > LONGEST:
            break
        audio, texts = longer, [*texts, one.text]
    return audio, " ".join(texts)


def freeze(decoder: nn.Module) -> None:
    decoder.embed_tokens.requires_grad_(False)
    decoder.embed_positions.requires_grad_(False)
    for layer in decoder.layers:
        layer.encoder_attn.k_proj.requires_grad_(False)
        layer.encoder_attn.v_proj.requires_grad_(False)
