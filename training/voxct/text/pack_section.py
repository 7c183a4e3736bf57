"""The manifest's `text`: the tower's graph and word list, its self-test, and the score below which nothing is said."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tokenizers import Tokenizer

from voxct.findings import list_prompts
from voxct.pack.files import PackFolder, to_graph
from voxct.pack.sections import MIN_COSINE, to_numbers
from voxct.text.query_graph import embed_queries, least_cosine, write_query_graph
from voxct.text.status_export import to_hugging_face
from voxct.text.status_tower import StatusTeacher
from voxct.text.typed_queries import draw_queries

PROBE = "Small left pleural effusion, no lung nodule."
LEAST_SCORE = 0.4
"""scripts/measureTyped.ts measures it: unrelated sentences lie below, sentences about a finding above."""
COMPARED, SEED = 400, 9


def build_text(pack: PackFolder, teacher: StatusTeacher) -> tuple[dict, dict]:
    """Section and report. ValueError where graph or word list are not those that were trained."""
    with tempfile.TemporaryDirectory() as folder:
        write_query_graph(teacher, Path(folder) / "text.onnx")
        graph = pack.copy("text.onnx", Path(folder) / "text.onnx")
    words = pack.write("text-tokenizer.json", json.dumps(to_hugging_face(teacher.tokenizer)).encode())
    texts = [PROBE, *list_prompts(), *(query.text for query in draw_queries(COMPARED, SEED))]
    report = {
        "texts": len(texts),
        "leastCosine": least_cosine(teacher, pack.folder / graph["file"], texts),
        "otherTokens": count_other_tokens(teacher, pack.folder / words["file"], texts),
    }
    if report["leastCosine"] < MIN_COSINE or report["otherTokens"]:
        raise ValueError(f"the text tower's files are not what was trained: {report}")
    section = {
        "tokenizer": words,
        "maxTokens": teacher.tower.config.max_length,
        "encoder": to_graph(graph, "fp16", ("wasm",)),
        "parity": {"text": PROBE, "expected": to_numbers(embed_queries(teacher, [PROBE])[0]), "minCosine": MIN_COSINE},
        "leastScore": LEAST_SCORE,
    }
    return section, report


def count_other_tokens(teacher: StatusTeacher, path: Path, texts: list[str]) -> int:
    """Texts of which Hugging Face's tokenizers make other ids."""
    other, most = Tokenizer.from_file(str(path)), teacher.tower.config.max_length
    return sum(other.encode(text).ids != teacher.tokenizer.encode(text, most) for text in texts)
