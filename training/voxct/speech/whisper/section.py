"""The manifest's `speech.transcriber`: Whisper's graphs, table of tokens, prompt, contexts and guards."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.pack.files import PackFolder, to_graph
from voxct.speech.whisper.contexts import CONTEXTS_SECONDS, MOST_SPEECH
from voxct.speech.whisper.greedy import CUT_SEARCH_SECONDS, SPARE_TOKENS, TOKENS_A_SECOND, GreedyWriter, count_most
from voxct.speech.whisper.vocabulary import Vocabulary

PROMPT = (
    "CT chest. Pulmonary embolus, pneumothorax, pleural effusion, atelectasis, consolidation, ground-glass opacity, "
    "lymphadenopathy, emphysema, bronchiectasis, cardiomegaly, pericardial effusion, hiatal hernia, calcification, "
    "nodule."
)
"""What was said before, as a Whisper is told that is not tuned: rare words become likelier. A bare list: whole
sentences halved the errors as well, but made "Cardiomegaly," out of rain and clocks."""
GUARD = {"leastLogProb": -1.2, "noSpeech": 0.4, "leastLogProbIfSilent": -0.5}
"""A window with a lower mean log-probability says nothing, nor does one that is likely silent and below the other one.
Recorded noises lie at -1.0 and below or are a loop, recorded and spoken sentences at -.65 and above."""
INT16 = 32768
SECTION_FILE = "transcriber.json"


def build_transcriber(
    pack: PackFolder, vocabulary: Vocabulary, graphs: dict[str, dict], writer: GreedyWriter, clip: NDArray[np.float32]
) -> dict:
    """graphs: {"encoder" | "decoder": {variant: file entry}}; the writer's prompt is the pack's. The clip is the
    self-test: the same tokens must come."""
    stored = np.rint(clip * INT16).clip(-INT16, INT16 - 1).astype("<i2")
    (heard,) = writer.hear(stored.astype(np.float32) / INT16)
    probe = {"kind": "int16-file", **pack.write("transcriber-parity.i16", stored.tobytes()), "shape": [len(stored)]}
    return {
        **{part: [to_graph(entry, v, ("wasm",))[0] for v, entry in files.items()] for part, files in graphs.items()},
        "tokens": {**pack.write("transcriber-tokens.bin", vocabulary.to_bytes()), "count": len(vocabulary.published)},
        "start": vocabulary.start,
        "end": vocabulary.end,
        "prompt": writer.prompt[: -len(vocabulary.start)].tolist(),
        "contextsSeconds": list(CONTEXTS_SECONDS),
        "mostSpeech": MOST_SPEECH,
        "cutSearchSeconds": CUT_SEARCH_SECONDS,
        "tokensASecond": TOKENS_A_SECOND,
        "spareTokens": SPARE_TOKENS,
        "guard": GUARD,
        "parity": {"input": {**probe, "divisor": INT16}, "most": count_most(clip), "expected": heard.ids},
    }


def add_transcriber(pack: PackFolder, run: Path) -> dict:
    """What export_whisper.py wrote, its files copied: {"transcriber": section}, or {} where there is none."""
    path = run / SECTION_FILE
    if not path.exists():
        return {}
    section = json.loads(path.read_text(encoding="utf-8"))
    files = [*section["encoder"], *section["decoder"], section["tokens"], section["parity"]["input"]]
    for entry in files:
        copied = pack.copy(entry["file"], run / entry["file"])
        if copied["sha256"] != entry["sha256"]:
            raise ValueError(f"{entry['file']} is another one than {path} names: export Whisper again")
    return {"transcriber": section}
