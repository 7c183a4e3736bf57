"""OpenAI's Whisper base as it can be had: CTranslate2's `model.bin` or a Hugging Face folder -> tensors by name.

The names are those of transformers' WhisperForConditionalGeneration below `model.`, the published ones.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.speech.hugging_face import read_state
from voxct.speech.whisper.ctranslate2 import read_variables

MODEL_FILE = "model.bin"
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of CTranslate2's conversion of openai/whisper-base (float16); 145,217,532 bytes."""
ALIGNMENT_HEADS = ((3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6))
"""(decoder layer, head) whose cross-attention follows the words: openai/whisper, _ALIGNMENT_HEADS of `base`."""

Tensors = dict[str, NDArray[np.float32]]


def read_published(folder: Path) -> Tensors:
    """encoder.* and decoder.* as float32. ValueError names what is wrong."""
    if (folder / MODEL_FILE).exists():
        check_hash(folder / MODEL_FILE)
        return to_published_names(read_variables(folder / MODEL_FILE))
    state = {name.removeprefix("model."): tensor.float().numpy() for name, tensor in read_state(folder).items()}
    return {name: tensor for name, tensor in state.items() if name.startswith(("encoder.", "decoder."))}


def check_hash(path: Path) -> None:
    found = sha256(path.read_bytes()).hexdigest()
    if found != MODEL_SHA256:
        raise ValueError(f"{path} has the SHA-256 {found}, not {MODEL_SHA256}")


def to_published_names(variables: dict[str, NDArray]) -> Tensors:
    """CTranslate2 stacks queries, keys and values; the keys' biases are zeros, which Whisper doesn't have."""
    found: Tensors = {}
    for side in ("encoder", "decoder"):
        put(found, variables, f"{side}.layer_norm", f"{side}/layer_norm")
        found[f"{side}.embed_positions.weight"] = floats(variables[f"{side}/position_encodings/encodings"])
        for layer in range(sum(f"{side}/layer_{n}/ffn/linear_0/weight" in variables for n in range(99))):
            put_layer(found, variables, f"{side}.layers.{layer}", f"{side}/layer_{layer}")
    for conv in ("conv1", "conv2"):
        put(found, variables, f"encoder.{conv}", f"encoder/{conv}")
    found["decoder.embed_tokens.weight"] = floats(variables["decoder/embeddings/weight"])
    return found


def put_layer(found: Tensors, variables: dict[str, NDArray], name: str, theirs: str) -> None:
    put_attention(found, variables, f"{name}.self_attn", f"{theirs}/self_attention", (("q", "k", "v"), ("out",)))
    if f"{theirs}/attention/linear_0/weight" in variables:
        put_attention(found, variables, f"{name}.encoder_attn", f"{theirs}/attention", (("q",), ("k", "v"), ("out",)))
    put(found, variables, f"{name}.final_layer_norm", f"{theirs}/ffn/layer_norm")
    for n in (0, 1):
        put(found, variables, f"{name}.fc{n + 1}", f"{theirs}/ffn/linear_{n}")


def put_attention(
    found: Tensors, variables: dict[str, NDArray], name: str, theirs: str, stacks: tuple[tuple[str, ...], ...]
) -> None:
    put(found, variables, f"{name}_layer_norm", f"{theirs}/layer_norm")
    for n, stack in enumerate(stacks):
        for kind in ("weight", "bias"):
            pieces = np.split(floats(variables[f"{theirs}/linear_{n}/{kind}"]), len(stack))
            found |= {f"{name}.{part}_proj.{kind}": piece for part, piece in zip(stack, pieces, strict=True)}
    keys = found.pop(f"{name}.k_proj.bias")
    if keys.any():
        raise ValueError(f"{theirs}: keys with a bias; not a Whisper model")


def put(found: Tensors, variables: dict[str, NDArray], name: str, theirs: str) -> None:
    """A linear map, convolution or norm: weight and bias."""
    for ours, candidates in {"weight": ("weight", "gamma"), "bias": ("bias", "beta")}.items():
        found[f"{name}.{ours}"] = floats(next(variables[k] for c in candidates if (k := f"{theirs}/{c}") in variables))


def floats(array: NDArray) -> NDArray[np.float32]:
    return np.ascontiguousarray(array, np.float32)
