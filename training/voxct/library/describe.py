"""What a library says of its cases besides their findings: what lists are filtered by, and what cards show."""

from argparse import ArgumentParser
from collections.abc import Collection, Mapping, Sequence

FIELDS = ("patient", "sex", "ageYears", "date", "report")
REPORT_LETTERS = 4000
"""As in the manifest's schema; a longer report is cut at a word."""


def add_leave_out(parser: ArgumentParser) -> None:
    """An archive decides what its pack may say of a patient: whoever has the pack can read it."""
    parser.add_argument(
        "--leave-out", nargs="+", choices=FIELDS, default=(), metavar="FIELD",
        help=f"what the pack does not say of its cases, of {', '.join(FIELDS)}; without patient, scans of one patient "
        "are not told apart from those of others",
    )  # fmt: skip


def drop_fields(case: Mapping, names: Collection[str]) -> dict:
    return {name: value for name, value in case.items() if name not in names}


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
        kept = drop_fields(case, FIELDS)
        cases.append(kept | {name: tidy(name, known[key][name]) for name in FIELDS if known[key].get(name) is not None})
    return manifest | {"library": manifest["library"] | {"cases": cases}}


def tidy(name: str, value: object) -> object:
    if name != "report":
        return value
    text = str(value).strip()
    return text if len(text) <= REPORT_LETTERS else text[:REPORT_LETTERS].rsplit(" ", 1)[0]
