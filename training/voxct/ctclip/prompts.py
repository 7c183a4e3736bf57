"""Embeddings of CT-CLIP's zero-shot prompts (scripts/zero_shot.py) by the checkpoint's own text tower."""

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voxct.ctclip.config import TextConfig
from voxct.ctclip.reference import CtClip
from voxct.ctclip.tokenizer import UnsuitableTokenizer
from voxct.findings import FINDING_IDS, list_prompts

MAX_TOKENS = 512
"""CT-CLIP pads every sentence to 512 and masks the padding; without padding the answer is the same."""


def tokenize(tokenizer: Tokenizer, text: str, config: TextConfig) -> list[int]:
    """Ids with [CLS] and [SEP], cut to what the tower has positions for, as Hugging Face cuts: [SEP] stays last."""
    ids = tokenizer.encode(text).ids
    most = min(MAX_TOKENS, config.positions)
    ids = ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]
    if max(ids) >= config.vocabulary:
        raise UnsuitableTokenizer(
            f"the tokenizer knows {tokenizer.get_vocab_size()} words, the checkpoint's text tower {config.vocabulary}: "
            "they do not belong together"
        )
    return ids


@torch.no_grad()
def encode_texts(model: CtClip, tokenizer: Tokenizer, texts: list[str]) -> NDArray[np.float32]:
    """Unit embeddings [n, latent], one sentence after the other."""
    rows = []
    for text in texts:
        ids = torch.tensor([tokenize(tokenizer, text, model.config.text)])
        rows.append(model.encode_text(ids, torch.ones_like(ids))[0].numpy())
    return np.stack(rows).astype(np.float32)


def encode_prompts(model: CtClip, tokenizer: Tokenizer) -> NDArray[np.float32]:
    """[18, 2 (present, not present), latent], findings in CT-RATE's order."""
    return encode_texts(model, tokenizer, list_prompts()).reshape(len(FINDING_IDS), 2, -1)
