"""The speech encoder of a pack: the folder that scripts/export_speech.py writes."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.findings import FINDING_IDS
from voxct.pack.files import PackFolder, describe_file
from voxct.pack.rules import list_files

BEYOND_ANY_MARGIN = {"present": 2.0, "absent": -2.0}
"""A margin of two cosines stays within -2 and 2: without measured thresholds no utterance is said to name a finding."""


class UnsuitableSpeech(ValueError):
    """Says what is wrong with the folder and what to do."""


@dataclass(frozen=True)
class SpeechPart:
    """section: the manifest's `speech`; prompts float32 [18, 2, latent] as spoken; thresholds on the said score."""

    folder: Path
    section: dict
    prompts: NDArray[np.float32] | None
    thresholds: dict[str, float] | None
    kind: str

    def copy_to(self, pack: PackFolder) -> dict:
        for entry in list_files(self.section):
            pack.copy(entry["file"], self.folder / entry["file"])
        return self.section


def read_speech(folder: Path, latent: int) -> SpeechPart:
    """speech.json, spoken_prompts.npy and thresholds.json (the last two optional). Raises UnsuitableSpeech."""
    manifest = folder / "speech.json"
    if not manifest.is_file():
        raise UnsuitableSpeech(f"{folder}: no speech.json. Export the encoder with scripts/export_speech.py first")
    section = json.loads(manifest.read_text(encoding="utf-8"))
    found = len(section["parity"]["expected"])
    if found != latent:
        raise UnsuitableSpeech(f"{folder}: its embeddings have {found} numbers, the checkpoint's {latent}")
    check_speech_files(folder, section)
    prompts = read_spoken_prompts(folder / "spoken_prompts.npy", latent)
    thresholds, kind = read_thresholds(folder / "thresholds.json", prompts is not None)
    return SpeechPart(folder, section, prompts, thresholds, kind)


def check_speech_files(folder: Path, section: dict) -> None:
    for entry in list_files(section):
        path = folder / entry["file"]
        if not path.is_file() or describe_file(path)["sha256"] != entry["sha256"]:
            raise UnsuitableSpeech(f"{path}: missing, or not the file that speech.json names. Export the encoder again")


def read_spoken_prompts(path: Path, latent: int) -> NDArray[np.float32] | None:
    if not path.is_file():
        return None
    prompts = np.load(path, allow_pickle=False)
    if prompts.shape != (len(FINDING_IDS), 2, latent):
        raise UnsuitableSpeech(f"{path}: shape {prompts.shape}, not {(len(FINDING_IDS), 2, latent)}")
    return (prompts / np.linalg.norm(prompts, axis=-1, keepdims=True)).astype(np.float32)


def read_thresholds(path: Path, has_spoken: bool) -> tuple[dict[str, float] | None, str]:
    """Thresholds, and which prompts they stand for: "speech" or "text"."""
    if not path.is_file():
        return None, "speech" if has_spoken else "text"
    stored = json.loads(path.read_text(encoding="utf-8"))
    kind = "speech" if stored.get("prompts", "spoken") == "spoken" and has_spoken else "text"
    return {key: float(stored[key]) for key in ("present", "absent")}, kind
