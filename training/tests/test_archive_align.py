"""A locked trunk learns the words of an archive's reports: the projection, its graph, its figures, the pack."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from archive_support import BUNDLED, WIDTH, name_case, write_archive, write_csv, write_labels, write_reports

from scripts import align, build_library
from voxct.archive.attention_head import write_attention_head
from voxct.archive.features import ArchiveFeatures, UnsuitableFeatures, read_archive
from voxct.archive.figures import calibrate_known
from voxct.archive.pack import Told, build_guard, drop_lifted
from voxct.archive.pack import build_library as build_archive_library
from voxct.archive.projection import Examples, Mapping, Projection, Recipe, decompose, fit_basis, fit_projection
from voxct.archive.text_space import UNKNOWN, ReportReader, open_bundled, to_labels
from voxct.astra.manifest import WITHOUT_ARCHIVE, WITHOUT_FINDINGS, WITHOUT_GUARD
from voxct.corpora import generate
from voxct.ctclip.session import StagedSession
from voxct.findings import FINDING_IDS
from voxct.onnx_session import open_session
from voxct.pack.files import PackFolder
from voxct.pack.linear_head import LinearHead
from voxct.pack.rules import check_files, find_contradictions


def find(figures: list[dict], name: str) -> dict:
    return next(figure for figure in figures if figure["name"].startswith(name))


@pytest.fixture(scope="module")
def aligned(tmp_path_factory):
    """Manifest, folder and labels of 240 scans of 120 patients."""
    folder = tmp_path_factory.mktemp("align")
    labels = write_archive(folder / "features", 240, two_scans=True)
    reports = write_reports(folder / "reports.csv", labels)
    config = align.Config(folder / "features", reports, BUNDLED, folder / "mine")
    return align.main(config), config, labels


def test_an_archive_with_reports_becomes_a_pack_that_hears_and_reads(aligned):
    manifest, config, _ = aligned
    assert find_contradictions(manifest) == [] and check_files(manifest, config.out) == []
    assert json.loads((config.out / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert manifest["trainedOn"].startswith("Head: learnt from your archive: 192 cases.")
    assert manifest["clinical"] is False and manifest["calibrated"] is True
    assert not any("pack" in entry for entry in manifest["ct"]["trunk"] + manifest["text"]["encoder"])
    assert len(manifest["findings"]) == 18 and {"speech", "text", "outOfDistribution"} <= manifest.keys()
    assert manifest["ct"]["trunk"] == json.loads((BUNDLED / "manifest.json").read_text())["ct"]["trunk"]
    assert "phantomsOnly" not in manifest["outOfDistribution"]
    with (config.out / "library.jsonl").open(encoding="utf-8") as table:
        assert json.loads(table.readline())["open"] == {"kind": "file", "path": "ward/case-000.nii.gz"}


def test_a_guard_of_phantoms_alone_says_so_and_limits_that_were_lifted_go(tmp_path):
    features = ArchiveFeatures(
        tuple({"id": f"p{n}", "seed": n} for n in range(60)), np.random.default_rng(0).normal(size=(60, 8))
    )
    train, held_out = np.arange(40), np.arange(40, 60)
    assert build_guard(PackFolder(tmp_path), features, train, held_out)["phantomsOnly"] is True
    one_patient = replace(features, index=({"id": "a", "file": "a.nii"}, *features.index[1:]))
    assert "phantomsOnly" not in build_guard(PackFolder(tmp_path), one_patient, train, held_out)
    limits = ["its own", WITHOUT_FINDINGS, WITHOUT_ARCHIVE, WITHOUT_GUARD]
    assert drop_lifted({"limits": limits, "outOfDistribution": {}}) == ["its own"]
    assert drop_lifted({"limits": limits}) == ["its own", WITHOUT_GUARD]


def test_a_score_that_falls_with_its_finding_on_validation_calls_nothing_present_or_absent():
    labels = np.array([[1, 1], [1, 1], [0, 0], [0, 0], [0, 0]])
    margins = np.array([[-0.2, 0.2], [-0.1, 0.05], [0.1, 0.1], [0.2, -0.1], [0.1, -0.2]])
    falling, rising = calibrate_known(labels, margins, 10.0)
    assert (falling.slope, falling.present, falling.absent) == (0, 2, -2)
    assert 1 / (1 + np.exp(-falling.offset)) == pytest.approx(0.4)
    assert rising.slope > 0 and -0.2 < rising.present < 0.3


def test_figures_are_of_test_patients_with_their_number_and_an_interval(aligned):
    manifest, _, _ = aligned
    written = find(manifest["evaluation"], "CT zero-shot AUROC, written prompts, mean of 18")
    spoken = find(manifest["evaluation"], "CT zero-shot AUROC, spoken prompts, mean of 18")
    for figure in (written, spoken):
        assert figure["n"] == 48 and figure["chance"] == 0.5
        assert figure["interval"][0] < figure["value"] < figure["interval"][1]
    assert written["value"] > 0.93 and spoken["value"] > 0.9
    assert "read from their reports" in written["split"]
    recall = find(manifest["evaluation"], "Report to scan: Recall@5")
    assert recall["value"] > 4 * recall["chance"]


def test_without_what_carries_the_findings_nothing_is_learnt(tmp_path):
    labels = write_archive(tmp_path / "features", 160, seed=3)
    means = np.load(tmp_path / "features/features.npy")
    np.save(tmp_path / "features/features.npy", np.random.default_rng(0).permutation(means))
    config = align.Config(tmp_path / "features", write_reports(tmp_path / "r.csv", labels), BUNDLED, tmp_path / "mine")
    figure = find(align.main(config)["evaluation"], "CT zero-shot AUROC, written prompts, mean")
    assert 0.35 < figure["value"] < 0.65


def test_a_finding_that_is_left_open_takes_no_other_label_of_its_case_away(tmp_path):
    write_archive(tmp_path / "features", 4)
    features, findings = read_archive(tmp_path / "features"), [{"label": "Nodule"}, {"label": "Effusion"}]
    known = np.array([[UNKNOWN, UNKNOWN], [UNKNOWN, 1], [0, UNKNOWN], [0, 0]])
    told = Told({}, [], "by hand")
    build_archive_library(PackFolder(tmp_path), features, np.zeros((4, 2), np.float32), known, findings, told, {})
    lines = [json.loads(x) for x in (tmp_path / "library.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line.get("labels") for line in lines] == [None, [None, 1], [0, None], [0, 0]]
    endings = [line["title"].removeprefix(line["id"]) for line in lines]
    assert endings == ["", ": effusion", "", ": no finding"]


def test_the_library_holds_every_scan_and_a_spoken_prompt_finds_its_finding(aligned):
    _, config, labels = aligned
    lines = [json.loads(x) for x in (config.out / "library.jsonl").read_text(encoding="utf-8").splitlines()]
    vectors = np.fromfile(config.out / "library.bin", "<f4").reshape(240, 128)
    assert [line["id"] for line in lines] == [name_case(n) for n in range(240)]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    stated = [line for line in lines if "labels" in line]
    assert len(stated) > 200
    agree = [np.array(line["labels"]) == labels[int(line["id"][-3:])] for line in stated]
    assert np.mean(agree) > 0.97
    space = open_bundled(BUNDLED)
    effusion = FINDING_IDS.index("pleural_effusion")
    nearest = np.argsort(-vectors @ space.spoken[effusion, 0])[:10]
    assert labels[nearest, effusion].mean() >= 0.8


def test_the_heads_graph_says_what_was_learnt_and_its_heat_sums_to_the_cosine(aligned):
    manifest, config, _ = aligned
    session = StagedSession(config.out, manifest["ct"]["trunk"][0], manifest["ct"]["head"][0], 1)
    tokens = np.random.default_rng(1).normal(3, 2, (1, 12, 12, 12, WIDTH)).astype(np.float32)
    direction = np.random.default_rng(2).normal(size=(2, 128)).astype(np.float32)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    embedding, heat = session.look(tokens, direction)
    assert np.abs(heat.sum((1, 2, 3)) - direction @ embedding[0]).max() < 1e-3
    vectors = np.fromfile(config.out / "library.bin", "<f4").reshape(240, 128)
    mean = np.load(config.features / "features.npy")[7]
    told, _ = session.look(np.ascontiguousarray(np.broadcast_to(mean, tokens.shape)), direction)
    assert told[0] @ vectors[7] > 0.9999


def test_the_bias_lies_in_weight_and_mean(tmp_path):
    import torch

    source = np.random.default_rng(4)
    means = (source.normal(size=(50, WIDTH)) * np.linspace(3, 0.1, WIDTH) + 5).astype(np.float32)
    basis = fit_basis(decompose(means), 0.3)
    weight = torch.from_numpy(source.normal(size=(16, len(basis.axes))).astype(np.float32))
    model = Mapping(weight, torch.from_numpy(source.normal(size=16).astype(np.float32) * 5), 10.0, 18, False)
    projection = Projection.fold(model, basis, 0.0, 0, Recipe(0.3))
    with torch.no_grad():
        expected = model(torch.from_numpy(basis.see(means))).numpy()
    head = LinearHead(projection.weight, projection.mean)
    assert (head.embed(means) * expected).sum(1).min() > 0.99999
    assert (projection.embed(means) * expected).sum(1).min() > 0.99999


def test_attention_is_chosen_where_one_token_carries_the_finding_and_its_graph_agrees(tmp_path):
    source = np.random.default_rng(5)
    labels = (source.random((150, 18)) < 0.3).astype(np.int64)
    tokens = source.normal(size=(150, 2, 3, 4, WIDTH))
    marked = source.normal(size=WIDTH) * 2
    signal = source.normal(size=(18, WIDTH))
    for row in range(150):
        tokens[row][tuple(source.integers((2, 3, 4)))] += marked + 2 * labels[row] @ signal
    folder = tmp_path / "features"
    write_archive(folder, 150)
    np.save(folder / "tokens.npy", tokens.astype(np.float16))
    np.save(folder / "features.npy", tokens.astype(np.float16).mean((1, 2, 3), dtype=np.float64).astype(np.float32))
    reports = write_reports(tmp_path / "reports.csv", labels)
    config = align.Config(folder, reports, BUNDLED, tmp_path / "mine")
    manifest = align.main(config)
    assert "attention pooling" in manifest["description"]
    session = StagedSession(config.out, manifest["ct"]["trunk"][0], manifest["ct"]["head"][0], 1)
    given = source.normal(size=(1, 12, 12, 12, WIDTH)).astype(np.float32)
    given[0, 3, 4, 5] += marked
    embedding, heat = session.look(given, np.eye(3, 128, dtype=np.float32))
    assert np.abs(heat.sum((1, 2, 3)) - embedding[0, :3]).max() < 1e-4
    assert np.unravel_index(np.abs(heat[0]).argmax(), (12, 12, 12)) == (3, 4, 5)


def test_attention_without_a_query_is_the_mean(tmp_path):
    source = np.random.default_rng(6)
    head = LinearHead(source.normal(size=(4, 5)).astype(np.float32), source.normal(size=5).astype(np.float32))
    entry = write_attention_head(tmp_path / "head.onnx", head, np.zeros(5, np.float32), (2, 3, 4), ("wasm",))
    tokens = source.normal(size=(1, 2, 3, 4, 5)).astype(np.float32)
    session = open_session(tmp_path / entry["file"])
    embedding, heat = session.run(["embedding", "heat"], {"tokens": tokens, "directions": np.eye(4, dtype=np.float32)})
    assert np.allclose(embedding[0], head.embed(tokens[0].mean((0, 1, 2))), atol=1e-6)
    assert np.allclose(heat.sum((1, 2, 3)), embedding[0], atol=1e-6)


def test_principal_axes_are_the_same_however_many_cases_there_are():
    source = np.random.default_rng(8)
    means = (source.normal(size=(40, 12)) * np.linspace(3, 0.3, 12)).astype(np.float32)
    whole, few = decompose(np.concatenate([means, means])), decompose(means[:10])
    assert whole.axes.shape == (12, 12) and few.axes.shape == (10, 12)
    svd = np.linalg.svd(means - means.mean(0), full_matrices=False)
    assert np.allclose(whole.variance, svd[1] ** 2 * 2 / 79, atol=1e-4)
    assert np.allclose(np.abs(np.sum(whole.axes * svd[2], axis=1)), 1, atol=1e-4)


def test_equal_reports_are_no_wrong_answers_for_one_another():
    source = np.random.default_rng(7)
    texts = np.repeat(source.normal(size=(1, 8)), 4, 0).astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    means = source.normal(size=(40, 12)).astype(np.float32)
    basis = fit_basis(decompose(means), 0.3)
    part = Examples(basis.see(means[:4]), texts, np.full((4, 2), -1))
    prompts = source.normal(size=(2, 2, 8)).astype(np.float32)
    projection = fit_projection(part, part, basis, prompts, 10.0, Recipe(0.3, steps=50))
    assert projection.loss == pytest.approx(np.log(4), abs=1e-3)


def test_the_reader_tells_stated_denied_and_open_findings_apart():
    reader = ReportReader(BUNDLED)
    report = (
        "There is a small pleural effusion. No pericardial effusion.\nPossible emphysema. Cardiomegaly has resolved."
    )
    (labels,) = to_labels(reader.read(report)[None])
    told = dict(zip(FINDING_IDS, labels, strict=True))
    assert told["pleural_effusion"] == 1 and told["pericardial_effusion"] == 0
    assert told["emphysema"] == -1 and told["cardiomegaly"] == 0 and told["lung_nodule"] == 0


def test_reports_that_the_tower_cannot_read_are_refused_unless_labels_come_with_them(tmp_path):
    labels = write_archive(tmp_path / "features", 60)
    rows = [{"id": name_case(n), "report": "Lungenfenster unauffaellig, kein Infiltrat."} for n in range(60)]
    config = align.Config(tmp_path / "features", write_csv(tmp_path / "r.csv", rows), BUNDLED, tmp_path / "mine")
    with pytest.raises(ValueError, match="it reads English reports"):
        align.main(config)
    given = replace(config, labels=write_labels(tmp_path / "labels.csv", labels))
    figure = find(align.main(given)["evaluation"], "CT zero-shot AUROC, written prompts, mean")
    assert figure["value"] > 0.75 and "labels of the table" in figure["split"]


def test_features_of_another_trunk_are_refused(tmp_path):
    labels = write_archive(tmp_path / "features", 20)
    config = align.Config(tmp_path / "features", write_reports(tmp_path / "r.csv", labels), BUNDLED, tmp_path / "mine")
    about = {"madeBy": {"trunk": "0" * 64, "input": {}}}
    (tmp_path / "features/features.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(UnsuitableFeatures, match="another pack's trunk"):
        align.main(config)
    np.save(tmp_path / "features/features.npy", np.zeros((20, 5), np.float32))
    with pytest.raises(UnsuitableFeatures, match="features of 5 numbers"):
        align.main(config)
    assert not (tmp_path / "mine").exists() and not list(tmp_path.glob("mine*"))


def test_a_copy_of_ct_rate_goes_the_whole_way(tmp_path):
    import shutil

    tiny = Path(shutil.copytree(BUNDLED.parents[2] / "fixtures/models/tiny", tmp_path / "tiny"))
    generate.generate_corpus(tmp_path / "ct", {"train": 24, "valid": 6})
    features = tmp_path / "features"
    build_library.main(build_library.Config(tmp_path / "ct", tiny, workers=0, features=features, keep_tokens=True))
    reports = tmp_path / "ct/dataset/reports/reports.csv"
    labels = tmp_path / "ct/dataset/labels/labels.csv"
    config = align.Config(features, reports, tiny, tmp_path / "mine", labels=labels)
    manifest = align.main(config)
    assert find_contradictions(manifest) == [] and check_files(manifest, config.out) == []
    assert find(manifest["evaluation"], "CT zero-shot AUROC, written")["n"] == 12, "two reconstructions of six patients"
    assert manifest["library"]["table"]["count"] == 60
    table = [json.loads(x) for x in (config.out / "library.jsonl").read_text(encoding="utf-8").splitlines()]
    first = next(case for case in table if case["id"] == "train_1_a_1")
    assert first["labels"] == list(generate.draw_labels(1)) and first["scan"] == "train_1_a"
    assert first["open"]["path"] == "dataset/train_fixed/train_1/train_1_a/train_1_a_1.nii.gz"


def test_cxr_bert_and_whisper_of_ones_own_take_the_place_of_the_bundled_towers(tmp_path):
    from scripts import export_speech
    from voxct.ctclip.config import REDUCED
    from voxct.ctclip.random_checkpoint import make_checkpoint
    from voxct.ctclip.random_vocabulary import write_vocabulary

    make_checkpoint(tmp_path / "CT-CLIP_v2.pt", REDUCED, "v2")
    write_vocabulary(tmp_path)
    sizes = dict(positions=100, width=32, layers=1, heads=4, feed_forward=64)
    given = dict(dimension=REDUCED.latent, variants=("fp32",), sizes=sizes)
    export_speech.main(export_speech.Config("whisper", "random", tmp_path / "speech", **given))
    labels = write_archive(tmp_path / "features", 40)
    reports = write_reports(tmp_path / "r.csv", labels)
    config = align.Config(
        tmp_path / "features", reports, BUNDLED, tmp_path / "mine",
        text_checkpoint=tmp_path / "CT-CLIP_v2.pt", speech=tmp_path / "speech",
    )  # fmt: skip
    manifest = align.main(config)
    assert find_contradictions(manifest) == [] and check_files(manifest, config.out) == []
    assert manifest["embedding"]["dimension"] == REDUCED.latent
    assert "your own CXR-BERT and Whisper" in manifest["description"]
    assert {"speech", "text"} <= manifest.keys() and manifest["text"]["maxTokens"] > 0
    figure = find(manifest["evaluation"], "CT zero-shot AUROC, written prompts, mean")
    assert figure["n"] == 8 and 0 <= figure["value"] <= 1
