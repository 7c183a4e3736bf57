"""BERT for one sentence without padding: the graph behind typed queries. Equal to Hugging Face's BertModel there."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from voxct.ctclip.checkpoint import Checkpoint
from voxct.ctclip.config import TextConfig
from voxct.ctclip.sizes import BERT

NORM_EPSILON = 1e-12


def build_norm(width: int) -> nn.LayerNorm:
    return nn.LayerNorm(width, eps=NORM_EPSILON)


class BertLayer(nn.Module):
    """Post-norm layer; x [n, width]. Names follow BertModel's `encoder.layer.*`."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        width = config.width
        self.heads = config.heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.attention_output, self.attention_norm = nn.Linear(width, width), build_norm(width)
        self.intermediate = nn.Linear(width, config.feed_forward)
        self.output, self.output_norm = nn.Linear(config.feed_forward, width), build_norm(width)

    def forward(self, x: Tensor) -> Tensor:
        query, key, value = (
            project(x).view(-1, self.heads, x.shape[-1] // self.heads).transpose(0, 1)
            for project in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(1, 2) * query.shape[-1] ** -0.5
        mixed = (scores.softmax(-1) @ value).transpose(0, 1).reshape(-1, x.shape[-1])
        x = self.attention_norm(self.attention_output(mixed) + x)
        return self.output_norm(self.output(F.gelu(self.intermediate(x))) + x)


class TextGraph(nn.Module):
    """ids int64 [1, n] with [CLS] first -> embedding [1, latent] of unit length."""

    def __init__(self, config: TextConfig, latent: int) -> None:
        super().__init__()
        self.words = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.positions, config.width)
        self.kinds = nn.Embedding(2, config.width)
        self.norm = build_norm(config.width)
        self.layers = nn.ModuleList(BertLayer(config) for _ in range(config.layers))
        self.to_text_latent = nn.Linear(config.width, latent, bias=False)

    def forward(self, ids: Tensor) -> Tensor:
        x = self.words.weight.index_select(0, ids[0]) + self.positions.weight[: ids.shape[1]] + self.kinds.weight[0]
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x)
        latent = self.to_text_latent(x[:1])
        return latent / (latent.square().sum(-1, keepdim=True) + 1e-12).sqrt()


PARTS = {
    "words.": "embeddings.word_embeddings.",
    "positions.": "embeddings.position_embeddings.",
    "kinds.": "embeddings.token_type_embeddings.",
    "norm.": "embeddings.LayerNorm.",
}
LAYER_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attention_output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "intermediate": "intermediate.dense",
    "output": "output.dense",
    "output_norm": "output.LayerNorm",
}


def find_text_source(name: str) -> str:
    """The checkpoint's name of one of TextGraph's tensors."""
    if name.startswith("to_text_latent"):
        return name
    if name.startswith("layers."):
        _, layer, part, kind = name.split(".")
        return f"{BERT}encoder.layer.{layer}.{LAYER_PARTS[part]}.{kind}"
    part, kind = name.split(".")
    return f"{BERT}{PARTS[part + '.']}{kind}"


def build_text_graph(checkpoint: Checkpoint) -> TextGraph:
    with torch.device("meta"):
        graph = TextGraph(checkpoint.config.text, checkpoint.config.latent)
    state = {name: checkpoint.state[find_text_source(name)].float() for name in graph.state_dict()}
    graph.load_state_dict(state, assign=True)
    return graph.eval().requires_grad_(False)
