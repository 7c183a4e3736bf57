"""Reports and prompts as padded batches of token ids."""

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from voxct.ctclip.config import TextConfig
from voxct.ctclip.prompts import tokenize
from voxct.ctclip.reference import CtClip

BATCH = 32


def pad_sentences(
    tokenizer: Tokenizer, texts: list[str], config: TextConfig, device: torch.device
) -> tuple[Tensor, Tensor]:
    """ids and mask, int64 [n, longest]. CT-CLIP pads to 512; what the mask hides does not change the answer."""
    rows = [torch.tensor(tokenize(tokenizer, text, config)) for text in texts]
    ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    mask = torch.nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
    return ids.to(device), mask.to(device)


@torch.no_grad()
def encode_in_batches(
    model: CtClip, tokenizer: Tokenizer, texts: list[str], device: torch.device
) -> NDArray[np.float32]:
    """Unit embeddings [n, latent], in float32."""
    parts = []
    for start in range(0, len(texts), BATCH):
        ids, mask = pad_sentences(tokenizer, texts[start : start + BATCH], model.config.text, device)
        parts.append(model.encode_text(ids, mask).float().cpu().numpy())
    return np.concatenate(parts)
