"""Readers against the hand-written set spoken by test voices: the pack's own ears, the branch, the true words.

python scripts/judge_statements.py --clips FOLDER --pack PACK --graph encoder.onnx --branch FOLDER --tower FOLDER

Each clause is heard by itself, cut at its known times: what a reader can do, before windows and pauses are guessed.
--choose writes the branch's limits (limits.json): most statements found with no more faults than the pack's ears have.
--nothing FOLDER: recordings in which no finding is said.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import soundfile
import torch
from scipy.signal import resample_poly
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speak_queue import read_lines

from voxct.findings import FINDING_IDS
from voxct.speech.branch.features import cut_audio
from voxct.speech.branch.pieces import cut_pieces
from voxct.speech.branch.readers import BranchEars, PackEars, Reader, TrueWords
from voxct.speech.branch.reading import choose_limits, write_limits
from voxct.speech.hand_written_judge import Counted, by_finding, judge
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.text.pack_space import open_pack_space

EDGE_S = 0.1
WINDOW_S = 7
Heard = dict[str, list[np.ndarray]]
"""By reader and clip: P(status) [clauses, 18, 5]."""


def main(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    space = open_pack_space(options.pack)
    readers: dict[str, Reader] = {"pack": PackEars(options.pack, space)}
    if options.tower:
        readers["words"] = TrueWords(options.tower, space)
    if options.branch:
        readers["branch"] = BranchEars(options.graph, options.branch, space)
    rows = [row for row in read_lines(options.clips / "clips.jsonl") if row["half"] == options.half][: options.most]
    told = hear_all(rows, options.clips, readers)
    if options.choose:
        most = judge(rows, [readers["pack"].call(one) for one in told["pack"]])
        readers["branch"].limits = choose_limits(rows, told["branch"], most)
        write_limits(options.branch, readers["branch"].limits)
    report(rows, {name: [readers[name].call(one) for one in each] for name, each in told.items()})
    report_voices(rows, told)
    for folder in options.nothing:
        report_nothing(folder, {name: reader for name, reader in readers.items() if name != "words"})


def hear_all(rows: list[dict], folder: Path, readers: dict[str, Reader]) -> Heard:
    told: Heard = {name: [] for name in readers}
    for row in rows:
        audio, _ = soundfile.read(folder / row["file"], dtype="float32")
        cuts = [cut_audio(audio, max(0, start - EDGE_S), end + EDGE_S) for start, end in row["times"]]
        for name, reader in readers.items():
            told[name].append(np.stack([reader.tell(*pair) for pair in zip(cuts, row["clauses"], strict=True)]))
    return told


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


def report_voices(rows: list[dict], told: Heard) -> None:
    """AUROC of P(present), stated present against all else, over all clauses and findings of a voice."""
    truth = [np.array([piece.statuses for piece in cut_pieces(row)]) == 1 for row in rows]
    names = [row["voice"]["name"] for row in rows]
    print("\nsaid present against all else, AUROC by voice (" + ", ".join(told) + "):")
    for voice in ["all", *sorted(set(names))]:
        own = [number for number, name in enumerate(names) if voice in ("all", name)]
        said = np.concatenate([truth[number].ravel() for number in own])
        scores = [np.concatenate([each[number][..., 1].ravel() for number in own]) for each in told.values()]
        print(f"  {voice}: " + ", ".join(f"{roc_auc_score(said, score):.3f}" for score in scores))


def report_nothing(folder: Path, readers: dict[str, Reader]) -> None:
    """Recordings with a mention, by windows of 7 s."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".wav", ".ogg", ".flac", ".mp3"))
    hits = dict.fromkeys(readers, 0)
    for file in files:
        audio, rate = soundfile.read(file, dtype="float32", always_2d=True)
        sound = resample_poly(audio.mean(1), SAMPLE_RATE_HZ, rate).astype(np.float32)
        windows = [sound[at : at + WINDOW_S * SAMPLE_RATE_HZ] for at in range(0, len(sound), WINDOW_S * SAMPLE_RATE_HZ)]
        for name, reader in readers.items():
            hits[name] += bool(reader.call(np.stack([reader.tell(one, "") for one in windows])).any())
    print(f"\n{folder.name}, a mention: " + ", ".join(f"{name} {Counted(n, len(files))}" for name, n in hits.items()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--half", choices=["develop", "held-out"], default="develop")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--branch", type=Path)
    parser.add_argument("--tower", type=Path)
    parser.add_argument("--choose", action="store_true", help="on the develop half alone")
    parser.add_argument("--nothing", type=Path, nargs="*", default=[])
    parser.add_argument("--most", type=int)
    given = parser.parse_args()
    if given.choose and given.half != "develop":
        parser.error("limits are chosen on the develop half")
    main(given)
