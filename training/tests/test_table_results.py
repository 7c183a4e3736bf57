import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import evaluate

from voxct.ct.evaluation import FOCAL, Looked, measure_grounding, point_at_masks, pool_masks
from voxct.findings import FINDING_IDS
from voxct.pack.card import write_reliability
from voxct.pack.figures import from_row, stamp_today, to_line, to_rows
from voxct.pack.headlines import write_headlines
from voxct.pack.packs import count_download
from voxct.pack.rules import count_bytes, count_statistics
from voxct.pack.sections import mark_files
from voxct.results.branch import to_branch_document
from voxct.results.comparison import list_missing, measure_recoveries, measure_rows
from voxct.results.document import APART, keep_apart
from voxct.results.retrieval import measure_report_retrieval
from voxct.results.table import compare_rows
from voxct.rows import RowCard, write_row, write_row_json


def make_row(rows, name: str, group: str, strength: float, seed: int) -> None:
    source = np.random.default_rng(5)
    for base, split in ((2_000_000, "validation"), (3_000_000, "internal"), (5_000_000, "external")):
        labels = (source.random((150, 18)) < 0.3).astype(int)
        noise = np.random.default_rng(seed).normal(size=labels.shape)
        write_row(rows / name, split, labels, strength * labels + noise, np.arange(150) + base)
    write_row_json(rows / name, RowCard(name, group, group.title(), "", seed, "none"))


def test_the_table_holds_means_and_ranges_of_seeds_and_names_what_is_missing(tmp_path):
    for name, group, strength, seed in (
        ("speech-naive-s1", "speech-naive", 0.5, 1),
        ("speechct-s1", "speechct", 1.4, 2),
        ("ctclip-s1", "ctclip", 2.0, 3),
        ("ctclip-s2", "ctclip", 2.2, 4),
    ):
        make_row(tmp_path, name, group, strength, seed)
    (tmp_path / "unfinished").mkdir()
    rows = sorted(measure_rows(tmp_path), key=lambda row: row.card.id)
    compared = {line["id"]: line for line in compare_rows(rows)}
    assert list(compared) == ["chance", "ctclip-s1", "speech-naive-s1", "speechct-s1"]
    ctclip = compared["ctclip-s1"]["internal"]["auroc"]
    assert compared["ctclip-s1"]["seeds"] == 2
    assert ctclip["range"][0] < ctclip["value"] < ctclip["range"][1]
    assert compared["chance"]["internal"]["auroc"]["value"] == pytest.approx(0.5, abs=0.03)
    assert "CT-CLIP, zero-shot, written prompts: 2 of 3 rows" in list_missing(rows)
    recovery = measure_recoveries(rows)
    assert set(recovery) == {"internal", "external"}
    found = recovery["external"]["f1_weighted"]
    assert found["naive"] < found["distilled"] < found["text"] and 0 < found["recovery"] < 1


@pytest.mark.parametrize(("strength", "said"), [(0.5, False), (1.9, True)])
def test_the_document_of_the_branches_says_where_the_gap_is_too_small_for_a_target(tmp_path, strength, said):
    for name, group, signal, seed in (
        ("speech-naive-whisper-s1", "speech-naive", strength, 3),
        ("speechct-whisper-s1", "speechct", 1.95, 3),
        ("ctclip-s1", "ctclip", 2.0, 3),
    ):
        make_row(tmp_path, name, group, signal, seed)
    written = to_branch_document(measure_rows(tmp_path), "python scripts/score_branch.py")
    assert "Written by `python scripts/score_branch.py`." in written
    assert "| internal | 150 | F1 (weighted) |" in written
    assert ("under 0.03: its ratio is no target" in written) is said


def make_looked(hits: np.ndarray, labels: np.ndarray, margins: np.ndarray) -> Looked:
    n = len(labels)
    return Looked(
        seeds=np.arange(n),
        labels=labels,
        embeddings=np.eye(n, 4, dtype=np.float32),
        margins=margins,
        region_means=np.zeros((n, 2), np.float32),
        pointing=hits,
        pointing_chance=np.where(np.isnan(hits), np.nan, 0.25),
        heat_sum_gap=np.full(n, 1e-7, np.float32),
    )


def test_the_pointing_game_counts_focal_findings_that_are_present_and_called():
    labels, margins = np.zeros((3, 18), int), np.full((3, 18), -1.0)
    hits = np.full((3, 18), np.nan)
    nodule, emphysema = FINDING_IDS.index("lung_nodule"), FINDING_IDS.index("emphysema")
    assert "emphysema" not in FOCAL
    labels[:, nodule], hits[:, nodule] = 1, [1, 0, 1]
    margins[:2, nodule] = 1
    labels[0, emphysema], hits[0, emphysema], margins[0, emphysema] = 1, 1, 1
    found = measure_grounding(make_looked(hits, labels, margins), np.zeros(18), rounds=50)
    assert (found["pairs"], found["focal"], found["focal_chance"]) == (2, 0.5, 0.25)
    assert found["per_finding"][emphysema] == 1 and found["per_finding"][0] is None


def test_masks_follow_a_finer_and_a_coarser_heat_and_are_dilated_by_one_of_its_tokens():
    masks = np.zeros((4, 4, 4, 18), bool)
    masks[1, 1, 1, 0] = True
    assert pool_masks(masks, (8, 4, 2))[..., 0].sum() == 2
    heat = np.zeros((18, 8, 4, 4))
    heat[0, 4, 2, 2] = 1
    hits, chance = point_at_masks(heat, masks, np.ones((8, 4, 4), bool))
    assert hits[0] == 1 and np.isnan(hits[1])
    assert chance[0] == pytest.approx(4 * 3 * 3 / 128)
    heat[0, 5, 2, 2] = 2
    assert point_at_masks(heat, masks, np.ones((8, 4, 4), bool))[0][0] == 0


def test_reports_are_ranked_against_the_volume_of_their_seed():
    looked = make_looked(np.full((4, 18), np.nan), np.zeros((4, 18), int), np.zeros((4, 18)))
    found = measure_report_retrieval(looked, np.array([2, 9]), np.array([[0, 0, 3, 0.1], [1, 0, 0, 0]]))
    assert (found["queries"], found["gallery"], found["median_rank"]) == (1, 4, 1)
    assert measure_report_retrieval(looked, np.array([9]), np.ones((1, 4))) is None


def test_figures_become_rows_and_lines_and_headlines_stay_between_their_markers(tmp_path):
    name = "CT zero-shot AUROC, mean of 18 findings"
    figure = stamp_today("command").figure(name, "internal", 9, 0.91234, 0.5, (0.9, 0.92))
    bare = stamp_today("command").figure("Other", "internal", 9, 0.4, 0.5)
    assert "interval" not in to_rows([bare])[0] and from_row(to_rows([figure])[0]).value == 0.9123
    assert to_line(bare) == "| Other | internal | 9 | 0.400 | – | 0.500 |"
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- figures:begin -->old<!-- figures:end -->\nb\n", encoding="utf-8")
    assert write_headlines(readme, {"evaluation": to_rows([figure, bare])})
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("a\n") and text.endswith("\nb\n") and "old" not in text and "Other" not in text
    assert "| 0.912 | 0.900 to 0.920 | 0.500 |" in text


def test_shared_files_are_named_with_their_pack_and_count_once():
    section = {
        "encoder": [{"file": "speech.onnx", "bytes": 10, "sha256": "a", "variant": "fp32"}],
        "alphabet": ["", "a"],
    }
    shared = mark_files(section, "one")
    assert shared["encoder"][0]["pack"] == "one" and "pack" not in section["encoder"][0]
    assert count_bytes({"one": {"speech": section}, "two": {"speech": shared}}) == 10


def test_the_guards_file_has_a_mean_and_a_matrix():
    ct = {"tokenDimension": 3}
    assert count_statistics({}, ct) == 3 + 9
    assert count_statistics({"regions": [1, 1, 2], "components": 4}, ct) == 6 + 24


def test_the_card_draws_each_bin_where_its_numbers_are():
    text = "\n".join(write_reliability([{"meanProbability": 0.5, "share": 1.0, "n": 7}]))
    line = next(line for line in text.splitlines() if line.strip().startswith("0.500"))
    track = line.split("  ")[-1]
    assert track[20] == "o" and track[40] == "x"
    assert json.loads(json.dumps(write_reliability([]))) == []


def test_the_download_counts_one_variant_of_each_graph():
    def variant(name: str, size: int, *providers: str) -> dict:
        return {"file": name, "bytes": size, "sha256": "", "variant": "", "providers": list(providers)}

    trunk = [variant("gpu", 100, "webgpu"), variant("plain", 10, "webgpu", "wasm"), variant("int8", 5, "wasm")]
    manifest = {"ct": {"trunk": trunk, "head": [variant("head", 3, "wasm")]}, "prompts": variant("prompts", 1)}
    assert count_download(manifest) == 14


def test_figures_of_an_older_speech_graph_are_not_taken(tmp_path):
    (tmp_path / "evaluation.json").write_text("{}", encoding="utf-8")
    assert evaluate.load_spoken(tmp_path) == {}
    (tmp_path / "speech.onnx").write_bytes(b"")
    os.utime(tmp_path / "evaluation.json", (1, 1))
    assert evaluate.load_spoken(tmp_path) is None


def test_what_other_commands_measured_stays_at_the_end_of_the_results(tmp_path):
    path = tmp_path / "RESULTS.md"
    assert keep_apart(path) == ""
    path.write_text("# Results\n\nold\n")
    assert keep_apart(path) == ""
    path.write_text(f"# Results\n\nold\n{APART}\nby hand\n")
    assert keep_apart(path) == f"{APART}\nby hand\n"
