"""Free speech synthesizers as a set of voices: espeak-ng, flite and festival of Debian; Pico, Kokoro and Piper."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from voxct.speech.accents import speak_accent_batch
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.neural_voices import speak_kokoro, speak_piper

NEURAL_ENGINES = {"kokoro": speak_kokoro, "piper": speak_piper}


@dataclass(frozen=True)
class Voice:
    """One way of speaking: `stretch` > 1 slows down.

    `pitch` is espeak's 0..99, flite's mean F0 in Hz (0: its own), or a factor on the voice's own F0 (diphone, pico).
    Engines: espeak, flite, festival, diphone (festival's diphone voices of other languages), pico; kokoro and piper
    (neural_voices.py) keep their own pitch.
    """

    engine: str
    name: str
    stretch: float
    pitch: float

    def to_json(self) -> dict:
        return asdict(self)


def to_spoken(text: str) -> str:
    """Lower case, since engines spell out some words in capitals, and "CT" as two letters."""
    return re.sub(r"\bct\b", "C T", text.lower())


def speak(text: str, voice: Voice) -> np.ndarray:
    """The text spoken, float32 [samples] at 16 kHz. Raises CalledProcessError where engine or voice is missing."""
    if voice.engine in NEURAL_ENGINES:
        return NEURAL_ENGINES[voice.engine](text, voice.name, voice.stretch)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "spoken.wav"
        if voice.engine == "pico":
            return speak_pico(text, voice)
        if voice.engine == "diphone":
            return speak_diphone_batch([(text, voice)], np.random.default_rng(len(text)))[0]
        if voice.engine == "festival":
            _speak_festival([(text, voice, out)])
        else:
            subprocess.run(_command(text, voice, out), check=True, capture_output=True)
        return read_wav(out.read_bytes())


def speak_festival_batch(jobs: list[tuple[str, Voice]]) -> list[np.ndarray]:
    """As `speak`, but for many texts in one festival process, which takes long to start."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{i}.wav" for i in range(len(jobs))]
        _speak_festival([(text, voice, file) for (text, voice), file in zip(jobs, files, strict=True)])
        return [read_wav(file.read_bytes()) if file.exists() else np.zeros(0, np.float32) for file in files]


def speak_diphone_batch(jobs: list[tuple[str, Voice]], rng: np.random.Generator) -> list[np.ndarray]:
    """As `speak_festival_batch` for diphone voices of other languages (accents.py)."""
    with tempfile.TemporaryDirectory() as folder:
        told = [(text, voice.name, voice.stretch, voice.pitch) for text, voice in jobs]
        files = speak_accent_batch(told, Path(folder), rng)
        return [read_wav(file.read_bytes()) if file.exists() else np.zeros(0, np.float32) for file in files]


@cache
def open_pico(language: str):
    """The engine of a language. Raises ImportError where ttspico (requirements-voices.txt) is not installed."""
    import ttspico

    return ttspico.TtsEngine(language)


def speak_pico(text: str, voice: Voice) -> np.ndarray:
    """SVOX Pico, float32 [samples] at 16 kHz, its own rate."""
    engine = open_pico(voice.name)
    engine.rate, engine.pitch = round(100 / voice.stretch), round(100 * voice.pitch)
    return np.frombuffer(engine.speak(text), "<i2").astype(np.float32) / 32768


def _command(text: str, voice: Voice, out: Path) -> list[str]:
    if voice.engine == "espeak":
        speed_wpm, pitch = str(round(165 / voice.stretch)), str(round(voice.pitch))
        return ["espeak-ng", "-v", voice.name, "-s", speed_wpm, "-p", pitch, "-w", str(out), text]
    settings = ["--setf", f"duration_stretch={voice.stretch:.3f}"]
    settings += ["--setf", f"int_f0_target_mean={voice.pitch:.1f}"] if voice.pitch else []
    return ["flite", "-voice", voice.name, *settings, "-t", text, str(out)]


def _speak_festival(jobs: list[tuple[str, Voice, Path]]) -> None:
    lines = []
    for text, voice, out in jobs:
        plain = text.replace("\\", " ").replace('"', " ")
        lines.append(f"(voice_{voice.name})\n(Parameter.set 'Duration_Stretch {voice.stretch:.3f})")
        lines.append(f'(utt.save.wave (utt.synth (Utterance Text "{plain}")) "{out}" \'riff)')
    with tempfile.NamedTemporaryFile("w", suffix=".scm") as script:
        script.write("\n".join(lines))
        script.flush()
        subprocess.run(["festival", "-b", script.name], check=True, capture_output=True)


def read_wav(data: bytes) -> np.ndarray:
    """Mono float32 [samples] at 16 kHz of a sound file's bytes (anything libsndfile reads)."""
    sound, rate_hz = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    mono = sound.mean(1)
    if rate_hz == SAMPLE_RATE_HZ:
        return mono
    common = np.gcd(rate_hz, SAMPLE_RATE_HZ)
    return resample_poly(mono, SAMPLE_RATE_HZ // common, rate_hz // common).astype(np.float32)
