"""A text tower in a pack's space: what a text says of each finding, and the embedding that follows from it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from voxct.contrastive.checkpoints import save_atomically
from voxct.findings import FINDING_IDS
from voxct.text.pack_space import PackSpace
from voxct.text.statuses import STATUSES
from voxct.text.teacher import TextTeacher
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTower, TextTowerConfig, to_padded_ids


class StatusTower(nn.Module):
    """ids int64 [n, length] (0 = padding) -> embedding [n, d], unit, and log P(status) [n, 18, 5] (STATUSES).

    Words and attention are those of TextTower; the embedding is the pack's mixture of prototypes, weighted by
    P(present) and P(absent). What is doubted or past weighs nothing in it.
    """

    def __init__(self, config: TextTowerConfig, space: PackSpace) -> None:
        super().__init__()
        self.config = config
        self.words = TextTower(config)
        self.words.to_text_latent = nn.Identity()
        self.statuses = nn.Linear(config.width, len(FINDING_IDS) * len(STATUSES))
        nn.init.zeros_(self.statuses.weight)
        self.register_buffer("prototypes", space.prototypes.clone())
        self.register_buffer("nothing", space.nothing.clone())

    def call(self, ids: Tensor) -> Tensor:
        """Logits [n, 18, 5]."""
        return self.statuses(self.words.pool(ids)).unflatten(-1, (len(FINDING_IDS), len(STATUSES)))

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        told = self.call(ids).log_softmax(-1)
        raw = told[..., 1:3].exp().flatten(1) @ self.prototypes + self.nothing
        return raw / torch.sqrt(raw.square().sum(-1, keepdim=True) + 1e-12), told


@torch.no_grad()
def adopt_tower(tower: StatusTower, tokenizer: WordTokenizer, trained: TextTeacher) -> int:
    """Starts from a text tower of the same sizes that was trained elsewhere; returns how many words both know."""
    state = trained.tower.state_dict()
    own = {name: tensor for name, tensor in state.items() if not name.startswith(("word.", "to_text_latent."))}
    tower.words.load_state_dict(own, strict=False)
    return adopt_words(tower, tokenizer, state["word.weight"], trained.tokenizer)


@torch.no_grad()
def adopt_status_tower(tower: StatusTower, tokenizer: WordTokenizer, trained: StatusTeacher) -> int:
    """Goes on from a tower of the same space and sizes with another list of words; returns how many both know."""
    state = trained.tower.state_dict()
    tower.load_state_dict({name: tensor for name, tensor in state.items() if name != "words.word.weight"}, strict=False)
    return adopt_words(tower, tokenizer, state["words.word.weight"], trained.tokenizer)


def adopt_words(tower: StatusTower, tokenizer: WordTokenizer, weight: Tensor, other: WordTokenizer) -> int:
    known = [word for word in tokenizer.words if word in other.id_of]
    for word in known:
        tower.words.word.weight[tokenizer.id_of[word]] = weight[other.id_of[word]]
    return len(known)


class StatusTeacher:
    """Encodes texts with a frozen tower."""

    def __init__(self, tower: StatusTower, tokenizer: WordTokenizer) -> None:
        self.tower, self.tokenizer = tower.eval().requires_grad_(False), tokenizer

    @torch.no_grad()
    def encode(self, texts: list[str], batch: int = 256) -> tuple[Tensor, Tensor]:
        """Embeddings [n, d] and P(status) [n, 18, 5], in the order of the texts."""
        rows = [self.tokenizer.encode(text, self.tower.config.max_length) for text in texts]
        parts = [self.tower(to_padded_ids(rows[at : at + batch])) for at in range(0, len(rows), batch)]
        return torch.cat([part[0] for part in parts]), torch.cat([part[1].exp() for part in parts])


def save_status_tower(folder: Path, tower: StatusTower, tokenizer: WordTokenizer) -> None:
    """Writes tower.pt and tokenizer.json."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(folder / "tokenizer.json")
    save_atomically(folder / "tower.pt", {"config": asdict(tower.config), "state": tower.state_dict()})


def load_status_tower(folder: Path, space: PackSpace) -> StatusTeacher:
    saved = torch.load(folder / "tower.pt", map_location="cpu", weights_only=True)
    tower = StatusTower(TextTowerConfig(**saved["config"]), space)
    tower.load_state_dict(saved["state"])
    return StatusTeacher(tower, WordTokenizer.load(folder / "tokenizer.json"))
