"""An int8 variant of the speech graph for wasm: products with constant weights, measured against the float graph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from voxct.metrics import mean_auroc
from voxct.speech.corpus import Corpus
from voxct.speech.detection import pair_scores
from voxct.speech.listener import Listener
from voxct.speech.word_errors import word_error_rate

LEAST_COSINE, MOST_AUROC_LOSS = 0.995, 0.005
# Inputs of these modules stay float: the log-mel spans many decades, and the last products make what is compared.
KEPT_FLOAT = ("/logmel/", "/reader/", "/project/", "/letters/")


def quantize_speech(source: Path, target: Path, kept: tuple[str, ...] = KEPT_FLOAT) -> None:
    """Dynamic int8 quantization of MatMul and Gemm weights, a scale a column; convolutions and `kept` stay float."""
    names = [node.name for node in onnx.load(str(source)).graph.node]
    quantize_dynamic(
        str(source),
        str(target),
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=[name for name in names if any(part in name for part in kept)],
    )


def compare_graphs(float_file: Path, int8_file: Path, corpus: Corpus, clips: int, prompts: np.ndarray) -> dict:
    """Cosine of the embeddings, AUROC of said present and word error rate of both, on the first clips."""
    both = [Listener(file) for file in (float_file, int8_file)]
    count = min(clips, len(corpus))
    sounds = [corpus.audio(i) for i in range(count)]
    answers = [[listener.hear(sound) for sound in sounds] for listener in both]
    cosines = [float(a.embedding @ b.embedding) for a, b in zip(*answers, strict=True)]
    said = (corpus.states[:count] == 1).astype(int)
    aurocs = [mean_auroc(said, pair_scores(each, prompts)[..., 0]) for each in answers]
    part = corpus.first(count)
    rates = [word_error_rate([a.transcript for a in each], part)["rate"] for each in answers]
    return {
        "clips": count,
        "cosineLeast": min(cosines),
        "cosineMedian": float(np.median(cosines)),
        "aurocFloat": aurocs[0],
        "aurocInt8": aurocs[1],
        "werFloat": rates[0],
        "werInt8": rates[1],
        "bytesFloat": float_file.stat().st_size,
        "bytesInt8": int8_file.stat().st_size,
        "passed": bool(min(cosines) >= LEAST_COSINE and aurocs[0] - aurocs[1] <= MOST_AUROC_LOSS),
    }
