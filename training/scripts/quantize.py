"""int8 variants of the CT graphs, kept where they change little: chosen on validation, measured on the internal test.

python scripts/quantize.py --onnx runs/ct2/onnx
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

from voxct.ct.quantized import MixedSession, compare_graphs, quantize_graph
from voxct.ct.session import CtSession
from voxct.data.chunks import load_split

MIN_COSINE = 0.995
"""Of every single case, and what the browser's self-test asks of the variant."""
MOST_LOSS = 0.005
"""Of the mean AUROC."""
SMALLER = 0.7
"""A variant of more than this share of the bytes is not worth another file."""


@dataclass(frozen=True)
class Config:
    onnx: Path
    text: Path
    scans: Path
    count: int = 150


def main(config: Config) -> dict:
    """Writes ct-trunk-int8.onnx, ct-head-int8.onnx and quantized.json: each part alone, with the other in fp32."""
    plain = CtSession(config.onnx)
    prompts = np.load(config.text / "prompts.npy")
    chunks = {split: load_split(config.scans, split) for split in ("validation", "internal")}
    parts = {}
    for part in ("trunk", "head"):
        source, target = config.onnx / f"ct-{part}.onnx", config.onnx / f"ct-{part}-int8.onnx"
        quantize_graph(source, target)
        paths = {name: config.onnx / f"ct-{name}.onnx" for name in ("trunk", "head")} | {part: target}
        changed = MixedSession(**paths)
        compared = {
            split: compare_graphs(plain, changed, parts_of, prompts, config.count) for split, parts_of in chunks.items()
        }
        chosen_on = compared["validation"]
        share = target.stat().st_size / source.stat().st_size
        passed = (
            chosen_on.lowest_cosine >= MIN_COSINE
            and chosen_on.auroc - chosen_on.auroc_changed <= MOST_LOSS
            and share <= SMALLER
        )
        parts[part] = {
            **{k: asdict(c) for k, c in compared.items()},
            "bytes": target.stat().st_size,
            "share_of_bytes": share,
            "passed": passed,
        }
    report = {"min_cosine": MIN_COSINE, "parts": parts}
    (config.onnx / "quantized.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return report


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onnx", type=Path, default=Path("runs/ct2/onnx"))
    parser.add_argument("--text", type=Path, default=Path("runs/text"))
    parser.add_argument("--scans", type=Path, default=Path("data/scans"))
    parser.add_argument("--count", type=int, default=Config.count)
    print(json.dumps(main(Config(**vars(parser.parse_args()))), indent=1))
