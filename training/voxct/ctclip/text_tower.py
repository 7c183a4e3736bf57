"""The text tower as a graph, so that a typed sentence is a query: ids int64[1,n] -> embedding f32[1,latent]."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from voxct.ct.export_graph import OPSET
from voxct.ctclip.bert import build_text_graph
from voxct.ctclip.checkpoint import Checkpoint
from voxct.ctclip.config import TextConfig
from voxct.ctclip.prompts import MAX_TOKENS, encode_texts, tokenize
from voxct.ctclip.reference import CtClip
from voxct.findings import list_prompts
from voxct.onnx_session import open_session
from voxct.pack.files import describe_file
from voxct.pack.sections import to_numbers

NEEDED_COSINE = {"fp32": 0.9999, "int8": 0.999}
PROBE_COSINE = 0.995
OPERATORS = ["MatMul", "Gemm", "Gather"]
"""Gather: the table of words, a fifth of the tower."""
PROBE_TEXT = "Bilateral pleural effusion with adjacent atelectasis."
MOST_INLINE_BYTES = 1_900_000_000
"""Below protobuf's 2 GB with room to spare; CXR-BERT in float32 has 438 MB."""


@dataclass(frozen=True)
class TextParity:
    """Lowest cosine of the graph's embedding with the reference's, over the sentences."""

    variant: str
    cosine: float


def export_text_tower(checkpoint: Checkpoint, folder: Path) -> dict[str, dict]:
    """Writes text.onnx and text-int8.onnx; returns {variant: file entry}, the smaller one first."""
    plain, small = folder / "text.onnx", folder / "text-int8.onnx"
    graph = build_text_graph(checkpoint)
    most = min(MAX_TOKENS, checkpoint.config.text.positions)
    torch.onnx.export(
        graph,
        (torch.zeros(1, 7, dtype=torch.long),),
        str(plain),
        input_names=["ids"],
        output_names=["embedding"],
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
        dynamic_shapes={"ids": {1: torch.export.Dim("n", min=2, max=most)}},
        verbose=False,
    )
    assert plain.stat().st_size < MOST_INLINE_BYTES
    drop_stale_shapes(plain)
    quantize_dynamic(plain, small, op_types_to_quantize=OPERATORS, per_channel=True, weight_type=QuantType.QInt8)
    return {"int8": describe_file(small), "fp32": describe_file(plain)}


def drop_stale_shapes(path: Path) -> None:
    """The exporter leaves shapes of names that now mean other values; the quantiser trips on them."""
    model = onnx.load(str(path))
    del model.graph.value_info[:]
    onnx.save(model, str(path))
    onnx.checker.check_model(str(path))


def build_text_section(
    checkpoint: Checkpoint, reference: CtClip, tokenizer: Tokenizer, folder: Path, say: Callable[[str], None]
) -> dict:
    """The manifest's `text`: tokenizer, graphs that reach NEEDED_COSINE with BertModel, a sentence as self-test."""
    texts = [PROBE_TEXT, *list_prompts()]
    expected = encode_texts(reference, tokenizer, texts)
    encoder = []
    for variant, entry in export_text_tower(checkpoint, folder).items():
        parity = measure_text_parity(
            folder / entry["file"], variant, tokenizer, checkpoint.config.text, texts, expected
        )
        say(f"text {variant}: cosine {parity.cosine:.6f} with PyTorch, {entry['bytes'] / 1e6:.1f} MB")
        if parity.cosine >= NEEDED_COSINE[variant]:
            encoder.append({**entry, "variant": variant, "providers": ["wasm"]})
        elif variant == "fp32":
            raise ValueError(f"the exported text tower disagrees with PyTorch: {parity}")
        else:
            say(f"text {variant}: left out, {NEEDED_COSINE[variant]} is needed")
            (folder / entry["file"]).unlink()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    return {
        "tokenizer": describe_file(folder / "tokenizer.json"),
        "maxTokens": min(MAX_TOKENS, checkpoint.config.text.positions),
        "encoder": encoder,
        "parity": {"text": PROBE_TEXT, "expected": to_numbers(expected[0]), "minCosine": PROBE_COSINE},
    }


def measure_text_parity(
    path: Path, variant: str, tokenizer: Tokenizer, config: TextConfig, texts: list[str], expected: NDArray
) -> TextParity:
    """expected: unit embeddings [n, latent] of the same texts by the reference."""
    session = open_session(path)
    rows = [session.run(["embedding"], {"ids": np.array([tokenize(tokenizer, t, config)])})[0][0] for t in texts]
    return TextParity(variant, float((np.stack(rows) * expected).sum(-1).min()))
