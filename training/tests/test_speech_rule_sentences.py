import pytest

from voxct.findings import FINDING_IDS
from voxct.speech.hand_written import read_hand_written
from voxct.speech.rule_sentences import HALVES, bare, read_rule_sentences, to_row


def test_a_line_tells_words_and_statuses_and_what_is_tolerated_is_left_out():
    row = to_row("n", "negated-list: no effusion, possible nodule => -effusion ?nodule right 6mm (-pericardial)")
    assert row["text"] == "no effusion, possible nodule"
    assert row["statuses"] == {"pleural_effusion": "absent", "lung_nodule": "uncertain"}
    assert row["states"] == {"pleural_effusion": "absent"}
    assert row["clauses"] == [{"text": row["text"], "statuses": row["statuses"]}]


def test_clear_lungs_deny_ten_findings_and_all_denies_every_one():
    assert len(to_row("n", "normal: clear lungs => -lungs")["statuses"]) == 10
    assert list(to_row("n", "normal: normal scan => -all")["statuses"]) == list(FINDING_IDS)


def test_two_statuses_of_one_finding_are_no_line_to_learn_from():
    assert to_row("n", "resolved: gone => <nodule -nodule") is None


def test_what_is_no_line_or_no_finding_is_refused():
    with pytest.raises(ValueError, match="not a sentence"):
        to_row("n", "no labels here")
    with pytest.raises(ValueError, match='No finding "spleen"'):
        to_row("n", "present: big spleen => +spleen")


def test_no_sentence_is_one_of_the_test_set():
    rows = read_rule_sentences()
    assert len(rows) > 950
    assert len({row["id"] for row in rows}) == len(rows)
    tested = {bare(clause) for half in HALVES for row in read_hand_written(half) for clause in row["clauses"]}
    assert len(tested) > 900
    assert not tested & {bare(row["text"]) for row in rows}
