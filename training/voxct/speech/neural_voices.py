"""Natural voices on onnxruntime: Kokoro-82M (Apache-2.0) and one of Piper (MIT), from a folder outside the tree.

`scripts/fetch_voices.py` fills the folder: kokoro/{model.onnx,vocab.json,voices/*.bin}, piper/joe.onnx and its .json.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.signal import resample_poly

from voxct.onnx_session import open_session
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.phonemes import phonemise_sentence

FOLDER = Path(os.environ.get("VOXCT_VOICES", Path.home() / ".cache/voxct/voices"))
KOKORO_RATE_HZ = 24_000
# Rows of a Kokoro voice are styles by number of phonemes, 0..509.
KOKORO_LONGEST = 509
STYLE_WIDTH = 256


def speak_kokoro(text: str, name: str, stretch: float) -> np.ndarray:
    """One sentence by a Kokoro voice such as `af_heart`, float32 [samples] at 16 kHz.

    Raises ValueError above 509 phonemes, FileNotFoundError without the folder.
    """
    accent = "en-gb" if name[0] == "b" else "en-us"
    vocabulary = load_kokoro_vocabulary()
    ids = [vocabulary[sign] for sign in phonemise_sentence(text, accent) if sign in vocabulary]
    if len(ids) > KOKORO_LONGEST:
        raise ValueError(f"{len(ids)} phonemes in one sentence, at most {KOKORO_LONGEST} can be spoken: {text[:60]}")
    feeds = {
        "tokens": np.array([[0, *ids, 0]], np.int64),
        "style": load_kokoro_styles(name)[len(ids)][None],
        "speed": np.array([1 / stretch], np.float32),
    }
    (audio,) = open_voice(FOLDER / "kokoro/model.onnx").run(None, feeds)
    return resample_poly(audio, 2, 3).astype(np.float32)


def speak_piper(text: str, name: str, stretch: float) -> np.ndarray:
    """One sentence by the Piper voice `name` (a file of the folder), float32 [samples] at 16 kHz."""
    config = json.loads((FOLDER / f"piper/{name}.onnx.json").read_text())
    table, noise = config["phoneme_id_map"], config["inference"]
    ids = [*table["^"], *table["_"]]
    for sign in phonemise_sentence(text, config["espeak"]["voice"]):
        ids += [*table.get(sign, []), *table["_"]] if sign in table else []
    ids += table["$"]
    feeds = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array([noise["noise_scale"], noise["length_scale"] * stretch, noise["noise_w"]], np.float32),
    }
    (audio,) = open_voice(FOLDER / f"piper/{name}.onnx").run(None, feeds)
    rate_hz = config["audio"]["sample_rate"]
    common = np.gcd(rate_hz, SAMPLE_RATE_HZ)
    return resample_poly(audio.ravel(), SAMPLE_RATE_HZ // common, rate_hz // common).astype(np.float32)


@cache
def open_voice(path: Path) -> onnxruntime.InferenceSession:
    """A session of one thread: threads that wait for each other spin."""
    return open_session(path, warns=False)


@cache
def load_kokoro_vocabulary() -> dict[str, int]:
    return json.loads((FOLDER / "kokoro/vocab.json").read_text())["vocab"]


@cache
def load_kokoro_styles(name: str) -> np.ndarray:
    """float32 [510, 256]."""
    return np.fromfile(FOLDER / f"kokoro/voices/{name}.bin", np.float32).reshape(-1, STYLE_WIDTH)
