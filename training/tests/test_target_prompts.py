"""Prompts of a second target by its checkpoint's own text tower."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from scripts.make_golden_text import build_vocabulary
from voxct.targets.config import read_target
from voxct.targets.prompts import embed_prompts, list_sentences

ROOT = Path(__file__).resolve().parents[1]
PROMPTS = read_target(ROOT / "configs/targets/hlip.json").prompts
GOLDEN = ROOT.parent / "fixtures/golden/text"


def draw_text_tower(words: int = 120) -> tuple[BertModel, dict[str, torch.Tensor]]:
    torch.manual_seed(0)
    sizes = dict(
        hidden_size=64, num_hidden_layers=2, num_attention_heads=1, intermediate_size=96, initializer_range=0.2
    )
    model = BertModel(BertConfig(vocab_size=words, max_position_embeddings=40, **sizes)).eval()
    state = {f"text.transformer.{name}": tensor for name, tensor in model.state_dict().items()}
    extras = {
        "text.transformer.embeddings.position_ids": torch.arange(40)[None],
        "text.proj.weight": torch.randn(24, 64),
    }
    return model, {**state, **extras}


def test_the_sentences_are_those_of_hlips_zero_shot():
    sentences = list_sentences(PROMPTS)
    assert len(sentences) == 36
    assert sentences[14:18] == [
        "The volume shows: Emphysema.", "The volume shows: Not emphysema.",
        "The volume shows: Atelectasis.", "The volume shows: Not atelectatic.",
    ]  # fmt: skip


@torch.no_grad()
def test_a_prompt_is_the_projected_cls_of_the_last_layer():
    model, state = draw_text_tower()
    rows = embed_prompts(state, GOLDEN, PROMPTS)
    vocabulary = build_vocabulary()
    words = ["[CLS]", "the", "[UNK]", "[UNK]", ":", "not", "emphysema", ".", "[SEP]"]
    ids = torch.tensor([[vocabulary.index(word) for word in words]])
    expected = state["text.proj.weight"] @ model(ids).last_hidden_state[0, 0]
    assert rows.shape == (18, 2, 24) and rows.dtype == np.float32
    assert np.allclose(rows[7, 1], expected / expected.norm(), atol=1e-5)
    assert np.abs(rows[7, 0] - rows[7, 1]).max() > 1e-2


def test_a_checkpoint_without_text_tower_and_a_foreign_tokenizer_are_refused():
    _, state = draw_text_tower()
    with pytest.raises(ValueError, match="no text tower"):
        embed_prompts({}, GOLDEN, PROMPTS)
    with pytest.raises(ValueError, match="give --prompts"):
        embed_prompts(state, GOLDEN, {})
    with pytest.raises(ValueError, match="another model's tokenizer"):
        embed_prompts(draw_text_tower(60)[1], GOLDEN, PROMPTS)
    del state["text.transformer.encoder.layer.1.output.dense.bias"]
    with pytest.raises(ValueError, match=r"missing: encoder\.layer\.1\.output\.dense\.bias"):
        embed_prompts(state, GOLDEN, PROMPTS)
