"""The status tower as a graph, and its word list in the form of Hugging Face's tokenizers, as a pack wants it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from voxct.onnx_session import open_session
from voxct.text.status_tower import StatusTeacher, StatusTower
from voxct.text.tokenizer import CLS, UNK, WORD_PATTERN, WordTokenizer


class StatusGraph(nn.Module):
    """ids int64 [1, n], no padding -> embedding [1, d], statuses [18, 5] as probabilities."""

    def __init__(self, tower: StatusTower) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        embedding, told = self.tower(ids)
        return embedding, told[0].exp()


def write_status_tower(teacher: StatusTeacher, folder: Path) -> None:
    """Writes text.onnx (opset 18) and tokenizer.json."""
    folder.mkdir(parents=True, exist_ok=True)
    example = torch.tensor([[1, 3, 4, 5, 6]])
    torch.onnx.export(
        StatusGraph(teacher.tower).eval(),
        (example,),
        str(folder / "text.onnx"),
        input_names=["ids"],
        output_names=["embedding", "statuses"],
        dynamic_axes={"ids": {1: "tokens"}},
        opset_version=18,
        dynamo=False,
    )
    (folder / "tokenizer.json").write_text(json.dumps(to_hugging_face(teacher.tokenizer)))


def to_hugging_face(tokenizer: WordTokenizer) -> dict:
    """Word pieces that are whole words: what is no word of the list becomes [UNK], as in WordTokenizer."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"Regex": WORD_PATTERN.pattern},
            "behavior": "Removed",
            "invert": True,
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": CLS, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [],
            "special_tokens": {CLS: {"id": CLS, "ids": [tokenizer.id_of[CLS]], "tokens": [CLS]}},
        },
        "decoder": None,
        "model": {
            "type": "WordPiece",
            "unk_token": UNK,
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": tokenizer.id_of,
        },
    }


def compare_status_graph(teacher: StatusTeacher, folder: Path, texts: list[str]) -> dict[str, float]:
    """Least cosine and largest difference of a status probability between PyTorch and the graph."""
    session = open_session(folder / "text.onnx")
    embeddings, told = teacher.encode(texts, 1)
    cosine, difference = 1.0, 0.0
    for text, embedding, own in zip(texts, embeddings.numpy(), told.numpy(), strict=True):
        ids = np.array([teacher.tokenizer.encode(text, teacher.tower.config.max_length)])
        other, statuses = session.run(None, {"ids": ids})
        cosine = min(cosine, float(other[0] @ embedding))
        difference = max(difference, float(np.abs(statuses - own).max()))
    return {"leastCosine": cosine, "largestDifference": difference}
