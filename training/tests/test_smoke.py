"""The whole recipe in miniature, through the scripts themselves: phantoms, text, CT, export, evaluation, pack."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).resolve().parents[1]
ROOT = TRAINING.parent
sys.path.insert(0, str(TRAINING / "scripts"))

import build_pack
import embed_train
import evaluate
import export_ct
import train_ct
import train_text

from voxct.ct.config import CtTowerConfig
from voxct.ct.training import CtTrainingConfig
from voxct.pack.rules import check_files, find_contradictions
from voxct.results.guard import GuardCounts
from voxct.text.training import TextTrainingConfig

COUNTS = {"train": 8, "validation": 6, "internal": 6, "external": 5, "library": 3}
TOWER = CtTowerConfig(
    width=32, spatial_layers=1, temporal_layers=1, heads=2, head_width=16, feed_forward=32, bias_width=8, latent=24
)

pytestmark = pytest.mark.skipif(
    shutil.which("npx") is None or not (ROOT / "node_modules/.bin/tsx").exists(), reason="needs Node and tsx"
)


def phantoms(*arguments: str) -> None:
    subprocess.run(["npx", "tsx", "phantom/cli.ts", *arguments], cwd=ROOT, check=True, capture_output=True)


def make_data(folder: Path) -> None:
    for split, count in COUNTS.items():
        span = ("--from", "0", "--count", str(count))
        phantoms("volumes", "--split", split, *span, "--out", str(folder / "ct"), "--path", "direct")
    for name, seed in (("train", "1"), ("validation", "2")):
        phantoms("sentences", "--seed", seed, "--count", "250", "--out", str(folder / f"{name}.jsonl"))


def test_phantoms_become_a_pack_whose_parts_agree(tmp_path):
    data, runs = tmp_path / "data", tmp_path / "runs"
    make_data(data)
    text = TextTrainingConfig(steps=12, batch_size=24, long_batch_size=6)
    train_text.main(
        train_text.Config(
            data / "train.jsonl", data / "validation.jsonl", runs / "text", threads=1, width=24, layers=1, training=text
        )
    )
    training = CtTrainingConfig(max_steps=2, batch_size=2, workers=2, autocast=False)
    # the embedding of the text and of the CT tower share one space
    tower = CtTowerConfig(**{**TOWER.__dict__, "latent": 128})
    folders = (data / "ct",), data / "ct", runs / "text", runs / "ct"
    path = train_ct.main(train_ct.Config(*folders, tower=tower, training=training))
    report = export_ct.main(export_ct.Config(path, runs / "text", data / "ct", runs / "ct/onnx", volumes=2))
    assert report["parity"]["embedding_max_abs"] <= 1e-4
    assert report["parity"]["heat_sum_max_abs"] <= 1e-4
    assert embed_train.main(embed_train.Config(path, data / "ct", runs / "ct")) == COUNTS["train"]
    config = evaluate.Config(
        onnx=runs / "ct/onnx", tower=path, text=runs / "text", scans=data / "ct", train=data / "ct",
        real=tmp_path / "none", rows=runs / "rows", speech=runs / "speech",
        out=runs / "evaluation", results=tmp_path / "RESULTS.md",
        counts=GuardCounts(train=8, altered=8, validation=4, strangers=2),
    )  # fmt: skip
    measured = evaluate.main(config)
    check_report(measured, config)
    check_pack(tmp_path, runs, data)
    check_again(tmp_path, config, measured)


def check_report(measured: dict, config: evaluate.Config) -> None:
    for split in ("internal", "external"):
        part = measured["ct"]["splits"][split]
        assert part["n"] == COUNTS[split]
        assert part["grounding"]["heat_sum_gap"] <= 1e-4
    assert [row["id"] for row in measured["comparison"]] == ["chance", "ctclip-s1"]
    assert set(measured["guard"]["own"]) == {"internal", "external"}
    assert "text-report" in measured["report_retrieval"]
    assert any("SpeechCT-CLIP" in line for line in measured["missing"])
    written = config.results.read_text(encoding="utf-8")
    assert "## Distillation recovery" not in written and "distillation recovery, internal" in written
    assert (config.rows / "ctclip-s1/external.npz").exists()


def check_again(tmp_path: Path, config: evaluate.Config, measured: dict) -> None:
    """The figures made again from the pack alone are the same."""
    again = evaluate.main(dataclasses.replace(config, onnx=None, pack=tmp_path / "pack", out=tmp_path / "again"))
    assert [row["value"] for row in again["figures"]] == pytest.approx([row["value"] for row in measured["figures"]])


def check_pack(tmp_path: Path, runs: Path, data: Path) -> None:
    out = tmp_path / "pack"
    manifest = build_pack.main(
        build_pack.Config(
            runs / "ct/onnx", runs / "text", data / "ct", runs / "evaluation", runs / "speech",
            ROOT / "fixtures/golden/speech", TRAINING / "configs/ct_input.json", tmp_path / "golden", out,
            with_speech=False, with_golden=False,
        )
    )  # fmt: skip
    stored = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert stored == manifest
    assert len(stored["library"]["cases"]) == COUNTS["library"]
    assert find_contradictions(stored) == []
    kept = (out / "prompts.bin").read_bytes()
    (out / "prompts.bin").write_bytes(b"other")
    assert check_files(stored, out) == ["prompts.bin: missing or other content"]
    (out / "prompts.bin").write_bytes(kept)


def test_training_resumes_where_it_stopped(tmp_path):
    phantoms("volumes", "--split", "train", "--from", "0", "--count", "2", "--out", str(tmp_path / "ct"))
    phantoms("volumes", "--split", "validation", "--from", "0", "--count", "2", "--out", str(tmp_path / "ct"))
    phantoms("sentences", "--seed", "1", "--count", "60", "--out", str(tmp_path / "s.jsonl"))
    phantoms("sentences", "--seed", "2", "--count", "60", "--out", str(tmp_path / "v.jsonl"))
    text = TextTrainingConfig(steps=1, batch_size=8)
    out = tmp_path / "text"
    train_text.main(
        train_text.Config(tmp_path / "s.jsonl", tmp_path / "v.jsonl", out, width=24, layers=1, training=text)
    )
    for steps in (1, 3):
        training = CtTrainingConfig(max_steps=steps, batch_size=2, workers=1)
        tower = CtTowerConfig(**{**TOWER.__dict__, "latent": 128})
        folders = (tmp_path / "ct",), tmp_path / "ct", out, tmp_path / "run"
        config = train_ct.Config(*folders, tower=tower, training=training)
        train_ct.main(config)
    log = [json.loads(line) for line in (tmp_path / "run/log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["step"] for row in log] == [1, 3]
