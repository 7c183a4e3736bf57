"""How long the parts of a pack's CT encoder take on native onnxruntime: the peer of the browser's figures.

    python -m scripts.time_parts --pack PACK --variant fp32

Prints JSON: {variant, threads, runs, parts: [{file, ms}], trunkMs, headMs}; times are medians of the runs after one
more to warm up, sessions open beforehand, on a drawn body. headMs is one look along one direction.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from voxct.ctclip.body import draw_body
from voxct.ctclip.session import StagedSession

DIRECTIONS = 1


@dataclass(frozen=True)
class Config:
    pack: Path
    variant: str = "fp32"
    threads: int = 2
    runs: int = 5


def find_variant(variants: list[dict], wanted: str) -> dict:
    found = next((entry for entry in variants if entry["variant"] == wanted), None)
    if found is None:
        raise SystemExit(f"no variant {wanted}; there is {', '.join(entry['variant'] for entry in variants)}")
    return found


def main(config: Config) -> dict:
    manifest = json.loads((config.pack / "manifest.json").read_text(encoding="utf-8"))
    ct = manifest["ct"]
    trunk, head = (find_variant(ct[graph], config.variant) for graph in ("trunk", "head"))
    session = StagedSession(config.pack, trunk, head, config.threads)
    for part in (*session.parts, head):
        session.open(part)
    volume = draw_body(7, tuple(ct["input"]["shape"]))[None, None]
    directions = np.random.default_rng(1).standard_normal((DIRECTIONS, manifest["embedding"]["dimension"]))
    runs, looks = [], []
    for _ in range(1 + config.runs):
        tokens = session.encode(volume)
        runs.append(dict(session.seconds))
        begin = perf_counter()
        session.look(tokens, directions)
        looks.append(perf_counter() - begin)
    totals = [sum(seconds.values()) for seconds in runs[1:]]
    parts = {file: np.median([seconds[file] for seconds in runs[1:]]) for file in runs[0]}
    return {
        "variant": config.variant,
        "threads": config.threads,
        "runs": config.runs,
        "parts": [{"file": file, "ms": round(1000 * seconds, 1)} for file, seconds in parts.items()],
        "trunkMs": round(1000 * float(np.median(totals)), 1),
        "headMs": round(1000 * float(np.median(looks[1:])), 1),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--variant", default=Config.variant)
    parser.add_argument("--threads", type=int, default=Config.threads)
    parser.add_argument("--runs", type=int, default=Config.runs)
    print(json.dumps(main(Config(**vars(parser.parse_args())))))
