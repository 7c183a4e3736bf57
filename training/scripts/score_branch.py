"""Rows of the table for branches on Whisper: zero-shot with prompts spoken by natural voices that training never heard.

python scripts/score_branch.py --pack PACK --graph encoder.onnx --scans data/scans --rows runs/rows-whisper \
    --naive runs/arms/naive-s1 … --distilled runs/arms/distilled-s1 … --results RESULTS-WHISPER.md

Thresholds come from the library's scans that InfoNCE did not see (`train_branch.py --half-the-scans`); the text row is
the pack's written prompts. Writes the rows (voxct/rows.py) and, with --results, their table and the recovery.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from voxct.alignment.scans import load_or_encode, to_margins
from voxct.alignment.spoken import to_prompt_rows
from voxct.findings import list_prompts
from voxct.results.branch import to_branch_document
from voxct.results.comparison import TEACHER, TESTS, measure_rows
from voxct.rows import RowCard, write_row, write_row_json
from voxct.speech.branch.features import FrozenEncoder
from voxct.speech.branch.model import BranchConfig, ProjectedBranch
from voxct.speech.branch.task import pad_frames
from voxct.speech.casting import NATURAL_TEST_VOICES
from voxct.speech.clauses import speak_clauses
from voxct.text.pack_space import PackSpace, open_pack_space

PAPER = "SpeechCT-CLIP (arXiv 2510.02322)"
VOICES = NATURAL_TEST_VOICES[:3]


@dataclass(frozen=True)
class Scans:
    """embeddings f32[n, d], unit; labels int64 [n, 18]; seeds int64 [n]."""

    embeddings: np.ndarray
    labels: np.ndarray
    seeds: np.ndarray


def main(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    space = open_pack_space(options.pack)
    splits = {"validation": other_half(space)} | {split: read_scans(options, split) for split in TESTS}
    write_text_row(options, space, splits)
    heard = hear_prompts(options)
    for group, folders in (("speech-naive", options.naive), ("speechct", options.distilled)):
        for number, folder in enumerate(folders, 1):
            prompts = embed_prompts(folder, space, heard)
            write_arm(options.rows / f"{group}-whisper-s{number}", group, number, options, prompts, splits)
    if options.results:
        options.results.write_text(to_branch_document(measure_rows(options.rows), command(options)), encoding="utf-8")


def command(options: argparse.Namespace) -> str:
    return f"python scripts/score_branch.py, {len(options.naive)} seeds of {options.steps} steps an arm"


def other_half(space: PackSpace) -> Scans:
    embeddings, labels = space.scans[1::2].numpy(), space.labels[1::2].numpy()
    return Scans(embeddings, labels, np.arange(1, len(space.scans), 2))


def read_scans(options: argparse.Namespace, split: str) -> Scans:
    kept = options.rows.parent / f"whisper-{split}.npz"
    return Scans(**vars(load_or_encode(kept, options.rows / "none", options.pack, options.scans, split)))


def write_text_row(options: argparse.Namespace, space: PackSpace, splits: dict[str, Scans]) -> None:
    folder = options.rows / TEACHER
    for split, scans in splits.items():
        margins = to_margins(scans.embeddings, space.prompts.numpy())
        write_row(folder, split, scans.labels, margins, scans.seeds, scans.embeddings)
    card = RowCard(
        TEACHER, "ctclip", "CT-CLIP, zero-shot, written prompts", "CT-CLIP, arXiv 2403.17834", 1, command(options)
    )
    write_row_json(folder, card)


def hear_prompts(options: argparse.Namespace) -> list[np.ndarray]:
    """States of each of the 36 prompts by each voice, prompt by prompt; spoken once and kept."""
    kept = options.rows.parent / "whisper-prompts.npz"
    if not kept.exists():
        encoder = FrozenEncoder(options.graph)
        sounds = [speak_clauses([text], voice, [])[0] for text in list_prompts() for voice in VOICES]
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, *[encoder.encode(np.asarray(sound, np.float32)) for sound in sounds])
    with np.load(kept) as arrays:
        return [arrays[f"arr_{number}"] for number in range(len(arrays.files))]


@torch.no_grad()
def embed_prompts(folder: Path, space: PackSpace, heard: list[np.ndarray]) -> np.ndarray:
    """[18, 2, d]: unit means over the voices."""
    saved = torch.load(folder / "branch.pt", map_location="cpu", weights_only=True)
    branch = ProjectedBranch(BranchConfig(**saved["config"]), space)
    branch.load_state_dict(saved["state"])
    branch.eval()
    embeddings = np.concatenate([branch(*pad_frames([clip]))[0].numpy() for clip in heard])
    return to_prompt_rows(embeddings, [number // len(VOICES) for number in range(len(heard))])


def write_arm(folder: Path, group: str, seed: int, options: argparse.Namespace, prompts: np.ndarray,
              splits: dict[str, Scans]) -> None:  # fmt: skip
    for split, scans in splits.items():
        write_row(folder, split, scans.labels, to_margins(scans.embeddings, prompts), scans.seeds)
    without = group == "speech-naive"
    title = (
        "Whisper base without distillation (λ = 0)"
        if without
        else f"Whisper base, SpeechCT-CLIP (λ = {options.weight:g})"
    )
    write_row_json(folder, RowCard(folder.name, group, title, PAPER, seed, command(options)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pack", "graph", "scans", "rows"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--naive", type=Path, nargs="+", required=True)
    parser.add_argument("--distilled", type=Path, nargs="+", required=True)
    parser.add_argument("--weight", type=float, default=1.0, help="lambda of the distilled arm, for its title")
    parser.add_argument("--steps", type=int, required=True, help="that the arms were trained, for the document")
    parser.add_argument("--results", type=Path)
    main(parser.parse_args())
