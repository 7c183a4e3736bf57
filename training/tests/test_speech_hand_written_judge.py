import numpy as np

from voxct.findings import FINDING_IDS
from voxct.speech.hand_written_judge import Counted, judge
from voxct.text.statuses import STATUSES


def called(*clauses: dict[str, str]) -> np.ndarray:
    rows = np.zeros((len(clauses), 18), int)
    for row, clause in zip(rows, clauses, strict=True):
        for finding, status in clause.items():
            row[FINDING_IDS.index(finding)] = STATUSES.index(status)
    return rows


ROW = {
    "kind": "report",
    "statements": [
        {"finding": "emphysema", "status": "present", "clause": 0},
        {"finding": "pleural_effusion", "status": "absent", "clause": [0, 1]},
    ],
    "tolerated": [{"finding": "atelectasis", "status": "present"}],
}
ORGAN = {"kind": "other-organ", "statements": []}


def test_a_statement_is_found_in_its_own_clause_alone():
    right = called({"emphysema": "present"}, {"pleural_effusion": "absent"})
    assert judge([ROW], [right])["present found"] == Counted(1, 1)
    assert judge([ROW], [right])["absent found"] == Counted(1, 1)
    assert judge([ROW], [right[::-1]])["present found"] == Counted(0, 1)


def test_another_status_is_not_found_and_the_opposite_is_turned_around():
    doubted = judge([ROW], [called({"emphysema": "uncertain"}, {})])
    assert doubted["present found"] == Counted(0, 1)
    assert doubted["turned around"] == Counted(0, 2)
    assert judge([ROW], [called({"emphysema": "absent"}, {})])["turned around"] == Counted(1, 2)


def test_what_is_tolerated_is_no_false_mention():
    assert judge([ROW], [called({"atelectasis": "present"}, {})])["false mention beside statements"] == Counted(0, 1)
    assert judge([ROW], [called({"consolidation": "absent"}, {})])["false mention beside statements"] == Counted(1, 1)
    assert judge([ORGAN], [called({"lung_nodule": "present"})])["false mention: other organs"] == Counted(1, 1)
