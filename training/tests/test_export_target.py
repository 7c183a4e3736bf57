"""Packs of second targets: rules, parity, heat, refusals."""

import json
from pathlib import Path

import numpy as np
import pytest

from scripts.export_target import Config, main
from voxct.ct.session import CtSession
from voxct.pack.rules import check_files, find_contradictions

CONFIGS = Path(__file__).resolve().parents[1] / "configs/targets"


@pytest.fixture(scope="module", params=["hlip", "colipri"])
def built(request, tmp_path_factory) -> tuple[Path, dict, dict]:
    out = tmp_path_factory.mktemp(request.param) / f"{request.param}-try"
    report = main(Config(CONFIGS / f"{request.param}.json", "random", out, reduced=True, threads=1))
    return out, report, json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def test_the_pack_satisfies_the_manifests_rules(built):
    out, _, manifest = built
    assert find_contradictions(manifest) == [] and check_files(manifest, out) == []
    assert {path.name for path in out.iterdir()} >= {"manifest.json", "ct-trunk.onnx", "ct-head.onnx"}
    assert manifest["id"] == out.name and manifest["calibrated"] is False
    assert any("means nothing" in limit for limit in manifest["limits"])


def test_the_graphs_agree_with_pytorch(built):
    _, report, manifest = built
    cosines = {each["variant"]: each["cosine"] for each in report["variants"]}
    assert cosines["fp32"] >= 0.9999 and cosines["q8"] >= 0.999 and set(cosines) == {"q8", "int8", "fp32"}
    shipped = [entry["variant"] for entry in manifest["ct"]["trunk"]]
    assert shipped == [name for name in ("q8", "int8", "fp32") if cosines[name] >= 0.999]


def test_the_probe_gives_its_embedding_and_heat_sums_to_the_cosine(built):
    out, _, manifest = built
    ct, session = manifest["ct"], CtSession(out)
    given = ct["parity"]["input"]
    stored = np.fromfile(out / given["file"], np.int8).reshape(given["shape"]).astype(np.float32) / given["divisor"]
    for axis in range(3):
        stored = stored.repeat(given["repeat"][axis], axis)
    directions = np.random.default_rng(0).standard_normal((5, manifest["embedding"]["dimension"])).astype(np.float32)
    tokens = session.encode(stored[None, None])
    embedding, heat = session.look(tokens, directions)
    assert list(tokens.shape[1:4]) == ct["tokenGrid"] and tokens.shape[4] == ct["tokenDimension"]
    assert embedding[0] @ np.array(ct["parity"]["expected"]) > 0.9999
    unit = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    assert np.abs(heat.sum((1, 2, 3)) - unit @ embedding[0]).max() < 1e-4
    spread = heat.std((1, 2, 3)) / np.abs(heat.mean((1, 2, 3)))
    assert spread.max() > 0.05, "a map without places"


def test_prompts_of_other_size_and_weights_without_prompts_are_refused(tmp_path: Path):
    given = dict(config=CONFIGS / "hlip.json", out=tmp_path / "pack", reduced=True)
    np.save(tmp_path / "prompts.npy", np.ones((18, 2, 9), np.float32))
    with pytest.raises(ValueError, match="18, 2, 24"):
        main(Config(weights="random", prompts=tmp_path / "prompts.npy", **given))
    with pytest.raises(ValueError, match="--tokenizer or --prompts is missing"):
        main(Config(weights=str(tmp_path / "hlip.pt"), **given))
    with pytest.raises(ValueError, match="fp16"):
        main(Config(weights="random", variants=("fp16", "fp32"), **given))
    assert not (tmp_path / "pack").exists()
