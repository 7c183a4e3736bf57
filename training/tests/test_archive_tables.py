"""Tables of reports and labels: what is wrong is named with its row, and the rest goes on."""

import numpy as np
import pytest
from archive_support import name_case, write_archive

from voxct.archive.features import UnsuitableFeatures, read_archive
from voxct.archive.labels import read_labels
from voxct.archive.reports import read_reports
from voxct.archive.splits import TooFewPatients, split_patients
from voxct.archive.tables import UnsuitableTable


@pytest.fixture
def archive(tmp_path):
    write_archive(tmp_path / "features", 6)
    return read_archive(tmp_path / "features")


def test_each_kind_of_fault_is_named_with_its_row_and_the_rest_goes_on(archive, tmp_path):
    path = tmp_path / "reports.csv"
    path.write_bytes(
        b"id,report,patient\r\n"
        b"ward/case-000,No effusion.,a\r\n"
        b'case-001.nii.gz,"Two lines:\r\nan effusion.",a\r\n'
        b"case-009,Unknown.,b\r\n"
        b"case-002,,b\r\n"
        b"case-000,Once more.,a\r\n"
        b"case-003,caf\xe9 au lait,c\r\n"
        b"\r\n"
        b",No id.,d\r\n"
        b"case-004,one,two,three\r\n"
        b"case-005, - . ,d\r\n"
    )
    found = read_reports(path, archive)
    assert found.rows == [0, 1] and found.reports[1] == "Two lines:\r\nan effusion."
    assert found.patients == ["a", "a"] and found.without == [name_case(3), name_case(4)]
    reasons = {fault.row: fault.reason for fault in found.faults}
    assert sorted(reasons) == [4, 5, 6, 7, 9, 10, 11]
    assert "'case-009' is no case of the archive" in reasons[4]
    assert "'ward/case-002' has no report" in reasons[5] and "'ward/case-005' has no report" in reasons[11]
    assert "'case-000' stands in row 2 already" in reasons[6]
    assert "not UTF-8" in reasons[7] and "id is empty" in reasons[9] and "has 4 cells, the header 3" in reasons[10]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(archive, tmp_path, encoding, delimiter):
    path = tmp_path / "reports.csv"
    path.write_text(delimiter.join(["ID", "Report"]) + "\n" + delimiter.join(["case-001", "Größe normal"]), encoding)
    found = read_reports(path, archive)
    assert (found.rows, found.reports, found.faults) == ([1], ["Größe normal"], [])


def test_ct_rates_sections_are_joined_and_not_given_is_nothing(archive, tmp_path):
    path = tmp_path / "reports.csv"
    path.write_text(
        "VolumeName,Findings_EN,Impressions_EN\ncase-001.nii.gz,Emphysema.,Not given.\ncase-002,A.,Bullae.\n"
    )
    found = read_reports(path, archive)
    assert found.reports == ["Emphysema.", "A.\nBullae."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("\ufeff\n \n", "is empty"),
        ("id,report\n", "a header and no row"),
        ("report\nText\n", "no column id"),
        ("id,words\ncase-001,Text\n", "no column report"),
        ("id,report\nnobody,Text\n", "no row can be used.*row 2: 'nobody' is no case"),
    ],
)
def test_a_table_of_which_nothing_can_be_used_is_refused(archive, tmp_path, content, reason):
    path = tmp_path / "reports.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnsuitableTable, match=reason):
        read_reports(path, archive)
    with pytest.raises(UnsuitableTable, match="can't be read"):
        read_reports(tmp_path / "nowhere.csv", archive)


def test_labels_are_ones_zeros_and_what_is_not_known(archive, tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text(
        "id;age;Pleural effusion;honey-combing;remark\n"
        "case-000;71;1;yes;seen twice\ncase-001;64;0;;\ncase-002;9;;No;\ncase-003;50;maybe;-1;x\n"
    )
    found = read_labels(path, archive)
    assert found.ids == ["pleural_effusion", "honey_combing"]
    assert found.labels == ["Pleural effusion", "honey-combing"]
    assert found.values.tolist() == [[1, 1], [0, -1], [-1, 0], [-1, -1], [-1, -1], [-1, -1]]
    assert found.rows == [0, 1, 2]
    assert [str(fault) for fault in found.faults] == [
        "row 5: Pleural effusion 'maybe' is neither 1 nor 0: taken for unknown"
    ]


def test_a_table_without_labels_is_refused(archive, tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text("id,remark\ncase-000,nothing\n")
    with pytest.raises(UnsuitableTable, match="no column of labels"):
        read_labels(path, archive)
    path.write_text("id,Emphysema,emphysema\ncase-000,1,0\n")
    with pytest.raises(UnsuitableTable, match="two columns for emphysema"):
        read_labels(path, archive)


def test_no_patient_is_in_two_parts_and_the_order_of_the_table_says_nothing():
    patients = [f"p{n // 3}" for n in range(300)]
    split = split_patients(patients)
    of = {name: {patients[row] for row in rows} for name, rows in vars(split).items()}
    assert [len(of[name]) for name in ("train", "validation", "test")] == [65, 15, 20]
    assert not of["train"] & of["validation"] and not of["test"] & (of["train"] | of["validation"])
    turned = split_patients(patients[::-1])
    assert {patients[::-1][row] for row in turned.test} == of["test"]
    assert {patients[row] for row in split_patients(patients, 1).test} != of["test"]
    with pytest.raises(TooFewPatients, match="3 patients are too few"):
        split_patients(["a", "b", "c"] * 20)


def test_ct_rates_own_test_patients_are_the_test():
    patients = [f"train_{n}" for n in range(20)] + ["valid_1", "valid_2"]
    split = split_patients(patients)
    assert [patients[row] for row in split.test] == ["valid_1", "valid_2"]


def test_a_folder_without_features_or_with_numbers_that_are_none_is_refused(tmp_path):
    with pytest.raises(UnsuitableFeatures, match=r"index\.jsonl is missing.*build_library"):
        read_archive(tmp_path)
    write_archive(tmp_path / "features", 4)
    means = np.load(tmp_path / "features/features.npy")
    np.save(tmp_path / "features/features.npy", means[:3])
    with pytest.raises(UnsuitableFeatures, match="3 rows, the index 4"):
        read_archive(tmp_path / "features")
    means[1, 1] = np.nan
    np.save(tmp_path / "features/features.npy", means)
    with pytest.raises(UnsuitableFeatures, match="not finite"):
        read_archive(tmp_path / "features")
