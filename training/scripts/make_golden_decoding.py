"""Makes fixtures/golden/speech/decoding.*: frames, a small language, and the texts that both decoders must find.

The frames are drawn here and not taken from an encoder, so that a new encoder leaves them as they are.
    python training/scripts/make_golden_decoding.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.findings import list_prompts
from voxct.speech.alphabet import ALPHABET, BLANK, to_letters
from voxct.speech.decoding import Transcriber
from voxct.speech.language import DecodingSettings, read_language, to_bytes
from voxct.speech.ngrams import estimate_ngrams

SETTINGS = DecodingSettings(0.8, 0.5, 6, 1.5, 32, 12, 1.5)
# Text, and how unclear it is spoken: the standard deviation of the letters' scores, the clear letter's score being 6.
CASES = [
    ("pleural effusion is present", 1.0),
    ("no lung nodule full stop", 2.0),
    ("emphysema is not present", 2.6),
    ("a pacemaker in denmark", 1.0),
    ("mosaic attenuation pattern is present", 3.0),
    ("the ferry leaves the harbour at dawn", 2.0),
    ("", 1.0),
]
TEXTS = [*list_prompts(), "no lung nodule full stop", "there is no pleural effusion", "a pacemaker in the chest"]


def main(folder: Path) -> None:
    """Writes decoding-language.bin, decoding.f32 (all frames, one case after the other) and decoding.json."""
    content = to_bytes(estimate_ngrams(map(to_letters, TEXTS), 3), SETTINGS)
    transcriber = Transcriber(read_language(content))
    rng = np.random.default_rng(8)
    clips = [draw_frames(text, unclear, rng) for text, unclear in CASES]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "decoding-language.bin").write_bytes(content)
    (folder / "decoding.f32").write_bytes(np.concatenate(clips).astype("<f4").tobytes())
    cases = []
    for (said, _), clip in zip(CASES, clips, strict=True):
        words, letters, doubt = transcriber.weigh(clip)
        row = {"said": said, "frames": len(clip), "letters": letters, "words": words, "doubt": round(doubt, 9)}
        cases.append({**row, "text": transcriber.read(clip)})
    golden = {"alphabet": ALPHABET, "cases": cases}
    (folder / "decoding.json").write_text(json.dumps(golden, indent=2) + "\n", encoding="utf-8")


def draw_frames(text: str, unclear: float, rng: np.random.Generator) -> np.ndarray:
    """log_probs float32 [frames, letters]: a blank before each letter, and a letter in one or two frames."""
    path = [BLANK]
    for letter in text:
        path += [ALPHABET.index(letter)] * rng.integers(1, 3) + [BLANK]
    scores = rng.normal(0, unclear, (len(path), len(ALPHABET)))
    scores[np.arange(len(path)), path] += 6
    return (scores - np.log(np.exp(scores).sum(1, keepdims=True))).astype(np.float32)


if __name__ == "__main__":
    main(ROOT / "fixtures/golden/speech")
