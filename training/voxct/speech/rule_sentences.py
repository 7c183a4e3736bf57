"""The sentences with which the rules of the transcript reader were made (fixtures/statements/rules), as lines to speak.

Written by hand and labelled, none of them in the test set: words that the generator of sentences does not have.
"""

from __future__ import annotations

import re
from pathlib import Path

from voxct.findings import FINDING_IDS
from voxct.speech.hand_written import FOLDER, read_hand_written

SIGNS = {"+": "present", "-": "absent", "?": "uncertain", "<": "resolved"}
SHORT_NAMES = dict(
    zip(
        "material arterial cardiomegaly pericardial coronary hernia nodes emphysema atelectasis nodule opacity "
        "fibrosis effusion mosaic peribronchial consolidation bronchiectasis septal".split(),
        FINDING_IDS,
        strict=True,
    )
)
LUNGS = "opacity consolidation nodule atelectasis fibrosis emphysema bronchiectasis septal mosaic peribronchial".split()
"""What clear lungs deny (the folder's README)."""
HALVES = ("develop", "held-out")
_LINE = re.compile(r"([a-z-]+): (.+?) =>(.*)")
_LABEL = re.compile(r"([-+?<])([a-z]+)")


def read_rule_sentences(folder: Path = FOLDER / "rules") -> list[dict]:
    """Lines for speak_queue.py, `statuses` as the generator's; without those that give a finding two statuses, and
    those of which the test set has a clause with the same words.

    ValueError where a line is none or names no finding.
    """
    tested = {bare(clause) for half in HALVES for row in read_hand_written(half) for clause in row["clauses"]}
    lines = [
        (f"{file.stem}-{number:03d}", line)
        for file in sorted(folder.glob("batch-*.txt"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
    ]
    return [row for name, line in lines if (row := to_row(name, line)) and bare(row["text"]) not in tested]


def bare(text: str) -> str:
    """Words alone, in lower case."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def to_row(name: str, line: str) -> dict | None:
    found = _LINE.fullmatch(line.strip())
    if not found:
        raise ValueError(f"{name}: not a sentence with labels: {line}")
    kind, text, labels = found.groups()
    told: dict[str, set[str]] = {}
    for sign, short in _LABEL.findall(re.sub(r"\([^)]*\)", "", labels)):
        for one in expand(short):
            told.setdefault(one, set()).add(SIGNS[sign])
    if any(len(statuses) > 1 for statuses in told.values()):
        return None
    statuses = {finding: status for finding, (status,) in told.items()}
    states = {finding: status for finding, status in statuses.items() if status in ("present", "absent")}
    clauses = [{"text": text, "statuses": statuses}]
    return {"id": name, "text": text, "clauses": clauses, "statuses": statuses, "states": states, "kind": kind}


def expand(short: str) -> list[str]:
    """Ids of the findings that a short name stands for."""
    if short == "all":
        return list(FINDING_IDS)
    if short == "lungs":
        return [SHORT_NAMES[one] for one in LUNGS]
    if short not in SHORT_NAMES:
        raise ValueError(f'No finding "{short}"')
    return [SHORT_NAMES[short]]
