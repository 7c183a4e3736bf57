"""A pack that others made gets a guard from its validation split or from a folder of chests; without, it says so."""

import json
from pathlib import Path

import numpy as np
import pytest

from scripts.export_target import Config, main
from voxct.corpora import generate
from voxct.pack.embedding_guard import FEWEST, WITHOUT_STATISTICS, fit_embedding_guard
from voxct.pack.rules import check_files, find_contradictions

CONFIG = Path(__file__).resolve().parents[1] / "configs/targets/hlip.json"
SPACING = generate.Body().spacing_mm


def draw_embeddings(n: int, seed: int, d: int = 64) -> np.ndarray:
    """Unit vectors about a common direction, as a model's of scans of one kind are; they differ in a few ways."""
    source = np.random.default_rng(seed)
    ways = np.random.default_rng(9).normal(size=(6, d))
    rows = np.random.default_rng(8).normal(size=d) * 2 + source.normal(size=(n, 6)) @ ways
    rows += 0.05 * source.normal(size=(n, d))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(("n", "allowed"), [(30, 0.06), (200, 0.03), (1000, 0.01)])
def test_scans_of_the_kind_pass_and_others_do_not(n, allowed):
    guard = fit_embedding_guard(draw_embeddings(n, 1))
    assert (guard.distance(draw_embeddings(500, 2)) > guard.limit).mean() <= allowed
    others = np.random.default_rng(3).normal(size=(200, 64))
    assert (guard.distance(others / np.linalg.norm(others, axis=1, keepdims=True)) > guard.limit).all()


def test_too_few_scans_make_no_guard():
    with pytest.raises(ValueError, match=f"{FEWEST - 1} chest scans make no guard"):
        fit_embedding_guard(draw_embeddings(FEWEST - 1, 1))


def read(pack: Path) -> dict:
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    assert find_contradictions(manifest) == [] and check_files(manifest, pack) == []
    return manifest


def test_a_folder_of_chests_becomes_the_guard_and_what_is_none_is_left_out(tmp_path, capsys):
    chests = tmp_path / "chests"
    for n in range(FEWEST + 1):
        generate.write_nifti(chests / f"c{n:02d}.nii.gz", generate.draw_chest(generate.draw_labels(n), n), SPACING)
    generate.write_nifti(chests / "head.nii.gz", generate.draw_head(), (6.0, 6.0, 6.0))
    out = tmp_path / "with-chests"
    main(Config(CONFIG, "random", out, reduced=True, variants=("fp32",), threads=1, chests=chests))
    section = read(out)["outOfDistribution"]
    d = read(out)["embedding"]["dimension"]
    assert (section["space"], section["body"]) == ("embedding", "chest") and section["limit"] > 0
    assert section["statistics"]["bytes"] == 4 * (d + d * d)
    assert any(f"{FEWEST + 1} chest scans" in limit for limit in read(out)["limits"])
    assert "left out of the guard: head: is not a chest" in capsys.readouterr().err


def test_a_validation_split_becomes_the_guard(tmp_path):
    out = tmp_path / "with-validation"
    labels = np.zeros((60, 18), int)
    np.savez(tmp_path / "validation.npz", embeddings=draw_embeddings(60, 1, 24), labels=labels)
    given = {"reduced": True, "variants": ("fp32",), "threads": 1, "validation": tmp_path / "validation.npz"}
    main(Config(CONFIG, "random", out, **given))
    stored = np.fromfile(out / read(out)["outOfDistribution"]["statistics"]["file"], "<f4")
    guard = fit_embedding_guard(draw_embeddings(60, 1, 24).astype(np.float32))
    assert stored[:24] == pytest.approx(guard.mean, abs=1e-6)
    assert read(out)["outOfDistribution"]["limit"] == pytest.approx(guard.limit, rel=1e-4)


def test_without_either_the_pack_has_the_shipped_rules_and_says_so(tmp_path):
    out = tmp_path / "without"
    main(Config(CONFIG, "random", out, reduced=True, variants=("fp32",), threads=1))
    assert read(out)["outOfDistribution"] == {"body": "chest"}
    assert WITHOUT_STATISTICS in read(out)["limits"]
