"""Stores what the frozen Whisper encoder makes of spoken clips: once clean, and again through rooms and noises.

python scripts/store_whisper.py --graph encoder.onnx --clips FOLDER --out STORE --clean 1 --noisy 2 --nothing 100

FOLDER is one of speak_queue.py. Started again it goes on, with what was spoken since.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speak_queue import read_lines

from voxct.findings import FINDING_IDS
from voxct.speech.augment import heard, nothing_said
from voxct.speech.branch.features import FeatureWriter, FrozenEncoder, cut_audio
from voxct.speech.branch.pieces import cut_pieces
from voxct.speech.logmel import SAMPLE_RATE_HZ

NOTHING_S = (1.0, 8.0)
LONGEST_SAMPLES = 14 * SAMPLE_RATE_HZ
WIDTH = 1024


def main(
    graph: Path, clips: Path, out: Path, clean: int, noisy: int, nothing: int, strength: float, half: str | None
) -> None:
    encoder, writer = FrozenEncoder(graph), FeatureWriter(out, WIDTH)
    for row in read_lines(clips / "clips.jsonl"):
        if half and row["half"] != half:
            continue
        pieces = cut_pieces(row)
        names = [f"{piece.id}~{turn}" for piece in pieces for turn in range(clean + noisy)]
        if all(name in writer.done for name in names):
            continue
        audio, _ = soundfile.read(clips / row["file"], dtype="float32")
        for piece in pieces:
            cut = cut_audio(audio, piece.start_s, piece.end_s)
            for turn in range(clean + noisy):
                name = f"{piece.id}~{turn}"
                if name in writer.done:
                    continue
                rng = np.random.default_rng(list(name.encode()))
                sound = cut if turn < clean else heard(cut, rng, None, strength)[:LONGEST_SAMPLES]
                told = {"text": piece.text, "statuses": piece.statuses, "kind": piece.kind}
                writer.add(encoder.encode(sound), {"piece": name, **told, "voice": row["voice"]["name"]})
        if sum(name.startswith("nothing") for name in writer.done) < nothing:
            add_nothing(encoder, writer, audio)


def add_nothing(encoder: FrozenEncoder, writer: FeatureWriter, voice: np.ndarray) -> None:
    """One clip that says nothing: noises, silence, the voice backwards."""
    name = f"nothing-{sum(one.startswith('nothing') for one in writer.done):05d}"
    rng = np.random.default_rng(list(name.encode()))
    samples = round(rng.uniform(*NOTHING_S) * SAMPLE_RATE_HZ)
    sound = nothing_said(samples, rng, voice[:samples])
    told = {"text": "", "statuses": [0] * len(FINDING_IDS), "kind": "nothing", "voice": ""}
    writer.add(encoder.encode(sound), {"piece": name, **told})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("graph", "clips", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--clean", type=int, default=1)
    parser.add_argument("--noisy", type=int, default=1)
    parser.add_argument("--nothing", type=int, default=0)
    parser.add_argument("--strength", type=float, default=0.7)
    parser.add_argument("--half", choices=["develop", "held-out"], help="of the hand-written set")
    main(**vars(parser.parse_args()))
