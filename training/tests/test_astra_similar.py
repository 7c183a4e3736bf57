"""Altered copies of scans, their features by a pack, and whether they find the scan that they were made of."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from scripts import embed_features, export_astra, make_altered_scans
from scripts.evaluate_similar import rank_copies, to_table
from voxct.astra.altered import ALTERATIONS, write_scan
from voxct.astra.random_state import SMALL, draw_state
from voxct.corpora import generate
from voxct.corpora.nifti import read_nifti
from voxct.corpora.volumes import HuVolume, turn_axes
from voxct.pack.feature_store import read_features, read_tokens

random = np.random.default_rng(8)


@pytest.mark.parametrize("codes", ["RAS", "LPS", "SLP"])
def test_a_scan_is_written_with_its_axes_and_spacing(tmp_path, codes):
    scan = HuVolume(random.integers(-1000, 1000, (9, 10, 11)).astype(np.int16), codes, (0.7, 0.8, 2.5))
    write_scan(scan, tmp_path / "scan.nii.gz")
    read = read_nifti(tmp_path / "scan.nii.gz").volume
    for given, expected in zip(turn_axes(read, "LPS"), turn_axes(scan, "LPS"), strict=True):
        np.testing.assert_allclose(given, expected, rtol=1e-6)


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_a_copy_differs_from_its_scan_and_covers_as_much_of_the_patient(kind):
    scan = HuVolume(generate.draw_chest(generate.draw_labels(1), 1), "LPS", (1.0, 1.0, 2.0))
    copy = ALTERATIONS[kind](scan, np.random.default_rng(1))
    same_shape = copy.values.shape == scan.values.shape
    assert not same_shape or np.abs(copy.values - scan.values).max() > 5
    share = 0.85 if kind == "cropped" else 1.0
    for axis in range(3):
        covered = copy.values.shape[axis] * copy.spacing_mm[axis]
        whole = scan.values.shape[axis] * scan.spacing_mm[axis]
        assert covered == pytest.approx(share * whole, abs=5 * scan.spacing_mm[axis] + 1)


def test_a_copy_like_its_scan_comes_first_and_one_like_another_scan_does_not():
    scans = random.standard_normal((3, 40)) + 20
    names = ["a--original", "a--noisy", "b--original", "b--cropped", "c--original"]
    features = np.stack([scans[0], scans[0] + 0.1, scans[1], scans[2], scans[2]])
    noisy, cropped = rank_copies(features, names)
    assert (noisy.rank, noisy.alteration, noisy.scan) == (1, "noisy", "a") and noisy.own > 0.9
    assert cropped.rank == 2 and cropped.best == pytest.approx(1)
    assert "| cropped | 0 of 1 |" in to_table([noisy, cropped]) and "| all | 1 of 2 |" in to_table([noisy, cropped])


def test_copies_are_made_embedded_by_a_pack_and_gone_on_with(tmp_path, monkeypatch, capsys):
    weights = tmp_path / "small.pt"
    torch.save(draw_state(SMALL, 1), weights)
    export_astra.main(export_astra.Config(tmp_path / "astra", weights=weights, threads=1, architecture=SMALL))
    scans = tmp_path / "scans"
    for number in (1, 2):
        hu = generate.draw_chest(generate.draw_labels(number), number)
        generate.write_nifti(scans / f"s{number}.nii.gz", hu, generate.Body().spacing_mm)
    (scans / "bad.nii.gz").write_bytes(b"none")
    config = make_altered_scans.Config((scans / "s1.nii.gz", scans), tmp_path / "archive")
    assert make_altered_scans.main(config) == 3
    assert "bad" in capsys.readouterr().err
    assert len(list((tmp_path / "archive").iterdir())) == 2 * (1 + len(ALTERATIONS))
    asked = embed_features.Config(
        tmp_path / "features", tmp_path / "astra", archive=tmp_path / "archive", any_body=True
    )
    embed_features.main(asked)
    features, index = read_features(tmp_path / "features")
    assert len(index) == 14 and features.shape == (14, SMALL.dimension)
    np.testing.assert_allclose(read_tokens(tmp_path / "features", 14).mean((1, 2, 3)), features, rtol=2e-2, atol=2e-3)
    monkeypatch.setattr(embed_features, "encode", lambda *_: pytest.fail("was embedded already"))
    embed_features.main(asked)
    assert len(rank_copies(features, [line["id"] for line in index])) == 12


def test_phantoms_are_drawn_whole_and_kept_with_labels_and_report(tmp_path, monkeypatch):
    monkeypatch.setattr(embed_features, "encode", lambda _, volume: np.full((1, 1, 1, 2), volume.values.max()))

    monkeypatch.setattr(embed_features, "PackGraphs", lambda *_: SimpleNamespace(model={}))
    embed_features.main(embed_features.Config(tmp_path, pack=tmp_path, phantoms="internal:7:1"))
    features, (line,) = read_features(tmp_path)
    assert line["id"] == "phantom-3000007" and len(line["labels"]) == 18 and line["report"]
    assert features[0, 0] > 300
