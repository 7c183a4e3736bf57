"""Reports of the evaluation -> rows of the manifest and of RESULTS.md."""

from dataclasses import asdict, dataclass

from voxct.findings import FINDING_LABELS


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


def to_ct_figures(report: dict, split: str, date: str, command: str) -> list[Figure]:
    """report: voxct.ct.evaluation.summarise."""

    def figure(name: str, value: float, chance: float) -> Figure:
        return Figure(name, split, report["n"], round(value, 4), round(chance, 4), date, command)

    retrieval = report["retrieval"]
    rows = [
        figure("CT zero-shot AUROC, mean of 18 findings", report["mean_auroc"], report["mean_auroc_shuffled"]),
        figure("CT heat: peak inside the finding (pointing game)", report["pointing"], report["pointing_chance"]),
    ]
    for k in (1, 5, 10):
        value = retrieval[f"jaccard_at_{k}"]
        rows.append(figure(f"Similar patients: label overlap (Jaccard) at {k}", value, retrieval["jaccard_chance"]))
    for label, value in zip(FINDING_LABELS, report["auroc_per_finding"], strict=True):
        if value is not None:
            rows.append(figure(f"CT zero-shot AUROC: {label}", value, report["mean_auroc_shuffled"]))
    return rows


def to_guard_figures(report: dict, date: str, command: str) -> list[Figure]:
    """report: {kind: {n, auroc, flagged}} and the share of own test cases that are flagged."""
    rows = []
    for kind, part in report["strangers"].items():
        name = f"Guard: AUROC of the distance, phantoms against '{kind}'"
        rows.append(Figure(name, "test phantoms, altered", part["n"], round(part["auroc"], 4), 0.5, date, command))
    return rows


def to_speech_figures(report: dict, date: str, command: str) -> list[Figure]:
    """report: voxct.speech.evaluation.evaluate_speech. Prompts as chosen on validation."""
    n = report["utterances"]
    kind = report["thresholds"]["prompts"]
    rows = []
    for condition, title in (("clean", "clean"), ("room_and_noise", "rooms and noise")):
        part = report[condition]
        chosen = part[kind]
        shuffled = round(chosen["saidPresentShuffled"], 4)

        def figure(name: str, value: float, chance: float) -> Figure:
            return Figure(name, "test, unheard voices", n, round(value, 4), chance, date, command)

        rows.append(figure(f"Said present AUROC, mean of 18 ({title})", chosen["saidPresentAuroc"], shuffled))
        by_margin = chosen["saidPresentByMarginAuroc"]
        rows.append(figure(f"Said present AUROC by the margin, mean of 18 ({title})", by_margin, shuffled))
        rows.append(figure(f"Present against absent AUROC ({title})", chosen["presentAgainstAbsentAuroc"], 0.5))
        rows.append(figure(f"Word error rate ({title})", part["wer"], 1.0))
    per_finding = report["clean"][kind]["saidPresentPerFinding"]
    for label, value in zip(FINDING_LABELS, per_finding, strict=True):
        if value is not None:
            name = f"Said present AUROC: {label}"
            rows.append(Figure(name, "test, unheard voices", n, round(value, 4), 0.5, date, command))
    return rows


def to_table(figures: list[Figure]) -> str:
    """A Markdown table."""
    lines = ["| figure | split | N | value | chance |", "|---|---|---|---|---|"]
    lines += [f"| {f.name} | {f.split} | {f.n} | {f.value:.3f} | {f.chance:.3f} |" for f in figures]
    return "\n".join(lines)


def to_rows(figures: list[Figure]) -> list[dict]:
    return [asdict(figure) for figure in figures]
