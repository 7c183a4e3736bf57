"""Readers against the hand-written set spoken by test voices: the pack's own ears, the branch, the true words.

python scripts/judge_statements.py --clips FOLDER --pack PACK --graph encoder.onnx --branch FOLDER --tower FOLDER

Each clause is heard by itself, cut at its known times: what a reader can do, before windows and pauses are guessed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speak_queue import read_lines

from voxct.findings import FINDING_IDS
from voxct.speech.branch.features import FrozenEncoder, cut_audio
from voxct.speech.branch.model import BranchConfig, SpeechBranch
from voxct.speech.branch.task import pad_frames
from voxct.speech.hand_written_judge import by_finding, judge
from voxct.speech.listener import Listener
from voxct.speech.reading import read_shares, to_said_scores
from voxct.text.pack_space import PackSpace, open_pack_space
from voxct.text.status_tower import load_status_tower

EDGE_S = 0.1
Reader = Callable[[np.ndarray, str], np.ndarray]
"""Sound and words of a clause -> int [18], indices into STATUSES."""


def old_ears(pack: Path, space: PackSpace) -> Reader:
    """The pack's speech encoder at the pack's thresholds; it knows present and absent alone."""
    listener = Listener(pack / "speech.onnx")
    limits = [one["thresholds"]["speech"] for one in json.loads((pack / "manifest.json").read_text())["findings"]]
    present, absent = (np.array([limit[name] for limit in limits]) for name in ("present", "absent"))

    def read(sound: np.ndarray, _: str) -> np.ndarray:
        scores = to_said_scores(read_shares(listener.hear(sound).embedding[None], space.duals.numpy()))[0]
        return np.where(scores >= present, 1, np.where(scores <= absent, 2, 0))

    return read


def branch_ears(graph: Path, folder: Path, space: PackSpace) -> Reader:
    encoder = FrozenEncoder(graph)
    saved = torch.load(folder / "branch.pt", map_location="cpu", weights_only=True)
    branch = SpeechBranch(BranchConfig(**saved["config"]), space)
    branch.load_state_dict(saved["state"])
    branch.eval()

    @torch.no_grad()
    def read(sound: np.ndarray, _: str) -> np.ndarray:
        return branch(*pad_frames([encoder.encode(sound)]))[1][0].argmax(-1).numpy()

    return read


def true_words(folder: Path, space: PackSpace) -> Reader:
    tower = load_status_tower(folder, space)
    return lambda _, words: tower.encode([words])[1][0].argmax(-1).numpy()


def main(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    space = open_pack_space(options.pack)
    readers: dict[str, Reader] = {"pack": old_ears(options.pack, space)}
    if options.tower:
        readers["words"] = true_words(options.tower, space)
    if options.branch:
        readers["branch"] = branch_ears(options.graph, options.branch, space)
    rows = [row for row in read_lines(options.clips / "clips.jsonl") if row["half"] == options.half][: options.most]
    calls: dict[str, list[np.ndarray]] = {name: [] for name in readers}
    for row in rows:
        audio, _ = soundfile.read(options.clips / row["file"], dtype="float32")
        cuts = [cut_audio(audio, max(0, start - EDGE_S), end + EDGE_S) for start, end in row["times"]]
        for name, read in readers.items():
            calls[name].append(np.stack([read(*pair) for pair in zip(cuts, row["clauses"], strict=True)]))
    report(rows, calls)


def report(rows: list[dict], calls: dict[str, list[np.ndarray]]) -> None:
    voices = len({row["voice"]["name"] for row in rows})
    print(f"{len(rows)} clips, {voices} voices, {sum(row['seconds'] for row in rows) / 60:.1f} min")
    figures = {name: judge(rows, called) for name, called in calls.items()}
    print("| | " + " | ".join(figures) + " |\n|" + " --- |" * (1 + len(figures)))
    for line in next(iter(figures.values())):
        print(f"| {line} | " + " | ".join(str(figure[line]) for figure in figures.values()) + " |")
    for status in ("present", "absent"):
        own = {name: by_finding(rows, called, status) for name, called in calls.items()}
        worst = [f"{f} " + ", ".join(str(one[f]) for one in own.values()) for f in FINDING_IDS]
        print(f"\n{status} found by finding ({', '.join(own)}):\n  " + "\n  ".join(worst))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--half", choices=["develop", "held-out"], default="develop")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--branch", type=Path)
    parser.add_argument("--tower", type=Path)
    parser.add_argument("--most", type=int)
    main(parser.parse_args())
