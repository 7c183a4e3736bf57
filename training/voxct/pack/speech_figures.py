"""The speech encoder's report (voxct.speech.evaluation) -> rows of the manifest and sentences of RESULTS.md."""

from voxct.findings import FINDING_LABELS
from voxct.pack.figures import Figure, Stamp

CONDITIONS = (("clean", "clean"), ("room_and_noise", "rooms and noise"))
SPLIT = "test, unheard voices"
MEASURES = (
    ("saidPresentAuroc", "saidPresentInterval", "Said present AUROC, mean of 18"),
    ("saidAbsentAuroc", "saidAbsentAurocInterval", "Said absent AUROC, mean of 18"),
    ("presentAgainstAbsentAuroc", "presentAgainstAbsentAurocInterval", "Present against absent AUROC"),
)
PROMPT_MEASURES = (
    ("saidPresentAuroc", "saidPresentInterval", "Said present AUROC by cosine to the prompt, mean of 18"),
    (
        "saidPresentByMarginAuroc",
        "saidPresentByMarginAurocInterval",
        "Said present AUROC by margin, mean of 18",
    ),
)
"""The same utterances scored by the written prompts alone, as SpeechCT-CLIP scores a CT."""


def to_speech_figures(report: dict, stamp: Stamp) -> list[Figure]:
    """Read as chosen on validation (dual directions or prompts). Present against absent: chance 0.5 by definition."""
    n, kind = report["utterances"], report["thresholds"]["prompts"]
    rows = []
    for condition, title in CONDITIONS:
        for way, measures in ((kind, MEASURES), ("text", PROMPT_MEASURES)):
            chosen = report[condition].get(way, {})
            for key, interval, name in measures:
                chance = 0.5 if key.startswith("presentAgainst") else chosen.get("saidPresentShuffled", 0.5)
                if key in chosen:
                    rows.append(stamp.figure(f"{name} ({title})", SPLIT, n, chosen[key], chance, chosen.get(interval)))
    clean = report["clean"][kind]
    for label, value in zip(FINDING_LABELS, clean["saidPresentPerFinding"], strict=True):
        if value is not None:
            name = f"Said present AUROC (clean): {label}"
            rows.append(stamp.figure(name, SPLIT, n, value, clean["saidPresentShuffled"]))
    return rows


def to_speech_remarks(report: dict) -> list[str]:
    """What has no chance level to stand beside it: error rates and the work of the thresholds."""
    remarks = []
    for condition, title in CONDITIONS:
        part, at = report[condition], report[condition]["atThresholds"]
        remarks.append(
            f"- Speech, {title}, {report['utterances']} utterances, at the shipped thresholds: F1 of said present "
            f"{at['presentF1']:.3f}, of said absent {at['absentF1']:.3f}; polarity turned around in "
            f"{at['flipped']:.1%}; {describe_words(part)}."
        )
    for kind, part in report.get("strangers", {}).items():
        remarks.append(
            f"- Speech, {part['clips']} clips without a finding ({kind}): {part['saidPresent']} heard as said present, "
            f"{part['saidAbsent']} as said absent."
        )
    remarks.append(
        "- What was said is read off the embedding by dual directions (voxct/speech/reading.py), chosen on validation; "
        "the figures by prompts stand beside. Figures of an earlier encoder on some of these test voices had been seen."
    )
    return remarks


def describe_words(part: dict) -> str:
    """Greedy letters, and with the word model where it was at hand; intervals where they were made."""
    texts = [
        f"{part[key]:.3f}{describe_span(part.get(f'{key}Interval'))} ({title})"
        for key, title in (("wer", "greedy letters"), ("werDecoded", "the word model that ships"))
        if part.get(key) is not None
    ]
    return "word error rate " + ", ".join(texts)


def describe_span(interval: list[float] | None) -> str:
    return f" [{interval[0]:.3f} to {interval[1]:.3f}]" if interval else ""
