"""Free speech synthesizers of Debian as a set of voices: espeak-ng, flite and festival; who trains and who tests."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from voxct.speech.logmel import SAMPLE_RATE_HZ

ESPEAK_ACCENTS = ["en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-us-nyc", "en", "en-029"]
ESPEAK_TRAIN = (
    "Alex Alicia Andrea Andy Annie Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael Mike Nguyen "
    "RicishayMax RicishayMax2 Storm Tweaky adam anika announcer antonio aunty belinda benjamin boris caleb david ed "
    "edward f1 f2 f3 f4 f5 grandma grandpa gustave iven iven2 john kaukovalta linda m1 m2 m3 m4 m5 m6 m7 m8 marcelo "
    "max michel miguel norbert pablo paul pedro rob robert sandro shelby steph steph2 travis zac"
).split()
# Kept from training: an accent and four speakers for validation, the Klatt family for the test (another synthesis).
ESPEAK_VALIDATION_ACCENT = "en-gb-x-gbcwmd"
ESPEAK_VALIDATION = ["edward2", "quincy", "steph3", "victor"]
ESPEAK_TEST = ["klatt", "klatt2", "klatt3", "klatt4", "klatt5", "klatt6"]


@dataclass(frozen=True)
class Voice:
    """One way of speaking: `stretch` > 1 slows down, `pitch` espeak's 0..99 or flite's mean F0 in Hz (0: its own)."""

    engine: str
    name: str
    stretch: float
    pitch: float

    def to_json(self) -> dict:
        return asdict(self)


def draw_voice(split: str, rng: np.random.Generator) -> Voice:
    """A random voice of a split; the three splits share no voice but for two thirds of the validation's."""
    if split == "test":
        return _draw_test_voice(rng)
    if split == "validation" and rng.random() < 0.35:
        name = f"{ESPEAK_VALIDATION_ACCENT}+{rng.choice(ESPEAK_VALIDATION)}"
        return Voice("espeak", name, rng.uniform(0.85, 1.2), rng.uniform(20, 80))
    engine = rng.choice(["espeak", "flite", "festival"], p=[0.56, 0.36, 0.08])
    if engine == "espeak":
        name = f"{rng.choice(ESPEAK_ACCENTS)}+{rng.choice(ESPEAK_TRAIN)}"
        return Voice("espeak", name, rng.uniform(0.8, 1.35), rng.uniform(10, 90))
    if engine == "flite":
        name = str(rng.choice(["awb", "rms", "slt"]))
        middle_hz = {"awb": 130.0, "rms": 105.0, "slt": 175.0}[name]
        return Voice("flite", name, rng.uniform(0.8, 1.3), middle_hz * rng.uniform(0.75, 1.35))
    return Voice("festival", "cmu_us_slt_arctic_hts", rng.uniform(0.85, 1.2), 0)


def _draw_test_voice(rng: np.random.Generator) -> Voice:
    engine = rng.choice(["flite", "festival", "espeak"], p=[0.4, 0.35, 0.25])
    if engine == "flite":
        return Voice("flite", "kal16", rng.uniform(0.9, 1.15), rng.uniform(85, 125))
    if engine == "festival":
        return Voice("festival", "ked_diphone", rng.uniform(0.9, 1.15), 0)
    return Voice("espeak", f"en-us+{rng.choice(ESPEAK_TEST)}", rng.uniform(0.9, 1.2), rng.uniform(30, 70))


def to_spoken(text: str) -> str:
    """Lower case, since engines spell out some words in capitals, and "CT" as two letters."""
    return re.sub(r"\bct\b", "C T", text.lower())


def speak(text: str, voice: Voice) -> np.ndarray:
    """The text spoken, float32 [samples] at 16 kHz. Raises CalledProcessError where engine or voice is missing."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "spoken.wav"
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
