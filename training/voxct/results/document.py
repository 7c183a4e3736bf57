"""RESULTS.md: the report of one evaluation as text."""

from pathlib import Path

from voxct.findings import FINDING_LABELS
from voxct.pack.figures import MEASURE_TITLES, SPLIT_TITLES, from_row, to_table
from voxct.pack.speech_figures import to_speech_remarks
from voxct.results.comparison import TEACHER, TESTS

NONE = "–"
APART = "\n## Measured apart\n"


def to_document(report: dict) -> str:
    parts = [
        "# Results",
        *write_preamble(report),
        *write_comparison(report),
        *write_recovery(report),
        *write_reports(report),
        *write_volumes(report),
        *write_alignment(report),
        *write_encoder(report),
        *write_guard(report),
        *write_speech(report),
        "## Every row of the manifest",
        to_table([from_row(row) for row in report["figures"]]),
        *write_appendix(report),
    ]
    return "\n\n".join(parts) + "\n"


def keep_apart(path: Path) -> str:
    """The end of a document that is there already: what other commands measured."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text[text.index(APART) :] if APART in text else ""


def write_preamble(report: dict) -> list[str]:
    missing = [f"- {line}" for line in report["missing"]] or ["- nothing"]
    return [
        f"Written by `{report['command']}` on {report['date']}; commit {report['commit']} with the working tree of "
        f"then; CT graphs and prompts sha256 {report['key']}. Definitions: `voxct/metrics.py`, `voxct/retrieval.py`, "
        "`voxct/recovery.py`, `voxct/ct/evaluation.py`. The scans are made by `npx tsx phantom/cli.ts volumes "
        "--path scan` (seeds by split, see README.md).",
        "Thresholds (the ROC point nearest to (0, 1)) and calibration come from validation alone, for the external "
        "test as well. F1 is weighted over present and absent, as in the papers, unless it says macro. Intervals: "
        "percentile 95 %, 1,000 resamples of patients, seed 0. Chance: the same scores and thresholds with the label "
        "rows dealt out at random, mean of 20 deals. Where a row has seeds, the value is their mean and the range "
        "stands in brackets; the interval is then the first seed's.",
        "Missing from this table:",
        "\n".join(missing),
    ]


def write_comparison(report: dict) -> list[str]:
    lines = ["## The four papers on the same phantoms"]
    for split in TESTS:
        rows = [row for row in report["comparison"] if split in row]
        if rows:
            head = ["row", "seeds", "N", *MEASURE_TITLES.values(), "AUROC 95 %", "F1 95 %", "AUROC, F1 by chance"]
            table = [to_cells(head), to_cells(["---"] * len(head)), *(to_compared(row, split) for row in rows)]
            lines += [f"### {SPLIT_TITLES[split].capitalize()}", "\n".join(table)]
    return lines


def to_compared(row: dict, split: str) -> str:
    part = row[split]
    values = [format_spread(part[measure]) for measure in MEASURE_TITLES]
    spans = [format_span(part[measure]["interval"]) for measure in ("auroc", "f1_weighted")]
    chance = f"{part['auroc']['chance']:.3f}, {part['f1_weighted']['chance']:.3f}"
    return to_cells([row["title"], row["seeds"], part["n"], *values, *spans, chance])


def format_spread(figure: dict) -> str:
    spread = figure.get("range")
    return f"{figure['value']:.3f}" + (f" ({spread[0]:.3f} to {spread[1]:.3f})" if spread else "")


def format_span(interval: list[float] | None) -> str:
    return f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else NONE


def write_recovery(report: dict) -> list[str]:
    head = ["split", "N", "figure", "without distillation", "distilled", "text", "recovery", "95 %", "gap 95 %"]
    table = [to_cells(head), to_cells(["---"] * len(head))]
    for split, part in report["recovery"].items():
        for measure in ("f1_weighted", "auroc"):
            m = part[measure]
            values = [f"{m[name]:.3f}" for name in ("naive", "distilled", "text")]
            cells = [split, m["n"], MEASURE_TITLES[measure], *values, f"{m['recovery']:.1%}",
                     " to ".join(f"{x:.1%}" for x in m["interval"]), format_span(m["gap_interval"])]  # fmt: skip
            table.append(to_cells(cells))
    intro = (
        "(distilled - without) / (text - without), means over the speech seeds, the same resamples of patients for all "
        f"three; text is {TEACHER} alone, whose embeddings the speech rows score. "
        "The paper's tables give 86 % (internal) and 42 % (external) for F1. Where the gap's interval reaches zero the "
        "ratio says nothing."
    )
    return ["## Distillation recovery", intro, "\n".join(table)] if len(table) > 2 else []


def write_reports(report: dict) -> list[str]:
    lines = []
    for split, ceiling in report["ceilings"].items():
        ks = list(ceiling["ceiling"])
        head = ["reports of", "queries", "gallery", *(f"Recall@{k}" for k in ks), "median rank", "Recall@5 95 %"]
        table = [to_cells(head), to_cells(["---"] * len(head))]
        for row, parts in report["report_retrieval"].items():
            if split in parts:
                p = parts[split]
                recalls = [f"{p['recall'][k]:.3f}" for k in ks]
                span = format_span(p["interval"][ks[0]])
                table.append(to_cells([row, p["queries"], p["gallery"], *recalls, f"{p['median_rank']:.1f}", span]))
        n = ceiling["cases"]
        table.append(
            to_cells(["chance", NONE, n, *(f"{min(1, int(k) / n):.3f}" for k in ks), f"{(n + 1) / 2:.1f}", NONE])
        )
        best = [f"{ceiling['ceiling'][k]:.3f}" for k in ks]
        table.append(to_cells(["ceiling: same labels and report", NONE, n, *best, NONE, NONE]))
        labels = [f"{ceiling['label_ceiling'][k]:.3f}" for k in ks]
        table.append(to_cells(["ceiling: if only the label set counted", NONE, n, *labels, NONE, NONE]))
        groups = f"{n} cases, {ceiling['groups']} different reports, {ceiling['label_groups']} different label sets."
        lines += [f"### {SPLIT_TITLES[split].capitalize()}", groups, "\n".join(table)]
    return ["## Report to volume", *lines] if lines else []


CT_GROUPS = ("ctclip", "vocabfine", "classfine", "radclip")
"""Rows with CT embeddings of their own; the speech rows score ctclip-s1's."""


def write_volumes(report: dict) -> list[str]:
    lines = []
    for split in TESTS:
        parts = {row["id"]: row[split]["volume_retrieval"] for row in report["rows"]
                 if row["group"] in CT_GROUPS and "volume_retrieval" in row.get(split, {})}  # fmt: skip
        if not parts:
            continue
        ks = list(next(iter(parts.values()))["jaccard"])
        head = ["row", "N", *(f"overlap@{k}" for k in ks), "chance", *(f"AP@{k}" for k in ks), "AP by chance"]
        table = [to_cells(head), to_cells(["---"] * len(head))]
        for row, r in parts.items():
            chance = ", ".join(f"{value:.3f}" for value in r["average_precision_chance"].values())
            cells = [f"{r['jaccard'][k]:.3f}" for k in ks], [f"{r['average_precision'][k]:.3f}" for k in ks]
            table.append(to_cells([row, r["n"], *cells[0], f"{r['jaccard_chance']:.3f}", *cells[1], chance]))
        lines += [f"### {SPLIT_TITLES[split].capitalize()}", "\n".join(table)]
    intro = (
        'Overlap@K is CT-CLIP\'s "MAP@K", the mean Jaccard of the 18 labels among the top K, each K by itself and the '
        "query left out; AP@K is true average precision, relevant = Jaccard of at least 0.5."
    )
    return ["## Volume to volume", intro, *lines] if lines else []


def write_alignment(report: dict) -> list[str]:
    if not report["alignment"]:
        return []
    head = ["row", "N", "linear CKA", "by chance", "mean cosine", "by chance"]
    table = [to_cells(head), to_cells(["---"] * len(head))]
    for row, a in report["alignment"].items():
        keys = ("linear_cka", "chance_cka", "mean_cosine", "chance_cosine")
        table.append(to_cells([row, a.get("n", NONE), *(NONE if a.get(k) is None else f"{a[k]:.3f}" for k in keys)]))
    return ["## Speech and text latents of the same sentences", "\n".join(table)]


def write_encoder(report: dict) -> list[str]:
    lines = ["## The bundled CT encoder"]
    validation = report["ct"]["validation"]
    lines.append(
        f"Validation, scan path, N = {validation['n']}: mean AUROC {validation['auroc']['mean']:.3f} (thresholds and "
        "calibration were fitted on it)."
    )
    for split, part in report["ct"]["splits"].items():
        g, c = part["grounding"], part["calibration"]
        each = ", ".join(f"{x:.3f}" for x in c["per_finding"])
        lines.append(
            f"{SPLIT_TITLES[split].capitalize()}, N = {part['n']}: calibration error {c['pooled']:.3f} pooled "
            f"({each} by finding); pointing game {g['focal']:.3f} ({format_span(g['focal_interval'])}; chance "
            f"{g['focal_chance']:.3f}) over {g['pairs']} focal findings that are present and called; sum of heat "
            f"against cosine, largest difference {g['heat_sum_gap']:.1e}."
        )
    bins = report["ct"]["splits"].get("internal", {}).get("calibration", {}).get("reliability", [])
    rows = [to_cells(["mean probability", "share with the finding", "N"]), to_cells(["---"] * 3)]
    rows += [to_cells([f"{b['meanProbability']:.3f}", f"{b['share']:.3f}", b["n"]]) for b in bins]
    return [*lines, "Reliability, internal test, all findings, 15 bins of equal mass:", "\n".join(rows)]


def write_guard(report: dict) -> list[str]:
    guard = report.get("guard")
    if not guard:
        return []
    head = ["stranger", "phantoms", "strangers", "AUROC", "flagged at the limit", "smallest distance"]
    table = [to_cells(head), to_cells(["---"] * len(head))]
    for kind, p in guard["strangers"].items():
        table.append(
            to_cells([kind, p["n"], p["strangers"], f"{p['auroc']:.4f}", f"{p['flagged']:.0%}", f"{p['nearest']:.1f}"])
        )
    own = "; ".join(f"{split}: {p['flagged']:.1%} of {p['n']} flagged" for split, p in guard["own"].items())
    return [
        "## The guard against strangers",
        f"Limit {guard['limit']:.2f} (99.5th percentile of validation, plain and altered). Phantoms, {own}. Real "
        "scans: two chests and one torso, each with altered copies (shift, slice thickness, noise, field of view), so "
        "their N is not a number of patients.",
        "\n".join(table),
    ]


def write_speech(report: dict) -> list[str]:
    return ["## Speech", "\n".join(to_speech_remarks(report["speech"]))] if report.get("speech") else []


def write_appendix(report: dict) -> list[str]:
    """Per finding: every row's AUROC and F1, and the bundled encoder's pointing game."""
    lines = ["## Appendix: each finding"]
    for split in TESTS:
        rows = [row for row in report["rows"] if split in row]
        for measure in ("auroc", "f1_weighted", "f1_macro", "accuracy", "precision"):
            if rows:
                lines += [
                    f"### {MEASURE_TITLES[measure]}, {SPLIT_TITLES[split]}",
                    to_finding_table(rows, split, measure),
                ]
    for split, part in report["ct"]["splits"].items():
        g = part["grounding"]
        table = [to_cells(["finding", "cases", "pointing game", "chance"]), to_cells(["---"] * 4)]
        for label, n, value, chance in zip(
            FINDING_LABELS, g["pairs_per_finding"], g["per_finding"], g["chance_per_finding"], strict=True
        ):
            table.append(to_cells([label, n, format_value(value), format_value(chance)]))
        lines += [f"### Pointing game, present and called, {SPLIT_TITLES[split]}", "\n".join(table)]
    return lines


def to_finding_table(rows: list[dict], split: str, measure: str) -> str:
    head = ["finding", *(row["id"] for row in rows)]
    table = [to_cells(head), to_cells(["---"] * len(head))]
    for f, label in enumerate(FINDING_LABELS):
        values = [format_value(row[split]["measures"][measure]["per_finding"][f]) for row in rows]
        table.append(to_cells([label, *values]))
    return "\n".join(table)


def format_value(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def to_cells(values: list) -> str:
    return "| " + " | ".join(str(value) for value in values) + " |"
