"""Named peers of the bench, on the same cores: native onnxruntime for the encoder, torch's interpolate for preprocessing.

Prints one JSON object: {"encode_ms": [...], "preprocess_ms": [...]}.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
import torch.nn.functional as F


def timed(run, repeats: int) -> list[float]:
    run()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--size", type=int, nargs=3, required=True, help="slices, rows, columns of the scan")
    parser.add_argument("--spacing", type=float, nargs=3, required=True, help="mm along slices, rows, columns")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    manifest = json.loads((args.pack / "manifest.json").read_text())
    spec = manifest["ct"]["input"]

    options = ort.SessionOptions()
    options.intra_op_num_threads = args.threads
    trunk = next(g for g in manifest["ct"]["trunk"] if g["variant"] == "fp32")
    session = ort.InferenceSession(str(args.pack / trunk["file"]), options, providers=["CPUExecutionProvider"])
    volume = np.zeros([1, 1, *spec["shape"]], np.float32)
    encode_ms = timed(lambda: session.run(None, {"volume": volume}), args.repeats)

    scan = torch.randint(-1000, 1000, args.size, dtype=torch.int16)
    target = [int(n * s / t) for n, s, t in zip(args.size, args.spacing, spec["spacingMm"], strict=True)]

    def preprocess() -> None:
        clipped = scan.float().clamp(*spec["huClip"])[None, None]
        F.interpolate(clipped, size=target, mode="trilinear", align_corners=False).div_(spec["huDivisor"])

    print(json.dumps({"encode_ms": encode_ms, "preprocess_ms": timed(preprocess, args.repeats)}))


if __name__ == "__main__":
    main()
