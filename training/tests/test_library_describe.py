"""What a library says of its cases besides their findings."""

import pytest

from voxct.library.describe import describe_cases

MANIFEST = {
    "library": {
        "labelProvenance": "",
        "cases": [
            {
                "id": "phantom-1",
                "title": "One",
                "open": {"kind": "phantom", "seed": 1},
                "report": "Old.",
                "sex": "male",
            },
            {"id": "phantom-2", "title": "Two", "open": {"kind": "phantom", "seed": 2}},
        ],
    }
}


def test_each_case_has_what_its_row_says_and_nothing_of_before() -> None:
    rows = [{"seed": 2, "sex": "female", "ageYears": 63, "report": " A nodule. "}, {"seed": 1, "date": "2025-01-02"}]
    one, two = describe_cases(MANIFEST, rows)["library"]["cases"]
    assert one == {"id": "phantom-1", "title": "One", "open": {"kind": "phantom", "seed": 1}, "date": "2025-01-02"}
    assert (two["sex"], two["ageYears"], two["report"]) == ("female", 63, "A nodule.")


def test_a_report_that_is_too_long_is_cut_at_a_word() -> None:
    rows = [{"id": "phantom-1", "report": "word " * 1000}, {"id": "phantom-2"}]
    report = describe_cases(MANIFEST, rows, "id")["library"]["cases"][0]["report"]
    assert len(report) <= 4000
    assert report.endswith("word")


def test_a_case_without_a_row_is_named() -> None:
    with pytest.raises(ValueError, match="phantom-2"):
        describe_cases(MANIFEST, [{"seed": 1}])
