"""From generated files in the corpora's layouts to a pack: CT-CLIP, then SpeechCT-CLIP, resume, several processes."""

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from scripts import evaluate_speech_clip, prepare_ct_rate, train_ct_clip, train_speech_clip
from voxct.contrastive.loop import LoopConfig
from voxct.corpora import generate
from voxct.corpora.ct_input import ct_clip_spec
from voxct.ctclip.config import REDUCED
from voxct.speech.whisper.config import REDUCED as SMALL_WHISPER

TRAINING = Path(__file__).resolve().parents[1]
MODEL = replace(REDUCED, layers=1, codebook=64)
LOOP = LoopConfig(steps=4, batch=2, rate=1e-3, validate_every=2, log_every=1, workers=0, precision="fp32")
SPEC = ct_clip_spec(MODEL.shape, MODEL.spacing_mm)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """ct/ (with a head, a file cut off and one scaled twice among them), speech/, tokenizer/, prompts/."""
    torch.set_num_threads(1)
    root = tmp_path_factory.mktemp("corpus")
    generate.generate_corpus(root / "ct", {"train": 14, "valid": 2}, speech=root / "speech")
    spoil(root / "ct/dataset/train_fixed")
    generate.write_vocabulary(root / "tokenizer")
    generate.speak_prompts(root / "prompts")
    return root


def spoil(folder: Path) -> None:
    """Patients 1, 2 and 3 are in the train split with a validation share of 0.3."""
    body = generate.Body()
    head, cut, twice = (folder / f"train_{n}/train_{n}_a/train_{n}_a_1.nii.gz" for n in (1, 2, 3))
    generate.write_nifti(head, generate.draw_head(), (6.0, 6.0, 6.0))
    cut.write_bytes(cut.read_bytes()[:5000])
    generate.write_nifti(twice, generate.draw_chest((0,) * 18, 1) - 1024, body.spacing_mm)


def ct_config(corpus: Path, out: Path, **changes) -> train_ct_clip.Config:
    return train_ct_clip.Config(
        corpus / "ct", corpus / "tokenizer", out, MODEL, validation_share=0.3, device="cpu", **{"loop": LOOP, **changes}
    )


def read_log(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def read_refused(path: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["file"]: row["reason"] for row in rows}


def weights_of(out: Path) -> dict[str, torch.Tensor]:
    return torch.load(out / "checkpoint.pt", weights_only=False)["modules"]


def greatest_gap(first: Path, second: Path) -> float:
    one, other = weights_of(first), weights_of(second)
    assert list(one) == list(other)
    return max(float((one[name] - other[name]).abs().max()) for name in one if one[name].numel())


@pytest.fixture(scope="module")
def trained(corpus) -> Path:
    out = corpus / "ct-run"
    assert train_ct_clip.main(ct_config(corpus, out)) > 0
    return out


def test_a_resumed_run_ends_with_the_weights_of_one_that_was_not_stopped(corpus, trained, tmp_path):
    train_ct_clip.main(ct_config(corpus, tmp_path, loop=replace(LOOP, steps=2)))
    train_ct_clip.main(ct_config(corpus, tmp_path))
    assert [row["step"] for row in read_log(tmp_path)] == [1, 2, 2, 3, 4, 4]
    assert greatest_gap(tmp_path, trained) == 0


def test_two_processes_learn_what_one_learns_from_the_whole_batch(corpus, tmp_path):
    alone = ct_config(corpus, tmp_path / "one", loop=replace(LOOP, steps=2, batch=4), trains_text=False)
    train_ct_clip.main(alone)
    command = [
        sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--standalone",
        str(Path(__file__).with_name("two_processes.py")), str(corpus), str(tmp_path / "two"),
    ]  # fmt: skip
    ran = subprocess.run(command, cwd=TRAINING, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert greatest_gap(tmp_path / "one", tmp_path / "two") < 2e-4
    losses = [[row["loss"] for row in read_log(tmp_path / run) if "loss" in row] for run in ("one", "two")]
    assert losses[0] == pytest.approx(losses[1], abs=1e-4)


def test_reports_find_their_volumes_better_with_training(corpus, tmp_path):
    loop = replace(LOOP, steps=50, batch=4, validate_every=1000)
    config = ct_config(corpus, tmp_path / "run", loop=loop, cache=tmp_path / "cache", gradient_checkpointing=False)
    train_ct_clip.main(config)
    losses = [row["loss"] for row in read_log(tmp_path / "run") if "loss" in row]
    assert np.mean(losses[:10]) == pytest.approx(math.log(4), abs=0.05)
    assert np.mean(losses[-10:]) < np.mean(losses[:10]) - 0.25


def test_bad_files_are_named_and_training_goes_on_without_them(corpus, trained):
    refused = read_refused(trained / "refused-0.jsonl")
    assert set(refused) <= {"train_1_a_1.nii.gz", "train_2_a_1.nii.gz", "train_3_a_1.nii.gz"} and refused
    findings = [row for row in read_log(trained) if "mean_auroc" in row]
    assert findings[-1]["gallery"] >= 2 and findings[-1]["labelled"] == findings[-1]["gallery"]


def test_preparing_checks_every_file_and_is_not_repeated(corpus, tmp_path):
    config = prepare_ct_rate.Config(corpus / "ct", tmp_path, SPEC, "int8", workers=0)
    refused = {each.file: each.reason for each in prepare_ct_rate.main(config)}
    assert sorted(refused) == ["train_1_a_1.nii.gz", "train_2_a_1.nii.gz", "train_3_a_1.nii.gz"]
    assert "not a chest" in refused["train_1_a_1.nii.gz"]
    assert "cut off" in refused["train_2_a_1.nii.gz"]
    assert "applied twice" in refused["train_3_a_1.nii.gz"]
    times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.int8")}
    assert len(times) == 32 - 3
    prepare_ct_rate.main(config)
    assert times == {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.int8")}
    with pytest.raises(ValueError, match="another input spec"):
        prepare_ct_rate.main(replace(config, spec={**SPEC, "huDivisor": 500}))


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_mixed_precision_and_vocabfine_start_from_a_checkpoint(corpus, trained, tmp_path, precision):
    loop = replace(LOOP, steps=1, precision=precision, rate=1e-5)
    config = ct_config(
        corpus, tmp_path, start_from=trained / "ct-clip.pt", objective="vocabfine", loop=loop, trains_text=False
    )
    assert math.isfinite(train_ct_clip.main(config))
    first, second = (torch.load(run / "ct-clip.pt", weights_only=True) for run in (trained, tmp_path))
    assert list(first) == list(second)
    text = [name for name in first if name.startswith("text_transformer.")]
    assert all(torch.equal(first[name], second[name]) for name in text)
    assert not torch.equal(first["to_visual_latent.weight"], second["to_visual_latent.weight"])


def test_gradient_checkpointing_changes_no_weight(corpus, tmp_path):
    loop = replace(LOOP, steps=2)
    for kept in (True, False):
        train_ct_clip.main(ct_config(corpus, tmp_path / str(kept), loop=loop, gradient_checkpointing=kept))
    assert greatest_gap(tmp_path / "True", tmp_path / "False") < 1e-6


def test_training_reads_an_int8_cache_and_never_the_files_again(corpus, trained, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    prepare_ct_rate.main(prepare_ct_rate.Config(corpus / "ct", cache, SPEC, "int8", workers=0))
    monkeypatch.setattr("voxct.corpora.ct_rate.source.prepare_entry", lambda *_: pytest.fail("a file was read again"))
    train_ct_clip.main(ct_config(corpus, tmp_path / "run", cache=cache))
    losses = [[row["loss"] for row in read_log(out) if "loss" in row] for out in (tmp_path / "run", trained)]
    assert len(losses[0]) == 4 and losses[0][0] == pytest.approx(losses[1][0], abs=0.1)


def test_training_stops_when_validation_does_not_improve(corpus, tmp_path):
    loop = replace(LOOP, steps=30, validate_every=1, patience=2, rate=0.0, log_every=100)
    train_ct_clip.main(ct_config(corpus, tmp_path, loop=loop, trains_text=False))
    assert len(read_log(tmp_path)) < 30


def check_on_test_split(corpus: Path, trained: Path, out: Path) -> None:
    figures = evaluate_speech_clip.main(
        evaluate_speech_clip.Config(
            corpus / "ct", corpus / "speech", trained / "ct-clip.pt", corpus / "tokenizer", out / "speech.pt",
            out / "test.json", corpus / "prompts", device="cpu", loop=LOOP,
        )
    )  # fmt: skip
    assert figures["speech"]["gallery"] == figures["text"]["gallery"] == figures["text"]["labelled"] == 2
    assert figures["speech"]["teacher_cosine"] > -1 and json.loads((out / "test.json").read_text()) == figures


def test_volumes_and_recordings_become_a_pack_without_contradictions(corpus, trained, tmp_path):
    from scripts import build_library, export_ct_clip, export_speech
    from voxct.pack.rules import check_files, find_contradictions

    out = tmp_path / "speech-run"
    sizes = replace(SMALL_WHISPER, layers=1)
    config = train_speech_clip.Config(
        corpus / "ct", corpus / "speech", trained / "ct-clip.pt", corpus / "tokenizer", out, sizes=sizes,
        prompts=corpus / "prompts", validation_share=0.3, device="cpu", loop=replace(LOOP, steps=2),
        gradient_checkpointing=True,
    )  # fmt: skip
    train_speech_clip.main(config)
    embedded = (out / "frozen/embeddings-0.jsonl").stat().st_mtime_ns
    train_speech_clip.main(replace(config, loop=LOOP))
    assert [row["step"] for row in read_log(out) if "loss" in row] == [1, 2, 3, 4]
    assert (out / "frozen/embeddings-0.jsonl").stat().st_mtime_ns == embedded
    assert set(read_refused(out / "refused-volumes.jsonl")) == {f"train_{n}_a_1.nii.gz" for n in (1, 2, 3)}
    prompts = np.load(out / "spoken_prompts.npy")
    assert prompts.shape == (18, 2, MODEL.latent) and np.allclose(np.linalg.norm(prompts, axis=2), 1, atol=1e-5)
    check_on_test_split(corpus, trained, out)
    speech = tmp_path / "speech-export"
    weights, prompts_at = str(out / "speech.pt"), corpus / "prompts"
    export_speech.main(export_speech.Config("whisper", weights, speech, spoken_prompts=prompts_at, variants=("fp32",)))
    pack = tmp_path / "pack"
    manifest = export_ct_clip.main(
        export_ct_clip.Config(
            trained / "ct-clip.pt", pack, corpus / "tokenizer", ("fp32",), speech,
            validation=trained / "validation.npz", parity_volumes=2, threads=1,
        )
    )  # fmt: skip
    assert find_contradictions(manifest) == [] and check_files(manifest, pack) == []
    assert manifest["embedding"]["dimension"] == MODEL.latent and "speech" in manifest
    assert manifest["ct"]["input"] == SPEC
    library = build_library.main(build_library.Config(corpus / "ct", pack, workers=0))
    assert library["table"]["count"] == 32 - 3
    stored = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    assert find_contradictions(stored) == [] and check_files(stored, pack) == []


def test_a_frozen_checkpoint_is_embedded_measured_and_given_a_classifier(corpus, trained, tmp_path):
    from scripts import embed_ct_rate, train_lipro
    from voxct.ctclip.checkpoint import read_checkpoint

    def embed(split: str) -> dict:
        return embed_ct_rate.main(
            embed_ct_rate.Config(
                corpus / "ct", trained / "ct-clip.pt", corpus / "tokenizer", tmp_path / f"{split}.npz", split, 0.3,
                precision="fp32", workers=0, device="cpu",
            )
        )  # fmt: skip

    figures = {split: embed(split) for split in ("train", "validation", "test")}
    assert figures["test"]["scans"] == figures["test"]["gallery"] == 2
    assert figures["train"]["scans"] + figures["validation"]["scans"] == 14
    assert figures["train"]["refused"] + figures["validation"]["refused"] == 3
    with np.load(tmp_path / "validation.npz") as ours, np.load(trained / "validation.npz") as theirs:
        assert len(ours["embeddings"]) == figures["validation"]["scans"] >= len(theirs["embeddings"])
    out = tmp_path / "lipro.pt"
    train_lipro.main(
        train_lipro.Config(tmp_path / "train.npz", tmp_path / "validation.npz", trained / "ct-clip.pt", out, epochs=5)
    )  # fmt: skip
    lipro = read_checkpoint(out)
    assert lipro.classifier.weight.shape == (18, MODEL.latent)
    plain = read_checkpoint(trained / "ct-clip.pt")
    assert all(torch.equal(lipro.state[name], plain.state[name]) for name in plain.state)
