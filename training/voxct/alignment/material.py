"""What an alignment run reads: stored frames, the teacher's texts, training scans, evaluation scans."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from voxct.alignment.encoder import AlignedEncoder
from voxct.alignment.frames import FrameStore
from voxct.alignment.language_model import load_language_model
from voxct.alignment.spoken import to_prompt_rows
from voxct.text.teacher import TextTeacher, load_text_teacher
from voxct.text.tower import to_padded_ids


@lru_cache
def open_store(file: Path) -> FrameStore:
    return FrameStore(file)


@lru_cache
def summable_texts(text: Path, store: Path) -> Tensor:
    """The teacher's embedding of each clip's text before its length is set to 1, [clips, d].

    The tower adds up what the words say, so the embedding of two texts after each other is nearly the sum.
    """
    teacher = load_text_teacher(text)
    return raw_latents(teacher, [clip["text"] for clip in open_store(store).about])


@torch.no_grad()
def raw_latents(teacher: TextTeacher, texts: list[str], batch: int = 256) -> Tensor:
    rows = [teacher.tokenizer.encode(text, teacher.tower.config.max_length) for text in texts]
    tower = teacher.tower
    parts = [
        tower.to_text_latent(tower.pool(to_padded_ids(rows[i : i + batch]))).float() for i in range(0, len(rows), batch)
    ]
    return torch.cat(parts)


@lru_cache
def language_latents(name: str, store: Path) -> Tensor:
    """Mean hidden states of a language model for each clip's text, [clips, width]."""
    return load_language_model(name).encode([clip["text"] for clip in open_store(store).about]).clone()


@torch.no_grad()
def embed_store(encoder: AlignedEncoder, store: FrameStore, batch: int = 48) -> np.ndarray:
    """Unit embeddings float32 [clips, d], in the order of the store."""
    encoder.eval()
    order, parts = np.argsort(store.counts, kind="stable"), []
    for start in range(0, len(order), batch):
        parts.append(encoder(*store.batch([[int(i)] for i in order[start : start + batch]])).numpy())
    embeddings = np.empty((len(order), parts[0].shape[1]), np.float32)
    embeddings[order] = np.concatenate(parts)
    return embeddings


def embed_prompts(encoder: AlignedEncoder, folder: Path, voices: str) -> np.ndarray:
    """[18, 2, d]: the spoken prompts of the validation's or the test's voices, unit mean over the voices."""
    store = open_store(folder / f"prompts-{voices}")
    return to_prompt_rows(embed_store(encoder, store), [clip["prompt"] for clip in store.about])
