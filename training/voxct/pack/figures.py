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
    """report: voxct.speech.evaluation.evaluate_speech. Prompts as chosen on validation; names tell the score."""
    n, split = report["utterances"], "test, unheard voices"
    kind = report["thresholds"]["prompts"]
    rows = []
    for condition, title in (("clean", "clean"), ("room_and_noise", "rooms and noise")):
        chosen = report[condition][kind]
        chance = round(chosen["saidPresentShuffled"], 4)
        values = {
            f"Said present AUROC by cosine, mean of 18 ({title})": (chosen["saidPresentAuroc"], chance),
            f"Said present AUROC by margin, mean of 18 ({title})": (chosen["saidPresentByMarginAuroc"], chance),
            f"Present against absent AUROC by margin ({title})": (chosen["presentAgainstAbsentAuroc"], 0.5),
        }
        rows += [Figure(name, split, n, round(v, 4), base, date, command) for name, (v, base) in values.items()]
    clean = report["clean"][kind]
    chance = round(clean["saidPresentShuffled"], 4)
    for label, value in zip(FINDING_LABELS, clean["saidPresentPerFinding"], strict=True):
        if value is not None:
            rows.append(
                Figure(
                    f"Said present AUROC by cosine (clean): {label}", split, n, round(value, 4), chance, date, command
                )
            )
    return rows


def to_speech_remarks(report: dict) -> list[str]:
    """What has no chance level to stand beside it: error rates and the work of the thresholds."""
    remarks = []
    for condition, title in (("clean", "clean"), ("room_and_noise", "rooms and noise")):
        part, at = report[condition], report[condition]["atThresholds"]
        remarks.append(
            f"- Speech, {title}, {report['utterances']} utterances, at the shipped thresholds: F1 of said present "
            f"{at['presentF1']:.3f}, of said absent {at['absentF1']:.3f}; polarity turned around in "
            f"{at['flipped']:.1%}; word error rate {part['wer']:.3f} (greedy letters)."
        )
    for kind, part in report.get("strangers", {}).items():
        remarks.append(
            f"- Speech, {part['clips']} clips without a finding ({kind}): {part['saidPresent']} heard as said present, "
            f"{part['saidAbsent']} as said absent."
        )
    remarks.append(
        "- Said present is scored by the cosine to the positive prompt and by the margin, which the app thresholds. "
        "The cosine was added after a look at an earlier encoder's figures on the test voices: read the margin first."
    )
    return remarks


def to_table(figures: list[Figure]) -> str:
    """A Markdown table."""
    lines = ["| figure | split | N | value | chance |", "|---|---|---|---|---|"]
    lines += [f"| {f.name} | {f.split} | {f.n} | {f.value:.3f} | {f.chance:.3f} |" for f in figures]
    return "\n".join(lines)


def to_rows(figures: list[Figure]) -> list[dict]:
    return [asdict(figure) for figure in figures]
