"""Peer of the preprocessing: torch's clip, trilinear interpolate and divide of a scan, on the same cores.

Prints one JSON object: {"preprocess_ms": [...]}.
"""

import argparse
import json
import time

import torch
import torch.nn.functional as F


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs=3, required=True, help="slices, rows, columns of the scan")
    parser.add_argument("--target", type=int, nargs=3, required=True, help="the same of the input")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    scan = torch.randint(-1200, 1200, args.size, dtype=torch.int16)
    times = []
    for run in range(args.repeats + 1):
        start = time.perf_counter()
        clipped = scan.float().clamp_(-1000, 1000)[None, None]
        F.interpolate(clipped, size=args.target, mode="trilinear", align_corners=False).div_(1000)
        if run > 0:
            times.append(1000 * (time.perf_counter() - start))
    print(json.dumps({"preprocess_ms": times}))


if __name__ == "__main__":
    main()
