"""Prompt embeddings by the text tower of an open_clip checkpoint (HFTextEncoder around BERT, as HLIP's)."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import BertConfig, BertModel

from voxct.ctclip.tokenizer import open_tokenizer
from voxct.findings import CT_RATE_FINDINGS, FINDING_IDS
from voxct.speech.hugging_face import load_exactly

TRANSFORMER, PROJECTION = "text.transformer.", "text.proj.weight"
HEAD_WIDTH = 64
UNUSED = ("pooler.", "embeddings.position_ids")


def list_sentences(prompts: dict) -> list[str]:
    """36 prompts, finding by finding, positive before negative.

    prompts: {"present", "absent"} with {Label} (as CT-RATE writes it) or {label} (without the capital), and "words"
    {finding: [in the positive one, in the negative one]} where the authors say it otherwise.
    """
    sentences = []
    for finding, label in CT_RATE_FINDINGS:
        plain = (label, label[0].lower() + label[1:])
        positive, negative = prompts.get("words", {}).get(finding, plain)
        sentences.append(prompts["present"].format(Label=positive, label=positive))
        sentences.append(prompts["absent"].format(Label=negative, label=negative))
    return sentences


def build_text_tower(text: dict[str, Tensor]) -> BertModel:
    """Sizes from the tensors' shapes."""
    state = {name.removeprefix(TRANSFORMER): v for name, v in text.items() if name.startswith(TRANSFORMER)}
    words, width = state["embeddings.word_embeddings.weight"].shape
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=max(1, width // HEAD_WIDTH),
        intermediate_size=len(state["encoder.layer.0.intermediate.dense.weight"]),
        max_position_embeddings=len(state["embeddings.position_embeddings.weight"]),
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False)
    load_exactly(model, state, "the checkpoint's text tower", UNUSED)
    return model.eval()


@torch.no_grad()
def embed_prompts(text: dict[str, Tensor], tokenizer_folder: Path, prompts: dict) -> NDArray[np.float32]:
    """[18, 2 (present, absent), latent], unit: CLS of the last layer, projected without bias."""
    if PROJECTION not in text:
        raise ValueError("the checkpoint has no text tower (text.proj.weight): give --prompts")
    if not prompts:
        raise ValueError("the config does not say how this encoder is asked (prompts): give --prompts")
    model, tokenizer = build_text_tower(text), open_tokenizer(tokenizer_folder)
    rows = []
    for sentence in list_sentences(prompts):
        ids = torch.tensor([tokenizer.encode(sentence).ids])
        if int(ids.max()) >= model.config.vocab_size:
            raise ValueError(f"{tokenizer_folder} is another model's tokenizer: id {int(ids.max())} is unknown")
        rows.append(text[PROJECTION].float() @ model(ids).last_hidden_state[0, 0])
    unit = torch.nn.functional.normalize(torch.stack(rows), dim=-1)
    return unit.view(len(FINDING_IDS), 2, -1).numpy()
