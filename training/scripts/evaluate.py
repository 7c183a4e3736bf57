"""Measures the exported encoders on the test split and writes the figures that the pack and RESULTS.md carry.

python scripts/evaluate.py --onnx runs/ct/onnx --data data/ct --scans data/scan --out runs/evaluation
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from voxct.ct.calibration import calibrate, pooled_calibration_error
from voxct.ct.evaluation import Looked, look_at_chunks, summarise
from voxct.ct.session import CtSession
from voxct.ct.strangers import fit_token_statistics, make_strangers
from voxct.data.chunks import Chunk, load_split, to_model_input
from voxct.pack.figures import (
    Figure,
    to_ct_figures,
    to_guard_figures,
    to_rows,
    to_speech_figures,
    to_speech_remarks,
    to_table,
)

COMMAND = "python scripts/evaluate.py"
GUARD_CASES = 30
CHANCE_REMARK = "- Chance: the mean with labels shuffled (also of per-finding rows), or 0.5 by definition."


@dataclass(frozen=True)
class Config:
    onnx: Path
    tower: Path
    text: Path
    data: Path
    """Chunks of the direct path: validation (thresholds, calibration)."""
    scans: Path
    """Chunks of the scan path, as the app sees them: test, and a few validation cases for comparison."""
    speech: Path
    statistics: Path
    """train_tokens.npz of embed_train.py, for the guard against strangers."""
    out: Path
    results: Path


def main(config: Config) -> dict:
    """Writes validation.npz, evaluation.json and the results table; returns the report."""
    config.out.mkdir(parents=True, exist_ok=True)
    prompts = np.load(config.text / "prompts.npy")
    scale = float(torch.load(config.tower, weights_only=True)["log"]["logit_scale"])
    session = CtSession(config.onnx)
    validation = look_at_chunks(session, load_split(config.data, "validation"), prompts)
    test = look_at_chunks(session, load_split(config.scans, "test"), prompts)
    calibrations = calibrate(validation.labels, validation.margins, scale)
    report = {
        "date": datetime.now(UTC).date().isoformat(),
        "logit_scale": scale,
        "calibrations": [asdict(c) for c in calibrations],
        "validation": summarise(validation),
        "test": summarise(test),
        "test_calibration_error": pooled_calibration_error(test.labels, test.margins, calibrations, scale),
        "paths": compare_paths(session, config, validation, prompts),
    }
    if (config.statistics).exists():
        report["guard"] = measure_guard(session, config, validation, test)
    figures = list_figures(report, config.speech)
    report["figures"] = to_rows(figures)
    np.savez(config.out / "validation.npz", mean_tokens=validation.mean_tokens, margins=validation.margins)
    np.savez(config.out / "test.npz", mean_tokens=test.mean_tokens, margins=test.margins, labels=test.labels)
    (config.out / "evaluation.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    spoken = load_spoken(config.speech)
    config.results.write_text(
        to_results(report, figures, to_speech_remarks(spoken) if spoken else []), encoding="utf-8"
    )
    return report


def list_figures(report: dict, speech: Path) -> list[Figure]:
    figures = to_ct_figures(report["test"], "test phantoms, scan path", report["date"], COMMAND)
    if "guard" in report:
        figures += to_guard_figures(report["guard"], report["date"], COMMAND)
    spoken = load_spoken(speech)
    if spoken:
        figures += to_speech_figures(spoken, report["date"], "python training/scripts/export_speech.py")
    return figures


def load_spoken(speech: Path) -> dict | None:
    """What export_speech.py measured with voxct.speech.evaluation on the exported graph."""
    path = speech / "evaluation.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def measure_guard(session: CtSession, config: Config, validation: Looked, test: Looked) -> dict:
    """Distances of the test cases against those of altered ones; the limit comes from validation."""
    statistics = fit_token_statistics(np.load(config.statistics)["mean_tokens"], validation.mean_tokens)
    own = statistics.distance(test.mean_tokens)
    source = np.random.default_rng(0)
    chunk = load_split(config.scans, "test")[0]
    kinds: dict[str, list[np.ndarray]] = {}
    for volume in chunk.volumes[:GUARD_CASES]:
        for kind, stranger in make_strangers(to_model_input(np.asarray(volume)[None]), source).items():
            kinds.setdefault(kind, []).append(session.encode(stranger)[0].mean((0, 1, 2)))
    distances = {kind: statistics.distance(np.stack(tokens)) for kind, tokens in kinds.items()}
    return {
        "limit": statistics.limit,
        "own_flagged": float((own > statistics.limit).mean()),
        "strangers": {kind: compare_distances(own, d, statistics.limit) for kind, d in distances.items()},
    }


def compare_distances(own: np.ndarray, other: np.ndarray, limit: float) -> dict:
    labels = np.repeat([0, 1], [len(own), len(other)])
    return {
        "n": len(labels),
        "auroc": float(roc_auc_score(labels, np.concatenate([own, other]))),
        "flagged": float((other > limit).mean()),
    }


def compare_paths(session: CtSession, config: Config, direct: Looked, prompts: np.ndarray) -> dict | None:
    """The same validation cases by both paths: cosine of the embeddings and AUROC of each."""
    try:
        chunks: list[Chunk] = load_split(config.scans, "validation")
    except FileNotFoundError:
        return None
    scanned = look_at_chunks(session, chunks, prompts)
    n = len(scanned.labels)
    assert (scanned.labels == direct.labels[:n]).all(), "the two paths hold other cases"
    cosines = (scanned.embeddings * direct.embeddings[:n]).sum(1)
    return {"n": n, "mean_cosine": float(cosines.mean()), "lowest_cosine": float(cosines.min())}


def to_results(report: dict, figures: list[Figure], remarks: list[str]) -> str:
    low, high = report["test"]["mean_auroc_interval"]
    validation = report["validation"]
    lines = [
        "# Results",
        "",
        f"Written by `{COMMAND}` on {report['date']}. Definitions: voxct/metrics.py and voxct/ct/evaluation.py.",
        "",
        f"- CT zero-shot AUROC, test: 95 % interval {low:.3f} to {high:.3f} (1,000 resamples of cases, seed 0).",
        f"- The same on validation (N = {validation['n']}, direct path, used for thresholds and calibration): "
        f"{validation['mean_auroc']:.3f}.",
        f"- Calibration error of the CT probabilities, test, all findings: {report['test_calibration_error']:.3f}.",
        f"- Sum of heat against cosine, largest difference over the test cases: {report['test']['heat_sum_gap']:.1e}.",
    ]
    if report["paths"]:
        paths = report["paths"]
        lines.append(
            f"- Direct against scan path, {paths['n']} validation cases: mean cosine {paths['mean_cosine']:.4f}, "
            f"lowest {paths['lowest_cosine']:.4f}."
        )
    if "guard" in report:
        flagged = ", ".join(f"{kind} {part['flagged']:.0%}" for kind, part in report["guard"]["strangers"].items())
        own = report["guard"]["own_flagged"]
        lines.append(f"- Guard at its limit flags {own:.1%} of the test phantoms, and of altered ones: {flagged}.")
    lines += remarks
    lines += [CHANCE_REMARK, "", to_table(figures), ""]
    return "\n".join(lines)


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--onnx", type=Path, default=Path("runs/ct/onnx"))
    parser.add_argument("--tower", type=Path, default=Path("runs/ct/ct.pt"))
    parser.add_argument("--text", type=Path, default=Path("runs/text"))
    parser.add_argument("--data", type=Path, default=Path("data/ct"))
    parser.add_argument("--scans", type=Path, default=Path("data/scan"))
    parser.add_argument("--speech", type=Path, default=Path("runs/speech"))
    parser.add_argument("--statistics", type=Path, default=Path("runs/ct/train_tokens.npz"))
    parser.add_argument("--out", type=Path, default=Path("runs/evaluation"))
    parser.add_argument("--results", type=Path, default=Path("RESULTS.md"))
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    written = main(parse_arguments())
    for row in written["figures"]:
        print(f"{row['name']}: {row['value']} (chance {row['chance']}, N {row['n']}, {row['split']}; {row['command']})")
