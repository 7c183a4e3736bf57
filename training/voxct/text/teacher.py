"""The frozen text tower as the teacher of the CT and speech encoders."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.findings import list_prompts
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTower, TextTowerConfig, to_padded_ids


class TextTeacher:
    """Encodes texts with a frozen tower."""

    def __init__(self, tower: TextTower, tokenizer: WordTokenizer) -> None:
        self.tower = tower.eval().requires_grad_(False)
        self.tokenizer = tokenizer

    @torch.no_grad()
    def encode(self, texts: list[str], batch_size: int = 256) -> Tensor:
        """Latents float32 [n, latent], unit norm, in the order of the texts."""
        rows = [self.tokenizer.encode(text, self.tower.config.max_length) for text in texts]
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        latents = torch.empty(len(rows), self.tower.config.latent)
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            latents[chosen] = self.tower(to_padded_ids([rows[index] for index in chosen])).float()
        return latents

    def encode_prompts(self) -> Tensor:
        """[18, 2, latent]: for each finding the positive, then the negative prompt."""
        return self.encode(list_prompts()).view(-1, 2, self.tower.config.latent)


def save_text_teacher(folder: Path, tower: TextTower, tokenizer: WordTokenizer, log: dict) -> None:
    """Writes text.pt, tokenizer.json and prompts.npy into the folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(folder / "tokenizer.json")
    torch.save({"config": asdict(tower.config), "state": tower.state_dict(), "log": log}, folder / "text.pt")
    np.save(folder / "prompts.npy", TextTeacher(tower, tokenizer).encode_prompts().numpy())


def load_text_teacher(path: Path | str) -> TextTeacher:
    """path: the folder of a text run, or its text.pt."""
    path = Path(path)
    folder = path.parent if path.suffix == ".pt" else path
    saved = torch.load(folder / "text.pt", map_location="cpu", weights_only=True)
    tower = TextTower(TextTowerConfig(**saved["config"]))
    tower.load_state_dict(saved["state"])
    return TextTeacher(tower, WordTokenizer.load(folder / "tokenizer.json"))
