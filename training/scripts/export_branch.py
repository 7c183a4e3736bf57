"""Graphs of the branch and of the status tower, compared with PyTorch.

python scripts/export_branch.py --pack PACK --branch runs/branch --tower runs/status-tower --store STORE --out EXPORT
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from voxct.findings import list_prompts
from voxct.speech.branch.export import compare_branch, write_branch
from voxct.speech.branch.features import POSITIONS_A_FRAME, FeatureStore
from voxct.speech.branch.model import BranchConfig, SpeechBranch
from voxct.text.pack_space import open_pack_space
from voxct.text.status_export import compare_status_graph, write_status_tower
from voxct.text.status_tower import load_status_tower

CLIPS = 40


def main(pack: Path, branch: Path, tower: Path, store: Path, out: Path) -> dict:
    space = open_pack_space(pack)
    saved = torch.load(branch / "branch.pt", map_location="cpu", weights_only=True)
    model = SpeechBranch(BranchConfig(**saved["config"]), space)
    model.load_state_dict(saved["state"])
    write_branch(model.eval(), out)
    clips = read_positions(store, model.config)
    files = {"fp32": out / "branch.onnx", "int8": out / "branch-int8.onnx"}
    report = {name: compare_branch(model, file, clips) for name, file in files.items()}
    teacher = load_status_tower(tower, space)
    write_status_tower(teacher, out)
    report["text"] = compare_status_graph(teacher, out, list_prompts())
    report["bytes"] = {file.name: file.stat().st_size for file in sorted(out.glob("*.onnx"))}
    (out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


def read_positions(store: Path, config: BranchConfig) -> list[np.ndarray]:
    """Stored frames are means of two positions: each of them twice."""
    features = FeatureStore([store], config.taps * config.states)
    rows = range(min(CLIPS, len(features)))
    return [features.frames(row).astype(np.float32).repeat(POSITIONS_A_FRAME, 0) for row in rows]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pack", "branch", "tower", "store", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    print(json.dumps(main(**vars(parser.parse_args())), indent=1))
