"""What a library says of its cases besides their findings: what lists are filtered by, and what cards show."""

from collections.abc import Sequence

FIELDS = ("patient", "sex", "ageYears", "date", "report")
REPORT_LETTERS = 4000
"""As in the manifest's schema; a longer report is cut at a word."""


def describe_cases(manifest: dict, rows: Sequence[dict], identify: str = "seed") -> dict:
    """The manifest with the rows' fields at its cases; a field that no row has is taken away.

    A row belongs to the phantom of its `seed`, or to the case of its `id`. ValueError where a case has no row.
    """
    known = {row[identify]: row for row in rows}
    cases = []
    for case in manifest["library"]["cases"]:
        key = case.get("open", {}).get("seed") if identify == "seed" else case["id"]
        if key not in known:
            raise ValueError(f"no row is of the case {case['id']}")
        kept = {name: value for name, value in case.items() if name not in FIELDS}
        cases.append(kept | {name: tidy(name, known[key][name]) for name in FIELDS if known[key].get(name) is not None})
    return manifest | {"library": manifest["library"] | {"cases": cases}}


def tidy(name: str, value: object) -> object:
    if name != "report":
        return value
    text = str(value).strip()
    return text if len(text) <= REPORT_LETTERS else text[:REPORT_LETTERS].rsplit(" ", 1)[0]
