"""RadCLIP tower -> ct-trunk.onnx and ct-head.onnx, with parity against PyTorch on phantoms, and what its pack says.

python scripts/export_radclip.py --run runs/radclip --text runs/text --data data/train --scans data/scans
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from voxct.ct.export_graph import list_operators
from voxct.ct.parity import assert_parity
from voxct.ct.session import CtSession
from voxct.ct.validation import describe_chunks
from voxct.data.chunks import load_split, to_model_input
from voxct.radclip.export_graph import export_head, export_trunk
from voxct.radclip.tower import load_radclip

DESCRIPTION = (
    "RadCLIP in miniature: a 2-D encoder looks at slabs of three axial slices, attention over the slices pools them "
    "into the same text space as the CT-CLIP pack. Trained on procedural chest phantoms; it has never seen a patient."
)


@dataclass(frozen=True)
class Config:
    run: Path = Path("runs/radclip")
    text: Path = Path("runs/text")
    data: Path = Path("data/train")
    scans: Path = Path("data/scans")
    volumes: int = 6
    train_chunks: int = 4
    """Chunks whose mean tokens the guard against strangers is fitted to."""


def main(config: Config) -> dict:
    """Writes <run>/onnx, card.json and train_tokens.npz. Raises if the graphs disagree with PyTorch."""
    tower, folder = load_radclip(config.run / "ct.pt"), config.run / "onnx"
    folder.mkdir(parents=True, exist_ok=True)
    trunk, head = folder / "ct-trunk.onnx", folder / "ct-head.onnx"
    export_trunk(tower, trunk)
    export_head(tower, head)
    prompts = np.load(config.text / "prompts.npy")
    chunk = load_split(config.scans, "validation")[0]
    volumes = to_model_input(np.asarray(chunk.volumes[: config.volumes]))
    parity = assert_parity(tower, CtSession(folder), volumes, prompts[:, 0] - prompts[:, 1])
    report = {
        "parity": asdict(parity),
        "trunk_operators": list_operators(trunk),
        "head_operators": list_operators(head),
        "bytes": {path.name: path.stat().st_size for path in (trunk, head)},
    }
    (folder / "parity.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    write_card(config)
    _, mean_tokens = describe_chunks(tower, load_split(config.data, "train")[: config.train_chunks])
    np.savez(config.run / "train_tokens.npz", mean_tokens=mean_tokens)
    return report


def write_card(config: Config) -> None:
    """logit_scale, trainedOn and description, for the pack."""
    rows = [json.loads(line) for line in (config.run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    cases = max(row["held"] for row in rows if "held" in row)
    scale = float(torch.load(config.run / "ct.pt", weights_only=True)["log"]["logit_scale"])
    trained_on = (
        f"{cases:,} procedural chest phantoms with CT-RATE's 18 findings and their generated reports. No patient data."
    )
    card = {"logit_scale": scale, "trainedOn": trained_on, "description": DESCRIPTION}
    (config.run / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("run", "text", "data", "scans"):
        parser.add_argument(f"--{name}", type=Path, default=getattr(Config, name))
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments()), indent=1))
