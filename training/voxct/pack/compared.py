"""The report's comparison of the four papers -> the manifest's `comparison` and `reliability`."""

from voxct.results.comparison import TESTS

OWN_ROWS = {"phantom-mini": ("ctclip-s1",), "phantom-radclip": ("radclip-s1",)}


def to_comparison(report: dict, pack_id: str) -> dict | None:
    """None where the internal test of no row is there."""
    rows = [to_compared_row(row, pack_id) for row in report.get("comparison", []) if "internal" in row]
    if not rows:
        return None
    missing = report.get("missing", [])
    note = "F1 is weighted over present and absent, as in the papers. Ranges are over seeds."
    note += f" Missing: {'; '.join(missing)}." if missing else ""
    return {"title": "The four papers' methods on the same phantoms", "note": note, "rows": rows}


def to_compared_row(row: dict, pack_id: str) -> dict:
    splits = {split: to_compared_split(row[split]) for split in TESTS if split in row}
    own = {"isThisPack": True} if row["id"] in OWN_ROWS.get(pack_id, ()) else {}
    return {**{key: row[key] for key in ("id", "title", "paper", "seeds")}, **splits, **own}


def to_compared_split(part: dict) -> dict:
    return {"n": part["n"], "auroc": to_span(part["auroc"]), "f1": to_span(part["f1_weighted"])}


def to_span(figure: dict) -> dict:
    spans = {key: [round(x, 4) for x in figure[key]] for key in ("interval", "range") if figure.get(key)}
    return {"value": round(figure["value"], 4), **spans}


def to_reliability(report: dict) -> list[dict]:
    bins = report["ct"]["splits"]["internal"]["calibration"]["reliability"]
    return [{key: round(value, 4) if key != "n" else value for key, value in row.items()} for row in bins]
