"""Whole reports of the test splits read by the test voices, one voice a case.

python scripts/make_spoken_reports.py --scans data/scans --out data/spoken --splits internal external
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.alignment.spoken import speak_reports
from voxct.data.chunks import list_chunks, parse_case
from voxct.speech.casting import TEST_VOICES
from voxct.speech.logmel import SAMPLE_RATE_HZ


@dataclass(frozen=True)
class Config:
    scans: Path
    out: Path
    splits: tuple[str, ...] = ("internal", "external")
    most_cases: int | None = None


def main(config: Config) -> dict[str, float]:
    """Writes <split>.i16 and <split>.jsonl {seed, voice, offset, samples, bounds}; returns the hours of each split."""
    config.out.mkdir(parents=True, exist_ok=True)
    return {split: speak_split(config, split) for split in config.splits}


def speak_split(config: Config, split: str) -> float:
    """`bounds`: start and end sample of every sentence within the report's audio."""
    cases = [case for path in list_chunks(config.scans, split) for case in read_cases(path)][: config.most_cases]
    offset = 0
    with (config.out / f"{split}.i16").open("wb") as sound, (config.out / f"{split}.part").open("w") as lines:
        for spoken in speak_reports(cases, TEST_VOICES):
            sound.write(spoken.audio.tobytes())
            row = {"seed": spoken.seed, "voice": spoken.voice.to_json(), "offset": offset}
            lines.write(json.dumps(row | {"samples": len(spoken.audio), "bounds": spoken.bounds}) + "\n")
            offset += len(spoken.audio)
    (config.out / f"{split}.part").replace(config.out / f"{split}.jsonl")
    return offset / SAMPLE_RATE_HZ / 3600


def read_cases(path: Path) -> list[tuple[int, str]]:
    """(seed, report) of a chunk's cases; the volumes are not touched."""
    parsed = (parse_case(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [(case.seed, case.report) for case in parsed]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=Path, default=Path("data/scans"))
    parser.add_argument("--out", type=Path, default=Path("data/spoken"))
    parser.add_argument("--splits", nargs="+", default=["internal", "external"])
    parser.add_argument("--most-cases", type=int)
    given = parser.parse_args()
    for name, hours in main(Config(given.scans, given.out, tuple(given.splits), given.most_cases)).items():
        print(f"{name}: {hours:.2f} hours")
