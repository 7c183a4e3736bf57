"""Scores of a CT-CLIP pack with and without a validation set."""

import json

import numpy as np
import pytest
import torch

from voxct.ct.calibration import to_probabilities
from voxct.ct.validation import to_prompt_margins
from voxct.ctclip.calibration import (
    UnsuitableValidation,
    ValidationSet,
    calibrate_classifier,
    calibrate_prompts,
    read_validation,
)
from voxct.ctclip.checkpoint import Classifier

LATENT = 12


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


@pytest.fixture
def validation():
    """Labels that follow the embedding's first numbers, with noise."""
    source = np.random.default_rng(0)
    embeddings = unit(source.normal(size=(400, LATENT)))
    scores = embeddings @ source.normal(size=(LATENT, 18)) + source.normal(0, 0.4, (400, 18))
    return ValidationSet(embeddings, (scores > 0.5).astype(np.int64))


def test_without_validation_the_probability_is_the_references_softmax():
    prompts = unit(np.random.default_rng(1).normal(size=(18, 2, LATENT)))
    calibrations = calibrate_prompts(None, prompts, 2.7)
    embedding = unit(np.random.default_rng(2).normal(size=(1, LATENT)))
    logits = 2.7 * (prompts @ embedding[0])
    softmax = np.exp(logits[:, 0]) / np.exp(logits).sum(1)
    probabilities = to_probabilities(to_prompt_margins(embedding, prompts), calibrations, 2.7)
    assert np.allclose(probabilities[0], softmax, atol=1e-6)
    assert all((c.present, c.absent) == (0, 0) for c in calibrations)


def test_a_validation_set_calibrates_the_prompts(validation):
    prompts = unit(np.random.default_rng(3).normal(size=(18, 2, LATENT)))
    calibrations = calibrate_prompts(validation, prompts, 2.7)
    margins = to_prompt_margins(validation.embeddings, prompts)
    means = to_probabilities(margins, calibrations, 2.7).mean(0)
    assert np.abs(means - validation.labels.mean(0)).max() < 0.02
    assert np.allclose([c.prevalence for c in calibrations], validation.labels.mean(0))


def test_platt_goes_into_lipros_weights_and_the_formula_stays(validation):
    source = np.random.default_rng(4)
    classifier = Classifier(*(torch.from_numpy(source.normal(size=s).astype(np.float32)) for s in ((18, LATENT), 18)))
    plain, without = calibrate_classifier(None, classifier)
    assert np.array_equal(plain[:, :-1], classifier.weight.numpy())
    assert np.array_equal(plain[:, -1], classifier.bias.numpy())
    assert all((c.slope, c.offset, c.present) == (1, 0, 0) for c in without)
    rows, calibrations = calibrate_classifier(validation, classifier)
    logits = np.maximum(validation.embeddings, 0) @ rows[:, :-1].T + rows[:, -1]
    means = (1 / (1 + np.exp(-logits))).mean(0)
    assert np.abs(means - validation.labels.mean(0)).max() < 0.02
    for finding, c in enumerate(calibrations):
        called = logits[:, finding] >= c.present
        truth = validation.labels[:, finding] == 1
        assert called[truth].mean() + (~called)[~truth].mean() > 1, "the threshold tells better than chance"
        assert c.absent <= c.present


@pytest.mark.parametrize("as_table", [False, True])
def test_the_labelled_cases_of_a_packs_library_are_a_validation_set(tmp_path, as_table):
    embeddings = unit(np.random.default_rng(6).normal(size=(3, LATENT)))
    embeddings.tofile(tmp_path / "library.bin")
    cases = [{"id": "a", "labels": [1] * 18}, {"id": "b"}, {"id": "c", "labels": [0] * 18}]
    library = {"embeddings": {"file": "library.bin"}, "cases": [] if as_table else cases}
    if as_table:
        (tmp_path / "library.jsonl").write_text("\n".join(map(json.dumps, cases)))
        library["table"] = {"file": "library.jsonl"}
    manifest = {"embedding": {"dimension": LATENT}, "library": library}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    read = read_validation(tmp_path, LATENT)
    assert np.allclose(read.embeddings, embeddings[[0, 2]], atol=1e-6)
    assert read.labels.tolist() == [[1] * 18, [0] * 18]


def test_packs_without_labelled_cases_are_refused_by_name(tmp_path):
    with pytest.raises(UnsuitableValidation, match="no pack with a library"):
        read_validation(tmp_path, LATENT)
    np.ones((1, LATENT), np.float32).tofile(tmp_path / "library.bin")
    library = {"embeddings": {"file": "library.bin"}, "cases": [{"id": "a"}]}
    (tmp_path / "manifest.json").write_text(json.dumps({"embedding": {"dimension": LATENT}, "library": library}))
    with pytest.raises(UnsuitableValidation, match="no case of its library has all labels"):
        read_validation(tmp_path, LATENT)


def test_files_that_hold_no_validation_set_are_refused_by_name(tmp_path):
    path = tmp_path / "validation.npz"
    with pytest.raises(UnsuitableValidation, match=r"validation\.npz: not an \.npz"):
        read_validation(path, LATENT)
    rows, labels = np.ones((3, LATENT), np.float32), np.zeros((3, 18), int)
    for arrays, reason in (
        ({"embeddings": rows}, "labels"),
        ({"embeddings": rows[:, 1:], "labels": labels}, r"\[n, 12\] and \[n, 18\]"),
        ({"embeddings": rows, "labels": labels - 1}, "labels other than 0 and 1"),
    ):
        np.savez(path, **arrays)
        with pytest.raises(UnsuitableValidation, match=reason):
            read_validation(path, LATENT)
    np.savez(path, embeddings=5 * rows, labels=labels)
    assert np.allclose(np.linalg.norm(read_validation(path, LATENT).embeddings, axis=1), 1)
