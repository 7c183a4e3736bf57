"""Findings from labels alone: calibrated read-outs, unknown labels, too few cases, packs with and without words."""

import json
from dataclasses import replace

import numpy as np
import pytest
from archive_support import BUNDLED, name_case, write_archive, write_csv

from scripts import learn
from voxct.archive.splits import split_patients
from voxct.findings import FINDING_IDS
from voxct.metrics import expected_calibration_error
from voxct.pack.linear_head import LinearHead, write_linear_head
from voxct.pack.rules import check_files, find_contradictions


@pytest.fixture
def source(tmp_path):
    """A pack without findings, as a real encoder's is before anything was learnt: the bundled trunk, a head by PCA."""
    import shutil

    folder = tmp_path / "plain"
    folder.mkdir()
    manifest = json.loads((BUNDLED / "manifest.json").read_text(encoding="utf-8"))
    names = [manifest["ct"]["trunk"][0]["file"], manifest["ct"]["parity"]["input"]["file"]]
    for name in names:
        shutil.copyfile(BUNDLED / name, folder / name)
    axes = np.linalg.qr(np.random.default_rng(0).normal(size=(128, 32)))[0].T.astype(np.float32)
    head = LinearHead(axes, np.full(128, 3, np.float32))
    entry = write_linear_head(folder / "head.onnx", head, (12, 12, 12), ("wasm",))
    for name in ("speech", "text", "prompts", "promptKind", "outOfDistribution", "comparison", "reliability"):
        manifest.pop(name, None)
    manifest["ct"] |= {"trunk": manifest["ct"]["trunk"][:1], "head": [entry]}
    manifest["ct"]["parity"]["expected"] = [0.0] * 32
    manifest |= {"id": "plain", "embedding": {"dimension": 32, "logitScale": 10}, "findings": [], "evaluation": []}
    manifest["library"] = {"labelProvenance": "none", "cases": []}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def write_table(path, labels, rare=3):
    """Three findings: one that the features carry, with every fifth label unknown; chance; one with few cases."""
    chance = np.random.default_rng(9).integers(0, 2, len(labels))
    rows = [
        {
            "id": name_case(n),
            "Emphysema": "" if n % 5 == 0 else int(row[FINDING_IDS.index("emphysema")]),
            "honeycombing": int(chance[n]),
            "Kerley lines": int(n < rare),
        }
        for n, row in enumerate(labels)
    ]
    return write_csv(path, rows)


@pytest.fixture
def config(tmp_path, source):
    labels = write_archive(tmp_path / "features", 300, seed=2, noise=1.5)
    table = write_table(tmp_path / "labels.csv", labels)
    return learn.Config(tmp_path / "features", table, source, tmp_path / "mine"), labels


def test_read_outs_are_learnt_measured_and_those_with_too_few_cases_refused_by_name(config, capsys):
    given, _ = config
    manifest = learn.main(given)
    assert find_contradictions(manifest) == [] and check_files(manifest, given.out) == []
    assert [finding["id"] for finding in manifest["findings"]] == ["emphysema", "honeycombing"]
    assert "left out: Kerley lines: present in 3 cases" in capsys.readouterr().err
    figures = {figure["name"]: figure for figure in manifest["evaluation"]}
    seen = next(figure for name, figure in figures.items() if "Emphysema" in name)
    chance = next(figure for name, figure in figures.items() if "honeycombing" in name)
    test = split_patients([name_case(n) for n in range(300)]).test
    assert seen["n"] == sum(n % 5 > 0 for n in test) and chance["n"] == len(test) == 60
    assert seen["value"] > 0.8 and seen["interval"][0] > 0.5
    assert chance["interval"][0] < 0.5 < chance["interval"][1]
    assert manifest["trainedOn"].startswith("Head: learnt from your archive: 240 cases.")


def test_probabilities_of_the_test_patients_are_calibrated(config):
    given, labels = config
    manifest = learn.main(given)
    vectors = np.fromfile(given.out / "library.bin", "<f4").reshape(300, 32)
    prompts = np.fromfile(given.out / "prompts.bin", "<f4").reshape(2, 2, 2, 32)
    assert np.allclose(np.linalg.norm(prompts, axis=-1), 1, atol=1e-5)
    scale, emphysema = manifest["embedding"]["logitScale"], manifest["findings"][0]
    margins = vectors @ (prompts[0, 0, 0] - prompts[0, 1, 0])
    calibration = emphysema["calibration"]
    told = 1 / (1 + np.exp(-(calibration["slope"] * scale * margins + calibration["offset"])))
    rows = np.array([n for n in split_patients([name_case(n) for n in range(300)]).test if n % 5])
    truth = labels[rows, FINDING_IDS.index("emphysema")]
    assert expected_calibration_error(truth, told[rows], 4) < 0.15
    assert told[rows][truth == 1].mean() > told[rows][truth == 0].mean() + 0.2
    assert emphysema["prevalence"] == pytest.approx(truth.mean(), abs=0.15)


def test_a_pack_with_words_keeps_its_findings_and_what_is_said_of_them(config, capsys):
    given, _ = config
    ct = json.loads((BUNDLED / "manifest.json").read_text(encoding="utf-8"))["ct"]
    with pytest.raises(ValueError, match="its head needs more than mean tokens"):
        learn.main(replace(given, pack=BUNDLED))
    made_by = {"trunk": ct["trunk"][0]["sha256"], "head": ct["head"][0]["sha256"]}
    (given.features / "features.json").write_text(json.dumps({"madeBy": made_by}), encoding="utf-8")
    means = np.load(given.features / "features.npy") - 3
    np.save(given.features / "embeddings.npy", means / np.linalg.norm(means, axis=1, keepdims=True))
    manifest = learn.main(replace(given, pack=BUNDLED))
    assert find_contradictions(manifest) == [] and check_files(manifest, given.out) == []
    assert [finding["id"] for finding in manifest["findings"]] == list(FINDING_IDS)
    assert "honeycombing is no finding of phantom-mini" in capsys.readouterr().err
    lines = [json.loads(x) for x in (given.out / "library.jsonl").read_text(encoding="utf-8").splitlines()]
    known = [[FINDING_IDS[f] for f, value in enumerate(line.get("labels", [])) if value is not None] for line in lines]
    assert known.count(["emphysema"]) == 240 and known.count([]) == 60, "of the others its table says nothing"
    assert {"speech", "text"} <= manifest.keys() and manifest["promptKind"] == {"ct": "text", "speech": "speech"}
    before = np.fromfile(BUNDLED / "prompts.bin", "<f4").reshape(18, 2, 2, 128)
    after = np.fromfile(given.out / "prompts.bin", "<f4").reshape(18, 2, 2, 128)
    row = FINDING_IDS.index("emphysema")
    others = [n for n in range(18) if n != row]
    assert np.array_equal(after[others, :, 0], before[others, :, 0])
    assert np.array_equal(after[:, :, 1], before[:, :, 0]), (
        "an utterance was scored by the written prompts, and still is"
    )
    assert np.allclose(after[row, 0, 0], -after[row, 1, 0])
    original = json.loads((BUNDLED / "manifest.json").read_text(encoding="utf-8"))["findings"]
    assert manifest["findings"][0] == original[0]
    assert manifest["findings"][row]["thresholds"]["speech"] == original[row]["thresholds"]["speech"]


def test_a_table_of_which_no_finding_can_be_learnt_is_refused(config):
    given, labels = config
    few = [{"id": name_case(n), "Kerley lines": int(n < 4)} for n in range(len(labels))]
    with pytest.raises(ValueError, match="no finding can be learnt"):
        learn.main(replace(given, labels=write_csv(given.labels.with_name("few.csv"), few)))
    assert not given.out.exists()
