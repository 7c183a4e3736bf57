"""The whole recipe in miniature, through the scripts themselves: phantoms, text, CT, export, evaluation, pack."""

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
from voxct.text.training import TextTrainingConfig

COUNTS = {"train": 8, "validation": 6, "test": 6, "library": 3}
TOWER = CtTowerConfig(
    width=32, spatial_layers=1, temporal_layers=1, heads=2, head_width=16, feed_forward=32, bias_width=8, latent=24
)

pytestmark = pytest.mark.skipif(
    shutil.which("npx") is None or not (ROOT / "node_modules/.bin/tsx").exists(), reason="needs Node and tsx"
)


def phantoms(*arguments: str) -> None:
    subprocess.run(["npx", "tsx", "src/cli/phantoms.ts", *arguments], cwd=ROOT, check=True, capture_output=True)


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
    path = train_ct.main(train_ct.Config(data / "ct", runs / "text", runs / "ct", tower=tower, training=training))
    report = export_ct.main(export_ct.Config(path, runs / "text", data / "ct", runs / "ct/onnx", volumes=2))
    assert report["parity"]["embedding_max_abs"] <= 1e-4
    assert report["parity"]["heat_sum_max_abs"] <= 1e-4
    assert embed_train.main(embed_train.Config(path, data / "ct", runs / "ct")) == COUNTS["train"]
    measured = evaluate.main(
        evaluate.Config(
            runs / "ct/onnx", path, runs / "text", data / "ct", data / "ct", runs / "speech",
            runs / "ct/train_tokens.npz", runs / "evaluation", tmp_path / "RESULTS.md",
        )
    )  # fmt: skip
    assert measured["test"]["n"] == COUNTS["test"]
    assert measured["paths"]["lowest_cosine"] > 0.9999
    check_pack(tmp_path, runs, data)


def check_pack(tmp_path: Path, runs: Path, data: Path) -> None:
    out = tmp_path / "pack"
    manifest = build_pack.main(
        build_pack.Config(
            runs / "ct", runs / "text", data / "ct", data / "ct", runs / "evaluation", runs / "speech",
            ROOT / "fixtures/golden/speech", TRAINING / "configs/ct_input.json", tmp_path / "golden", out, False,
        )
    )  # fmt: skip
    stored = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert stored == manifest
    assert len(stored["library"]["cases"]) == COUNTS["library"]
    assert find_contradictions(stored) == []
    (out / "prompts.bin").write_bytes(b"other")
    assert check_files(stored, out) == ["prompts.bin: missing or other content"]


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
        config = train_ct.Config(tmp_path / "ct", out, tmp_path / "run", tower=tower, training=training)
        train_ct.main(config)
    log = [json.loads(line) for line in (tmp_path / "run/log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["step"] for row in log] == [1, 3]
