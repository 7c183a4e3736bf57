"""The bundled transcriber's graphs by native onnxruntime on the same sound: the peer of the browser's transcript.

Prints one JSON object: {"write_ms": [...]}, one per run over all clips, a clip's mean.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort
import soundfile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--clips", type=Path, nargs="+", required=True, help="WAV of 16 kHz, up to 7 s each")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    rule = json.loads((args.pack / "manifest.json").read_text())["speech"]["transcriber"]
    options = ort.SessionOptions()
    options.intra_op_num_threads = args.threads
    encoder, decoder = (
        ort.InferenceSession(str(args.pack / rule[part][0]["file"]), options, providers=["CPUExecutionProvider"])
        for part in ("encoder", "decoder")
    )
    prompt = np.array([*rule["prompt"], *rule["start"]], np.int64)
    bias = np.zeros(rule["tokens"]["count"], np.float32)
    context = rule["contextsSeconds"][0] * 16000

    def write(audio: np.ndarray) -> None:
        padded = np.pad(audio, (0, context - len(audio)))[None]
        states = encoder.run(["states"], {"audio": padded})[0]
        most = np.array([len(audio) // 16000 * rule["tokensASecond"] + rule["spareTokens"]], np.int64)
        decoder.run(None, {"states": states, "prompt": prompt, "bias": bias, "most": most})

    clips = [soundfile.read(path, dtype="float32")[0] for path in args.clips]
    times = []
    for run in range(args.repeats + 1):
        start = time.perf_counter()
        for audio in clips:
            write(audio)
        if run > 0:
            times.append(1000 * (time.perf_counter() - start) / len(clips))
    print(json.dumps({"write_ms": times}))


if __name__ == "__main__":
    main()
