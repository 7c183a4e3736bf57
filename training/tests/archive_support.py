"""A made-up archive: features that carry the findings, and reports that name them."""

import csv
import json
from pathlib import Path

import numpy as np

from voxct.corpora.generate import write_report
from voxct.findings import FINDING_IDS, FINDING_LABELS

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "public/models/phantom-mini"
WIDTH = 128


def write_archive(folder: Path, cases: int, seed: int = 0, noise: float = 1.0, two_scans: bool = False) -> np.ndarray:
    """features.npy and index.jsonl with BUNDLED's width; the labels [cases, 18]. two_scans: a patient has two."""
    source = np.random.default_rng(seed)
    patients = cases // 2 if two_scans else cases
    labels = (source.random((patients, len(FINDING_IDS))) < 0.3).astype(np.int64)
    labels = np.repeat(labels, 2, 0) if two_scans else labels
    means = labels @ source.normal(size=(len(FINDING_IDS), WIDTH)) + 3 + noise * source.normal(size=(cases, WIDTH))
    folder.mkdir(parents=True)
    np.save(folder / "features.npy", means.astype(np.float32))
    lines = [{"id": name_case(n), "file": f"{name_case(n)}.nii.gz", "scan": name_case(n)} for n in range(cases)]
    if two_scans:
        lines = [line | {"patient": f"p{n // 2}"} for n, line in enumerate(lines)]
    (folder / "index.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return labels


def name_case(number: int) -> str:
    return f"ward/case-{number:03d}"


def write_reports(path: Path, labels: np.ndarray) -> Path:
    rows = [{"id": name_case(n), "report": write_report(tuple(row))[0]} for n, row in enumerate(labels)]
    return write_csv(path, rows)


def write_labels(path: Path, labels: np.ndarray) -> Path:
    rows = [{"id": name_case(n), **dict(zip(FINDING_LABELS, row, strict=True))} for n, row in enumerate(labels)]
    return write_csv(path, rows)


def write_csv(path: Path, rows: list[dict]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
