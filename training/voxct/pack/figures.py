"""Reports of the evaluation -> rows of the manifest, of the model card and of README.md."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from voxct.findings import FINDING_LABELS

SPLIT_TITLES = {"internal": "internal test phantoms", "external": "external test phantoms"}
MEASURE_TITLES = {
    "auroc": "AUROC",
    "f1_weighted": "F1 (weighted)",
    "f1_macro": "F1 (macro)",
    "accuracy": "accuracy",
    "precision": "precision",
}


@dataclass(frozen=True)
class Figure:
    """A measured number with chance beside it; the field names are the manifest's."""

    name: str
    split: str
    n: int
    value: float
    chance: float
    date: str
    command: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Stamp:
    """When and by which command a figure was made."""

    command: str
    date: str

    def figure(
        self, name: str, split: str, n: int, value: float, chance: float, interval: list | tuple | None = None
    ) -> Figure:
        span = None if interval is None else (round(interval[0], 4), round(interval[1], 4))
        return Figure(name, split, n, round(value, 4), round(chance, 4), self.date, self.command, span)


def stamp_today(command: str) -> Stamp:
    return Stamp(command, datetime.now(UTC).date().isoformat())


def to_ct_figures(report: dict, stamp: Stamp) -> list[Figure]:
    """report: voxct.results.ct.measure_ct. Means over 18 findings first, each finding's AUROC last."""
    means, each = [], []
    for split, part in report["splits"].items():
        title, name = SPLIT_TITLES[split], "CT zero-shot" if split == "internal" else f"CT zero-shot, {split},"
        for measure, label in MEASURE_TITLES.items():
            m = part["measures"][measure]
            figure = stamp.figure(
                f"{name} {label}, mean of 18 findings", title, part["n"], m["mean"], m["chance"], m["interval"]
            )
            means.append(figure)
        auroc = part["measures"]["auroc"]
        each += [
            stamp.figure(f"{name} AUROC: {label}", title, part["n"], value, auroc["chance"])
            for label, value in zip(FINDING_LABELS, auroc["per_finding"], strict=True)
            if value is not None
        ]
        means += to_calibration_figures(part, split, title, stamp) + to_grounding_figures(part, split, title, stamp)
        means += to_similar_figures(part, split, title, stamp)
    return means + each


def to_calibration_figures(part: dict, split: str, title: str, stamp: Stamp) -> list[Figure]:
    calibration = part["calibration"]
    name = "Calibration error (ECE) of the CT probabilities" + suffix(split)
    return [stamp.figure(name, title, part["n"], calibration["pooled"], calibration["shuffled"])]


def to_grounding_figures(part: dict, split: str, title: str, stamp: Stamp) -> list[Figure]:
    """N is the number of (case, finding) pairs."""
    g = part["grounding"]
    if not g["pairs"]:
        return []
    name = "Heat: peak inside a focal finding that is rightly called" + suffix(split)
    return [stamp.figure(name, title, g["pairs"], g["focal"], g["focal_chance"], g["focal_interval"])]


def to_similar_figures(part: dict, split: str, title: str, stamp: Stamp) -> list[Figure]:
    r, n = part["volume_retrieval"], part["n"]
    rows = []
    for k, value in r["jaccard"].items():
        name = f"Similar patients: label overlap (Jaccard) at {k}" + suffix(split)
        rows.append(stamp.figure(name, title, n, value, r["jaccard_chance"], r["jaccard_interval"][k]))
    for k, value in r["average_precision"].items():
        name = f"Similar patients: average precision at {k}" + suffix(split)
        rows.append(stamp.figure(name, title, n, value, r["average_precision_chance"][k]))
    return rows


def suffix(split: str) -> str:
    return "" if split == "internal" else f", {split}"


def to_guard_figures(report: dict, stamp: Stamp) -> list[Figure]:
    """report: voxct.results.guard.measure_guard. N counts the phantoms and the strangers."""
    return [
        stamp.figure(
            f"Guard: AUROC, phantoms against '{kind}'",
            "phantoms of both tests",
            part["n"] + part["strangers"],
            part["auroc"],
            0.5,
        )
        for kind, part in report["strangers"].items()
    ]


def to_report_figures(report: dict, titles: dict[str, str], stamp: Stamp) -> list[Figure]:
    """report: {row id: {split: voxct.results.retrieval.measure_report_retrieval}}; titles of the rows to list."""
    rows = []
    for row, title in titles.items():
        for split, part in report.get(row, {}).items():
            for k, value in part["recall"].items():
                name = f"{title}: Recall@{k}" + suffix(split)
                n, chance, interval = part["queries"], part["chance"][k], part["interval"][k]
                rows.append(stamp.figure(name, f"{SPLIT_TITLES[split]}, {part['gallery']}", n, value, chance, interval))
    return rows


def to_table(figures: list[Figure]) -> str:
    """A Markdown table."""
    lines = ["| figure | split | N | value | 95 % interval | chance |", "|---|---|---|---|---|---|"]
    return "\n".join(lines + [to_line(figure) for figure in figures])


def to_line(f: Figure) -> str:
    interval = f"{f.interval[0]:.3f} to {f.interval[1]:.3f}" if f.interval else "–"
    return f"| {f.name} | {f.split} | {f.n} | {f.value:.3f} | {interval} | {f.chance:.3f} |"


def to_rows(figures: list[Figure]) -> list[dict]:
    """As the manifest has them: a figure without interval has no such field, one without a value is left out."""
    return [
        {key: value for key, value in vars(figure).items() if value is not None}
        for figure in figures
        if math.isfinite(figure.value) and math.isfinite(figure.chance)
    ]


def from_row(row: dict) -> Figure:
    return Figure(**{key: row[key] for key in Figure.__dataclass_fields__ if key in row})
