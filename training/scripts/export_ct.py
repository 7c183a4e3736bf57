"""CT tower -> ct-trunk.onnx and ct-head.onnx, with parity against PyTorch on phantoms.

python scripts/export_ct.py --tower runs/ct/ct.pt --text runs/text --data data/ct --out runs/ct/onnx
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

from voxct.ct.ctclip import load_image_tower
from voxct.ct.export_graph import export_head, export_trunk, list_operators
from voxct.ct.parity import assert_parity
from voxct.ct.session import CtSession
from voxct.data.chunks import load_split, to_model_input
from voxct.text.teacher import load_text_teacher


@dataclass(frozen=True)
class Config:
    tower: Path
    text: Path
    data: Path
    out: Path
    volumes: int = 6


def main(config: Config) -> dict:
    """Writes the two graphs and parity.json. Raises if they disagree with PyTorch."""
    tower = load_image_tower(config.tower)
    config.out.mkdir(parents=True, exist_ok=True)
    export_trunk(tower, config.out / "ct-trunk.onnx")
    export_head(tower, config.out / "ct-head.onnx")
    prompts = load_text_teacher(config.text).encode_prompts().numpy()
    chunk = load_split(config.data, "validation")[0]
    volumes = to_model_input(np.asarray(chunk.volumes[: config.volumes]))
    parity = assert_parity(tower, CtSession(config.out), volumes, prompts[:, 0] - prompts[:, 1])
    report = {
        "parity": asdict(parity),
        "trunk_operators": list_operators(config.out / "ct-trunk.onnx"),
        "head_operators": list_operators(config.out / "ct-head.onnx"),
        "bytes": {path.name: path.stat().st_size for path in sorted(config.out.glob("*.onnx"))},
    }
    (config.out / "parity.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return report


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tower", type=Path, default=Path("runs/ct/ct.pt"))
    parser.add_argument("--text", type=Path, default=Path("runs/text"))
    parser.add_argument("--data", type=Path, default=Path("data/ct"))
    parser.add_argument("--out", type=Path, default=Path("runs/ct/onnx"))
    given = parser.parse_args()
    return Config(given.tower, given.text, given.data, given.out)


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments()), indent=1))
