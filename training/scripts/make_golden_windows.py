"""Writes fixtures/golden/speech/windows.json: how audio of many lengths is cut, for the browser's own rule.

python -m scripts.make_golden_windows
"""

import json
from dataclasses import dataclass
from pathlib import Path

from voxct.speech.windows import WindowRule, to_windows

ROOT = Path(__file__).resolve().parents[2]
RATE_HZ = 16_000
RULES = {
    "whisper": WindowRule(30.0, 2.0, fixed=True),
    "free": WindowRule(30.0, 2.0),
    "bundled": WindowRule(12.0, 1.0),
}
SECONDS = (0.0, 0.0001, 4.2, 12.0, 12.2999, 12.3, 28.0, 30.0, 30.1, 30.3, 58.0, 58.0001, 58.25, 70.0, 86.3, 141.9)


@dataclass(frozen=True)
class Config:
    out: Path = ROOT / "fixtures/golden/speech/windows.json"


def list_cases() -> list[dict]:
    """`fixedSamples` as the manifest has it: absent where the encoder takes any length."""
    cases = []
    for name, rule in RULES.items():
        stated = {"windowSeconds": rule.window_seconds, "overlapSeconds": rule.overlap_seconds}
        if rule.fixed:
            stated["fixedSamples"] = int(rule.window_seconds * RATE_HZ)
        for seconds in SECONDS:
            samples = int(seconds * RATE_HZ)
            cases.append(
                {"name": f"{name} {samples}", "samples": samples, "rule": stated,
                 "windows": to_windows(samples, RATE_HZ, rule)}
            )  # fmt: skip
    return cases


def main(config: Config) -> None:
    rows = ",\n".join("  " + json.dumps(case) for case in list_cases())
    config.out.write_text(f'{{"sampleRateHz": {RATE_HZ}, "cases": [\n{rows}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(Config())
