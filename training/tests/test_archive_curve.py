"""The learning curve: more cases score higher on the same held-out ones, and the table says where it stops."""

import json

import numpy as np
import pytest
from archive_support import WIDTH, name_case, write_archive

from scripts import measure_archive
from voxct.archive.curve import draw_split
from voxct.corpora.generate import write_report


@pytest.fixture
def phantoms(tmp_path):
    folder = tmp_path / "features"
    labels = write_archive(folder, 260, noise=4.0)
    lines = [
        {"id": name_case(n), "labels": row.tolist(), "report": write_report(tuple(row))[0]}
        for n, row in enumerate(labels)
    ]
    (folder / "index.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


def test_more_cases_score_higher_and_sizes_beyond_the_archive_are_left_out(phantoms, capsys):
    config = measure_archive.Config(phantoms, (25, 160, 300), held_out=100, draws=2)
    lines = measure_archive.main(config).splitlines()[2:]
    assert [line.split("|")[1].strip() for line in lines] == ["25", "160"]
    first, second = (float(line.split("|")[2].split()[0]) for line in lines)
    assert 0.55 < first < second - 0.05 and second > 0.75
    assert "300 cases: left out, 160 are there beside the 100 held out" in capsys.readouterr().err


def test_the_encoder_beside_is_scored_on_the_same_cases(phantoms, tmp_path):
    beside = tmp_path / "beside"
    write_archive(beside, 260)
    np.save(beside / "embeddings.npy", np.random.default_rng(0).normal(size=(260, WIDTH)).astype(np.float32))
    line = measure_archive.main(measure_archive.Config(phantoms, (), held_out=100, beside=beside)).splitlines()[-1]
    assert line.startswith("| bundled encoder | 0.") and 0.4 < float(line.split("|")[2]) < 0.6
    text = (beside / "index.jsonl").read_text(encoding="utf-8").splitlines()
    (beside / "index.jsonl").write_text("\n".join(text[:200]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks ward/case-200"):
        measure_archive.main(measure_archive.Config(phantoms, (), held_out=100, beside=beside))


def test_the_held_out_cases_are_the_same_in_every_draw():
    first, second = draw_split(60, 20, 25, 0), draw_split(60, 20, 25, 1)
    assert first.test.tolist() == second.test.tolist() == list(range(35, 60))
    assert set(first.train) != set(second.train) and len(first.train) == 16 and len(first.validation) == 4
    assert not set(first.train) & set(first.validation) and max(*first.train, *first.validation) < 35
