"""What a library says of an archive's cases: by DICOM headers, CT-RATE's tables and a table of one's own."""

import json
import re
import stat
from pathlib import Path

import pydicom
import pytest
from test_astra_export import small_config
from test_library import TINY, pack, read_table, write_dicom  # noqa: F401 (a fixture)

from scripts import build_library, export_astra
from voxct.archive.tables import UnsuitableTable
from voxct.corpora import generate
from voxct.library.describe import FIELDS
from voxct.library.details import state_details
from voxct.library.pseudonyms import Pseudonyms
from voxct.library.said import count_years, read_age, read_day, read_sex

SECRET = "SECRET-77"


def write_series(folder: Path, **header: str) -> None:
    write_dicom(folder, generate.draw_chest(generate.draw_labels(4), 4))
    for path in folder.glob("*.dcm"):
        read = pydicom.dcmread(path)
        for name, value in header.items():
            setattr(read, name, value)
        read.save_as(path)


def write_archive(root: Path) -> Path:
    """Two scans of one patient, one of "ANONYMOUS" and a NIfTI file."""
    write_series(root / "a", PatientID=SECRET, PatientSex="F", PatientAge="063Y", AcquisitionDate="20240131")
    write_series(root / "b", PatientID=f"{SECRET} ", PatientSex="F", PatientBirthDate="19601115", StudyDate="20241114")
    write_series(root / "c", PatientID="ANONYMOUS", PatientSex="X", PatientAge="63", StudyDate="19000101")
    chest = generate.draw_chest(generate.draw_labels(5), 5)
    generate.write_nifti(root / "d.nii.gz", chest, generate.Body().spacing_mm)
    return root


def details_of(line: dict) -> dict:
    return {name: line[name] for name in FIELDS if name in line}


def test_headers_say_patient_sex_age_and_day(tmp_path, pack):  # noqa: F811
    archive = write_archive(tmp_path / "archive")
    build_library.main(build_library.Config(archive, pack, workers=0, features=tmp_path / "features"))
    table = {line["id"]: details_of(line) for line in read_table(pack)}
    patient = table["a"].pop("patient")
    assert re.fullmatch(r"p-[0-9a-f]{16}", patient) and table["b"].pop("patient") == patient
    assert table["a"] == {"sex": "female", "ageYears": 63, "date": "2024-01-31"}
    assert table["b"] == {"sex": "female", "ageYears": 63, "date": "2024-11-14"}, "a day before the birthday"
    assert table["c"] == {"ageYears": 63} and table["d"] == {}
    index = [json.loads(line) for line in (tmp_path / "features/index.jsonl").read_text().splitlines()]
    assert index[0]["patient"] == patient and index[0]["date"] == "2024-01-31"
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".dcm"]
    assert not [path for path in written if SECRET.encode() in path.read_bytes()]
    assert stat.S_IMODE((tmp_path / "features/patients.key").stat().st_mode) == 0o600


def test_what_is_left_out_is_in_no_file_of_the_pack(tmp_path, pack):  # noqa: F811
    archive, kept = write_archive(tmp_path / "archive"), tmp_path / "features"
    names = ("patient", "date", "report")
    build_library.main(build_library.Config(archive, pack, workers=0, features=kept, leave_out=names))
    table = {line["id"]: details_of(line) for line in read_table(pack)}
    assert table["a"] == {"sex": "female", "ageYears": 63}
    patient = json.loads((kept / "index.jsonl").read_text().splitlines()[0])["patient"]
    assert not [path for path in pack.iterdir() if patient.encode() in path.read_bytes()]


def test_a_table_says_what_headers_do_not_and_goes_before_them(tmp_path, pack, capsys):  # noqa: F811
    archive = write_archive(tmp_path / "archive")
    report = "Small pleural effusion. " * 200
    rows = [
        "id;report;patient;sex;age;date",
        f"d.nii.gz;{report};{SECRET.lower()};m;45,5;2023-05-06T10:00",
        "a;No nodule.;;;64;",
        "b;;;;;03/04/2024",
    ]
    (tmp_path / "reports.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    config = build_library.Config(archive, pack, workers=0, reports=tmp_path / "reports.csv")
    build_library.main(config)
    table = {line["id"]: details_of(line) for line in read_table(pack)}
    assert table["a"] | {"patient": ""} == {
        "patient": "", "sex": "female", "ageYears": 64, "date": "2024-01-31", "report": "No nodule.",
    }  # fmt: skip
    cut = table["d"].pop("report")
    assert len(cut) <= 4000 and report.startswith(cut) and cut.endswith(("effusion.", "Small", "pleural"))
    assert table["d"] == {"patient": table["a"]["patient"], "sex": "male", "date": "2023-05-06"}
    assert table["b"]["date"] == "2024-11-14"
    told = capsys.readouterr().err
    assert "row 4: date '03/04/2024' is not a day such as 2019-01-31" in told and "row 2: age '45,5'" in told
    before = table
    build_library.main(config)
    again = {line["id"]: details_of(line) for line in read_table(pack)}
    assert again["a"] == before["a"], "another run has the same pseudonyms"


def test_a_table_without_a_column_of_use_is_refused(tmp_path, pack):  # noqa: F811
    archive = write_archive(tmp_path / "archive")
    (tmp_path / "t.csv").write_text("id,ward\na,7\n", encoding="utf-8")
    with pytest.raises(UnsuitableTable, match="none of the columns report, patient, sex, age, date"):
        build_library.main(build_library.Config(archive, pack, workers=0, reports=tmp_path / "t.csv"))


def test_ct_rate_tells_its_patients_reports_and_days(tmp_path, pack):  # noqa: F811
    generate.generate_corpus(tmp_path / "ct", {"train": 2}, is_fixed=False)
    path = next((tmp_path / "ct").rglob("*metadata*.csv"))
    lines = path.read_text(encoding="utf-8").splitlines()
    more = [f"{lines[0]},PatientSex,PatientAge,StudyDate", *(f"{line},M,045Y,20190131" for line in lines[1:])]
    assert len(more) == 5
    path.write_text("\n".join(more) + "\n", encoding="utf-8")
    build_library.main(build_library.Config(tmp_path / "ct", pack, workers=0))
    cases = [line for line in read_table(pack) if line["id"].startswith("train_")]
    assert {(line["sex"], line["ageYears"], line["date"]) for line in cases} == {("male", 45, "2019-01-31")}
    assert all(line["id"].startswith(f"{line['patient']}_") and line["report"] for line in cases)


def test_astras_exporter_fills_the_same_and_keeps_what_was_built(tmp_path):
    archive, features = write_archive(tmp_path / "archive"), tmp_path / "features"
    alone = export_astra.main(small_config(tmp_path, archive=archive))
    path = tmp_path / "astra" / alone["library"]["table"]["file"]
    first = {line["id"]: details_of(line) for line in map(json.loads, path.read_text().splitlines())}
    assert first["a"]["date"] == "2024-01-31" and first["a"]["patient"] == first["b"]["patient"] and first["d"] == {}
    (tmp_path / "r.csv").write_text(f"id,report,patient\nd,Effusion.,{SECRET}\n", encoding="utf-8")
    told = {"workers": 0, "features": features, "reports": tmp_path / "r.csv"}
    build_library.main(build_library.Config(archive, tmp_path / "astra", **told))
    built = export_astra.main(small_config(tmp_path, archive=archive, features=features))
    path = tmp_path / "astra" / built["library"]["table"]["file"]
    cases = {line["id"]: details_of(line) for line in map(json.loads, path.read_text().splitlines())}
    assert cases["d"] == {"patient": cases["a"]["patient"], "report": "Effusion."}


def test_an_index_takes_what_a_table_says(tmp_path):
    (tmp_path / "t.csv").write_text("id,report,sex\nx,Effusion.,F\n", encoding="utf-8")
    index = ({"id": "x", "date": "2020-02-02"}, {"id": "train_7_a_1", "sex": "male"})
    one, two = state_details(index, tmp_path / "t.csv", tmp_path / "key")
    assert one == {"id": "x", "date": "2020-02-02", "sex": "female", "report": "Effusion."} and two == index[1]


def test_pseudonyms_need_their_key_and_nobody_has_none(tmp_path):
    one, other = Pseudonyms(tmp_path / "a.key"), Pseudonyms(tmp_path / "b.key")
    assert one.name("4711") == Pseudonyms(tmp_path / "a.key").name(" 4711 ") != other.name("4711")
    nobody = ("", "  ", "ANONYMOUS", "De-Identified", "^", "0")
    assert [Pseudonyms(tmp_path / "c.key").name(text) for text in nobody] == [None] * len(nobody)
    assert not (tmp_path / "c.key").exists()
    (tmp_path / "a.key").write_text("none")
    with pytest.raises(ValueError, match=r"a\.key holds no key"):
        Pseudonyms(tmp_path / "a.key").name("4711")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20190131", "2019-01-31"), ("2019.01.31", "2019-01-31"), ("2019-01-31 08:15", "2019-01-31"),
        ("20190131081500.25", "2019-01-31"), ("20190231", None), ("19000101", None), ("03/04/2024", None), ("", None),
        ("2019-0131", None), ("201901", None),
    ],
)  # fmt: skip
def test_days_are_read_where_they_can_be_meant_in_one_way(text, day):
    assert read_day(text) == day


def test_ages_and_sexes_are_read_as_the_app_reads_them():
    texts = ("063Y", "018M", "003W", "010D", "45", "45.9", "131", "old", "")
    assert [read_age(text) for text in texts] == [63, 1, 0, 0, 45, 45, None, None, None]
    assert [read_sex(text) for text in ("F", " male", "O", "W", "X", "")] == [
        "female",
        "male",
        "other",
        "female",
        None,
        None,
    ]
    assert count_years("19601115", "2024-11-15") == 64 and count_years("20250101", "2024-11-15") is None
