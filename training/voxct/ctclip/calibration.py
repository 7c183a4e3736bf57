"""Scores, calibration and thresholds of a CT-CLIP pack, with a validation set or without one."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.ct.calibration import FindingCalibration, calibrate
from voxct.ct.validation import to_prompt_margins
from voxct.ctclip.checkpoint import Classifier
from voxct.findings import FINDING_IDS


class UnsuitableValidation(ValueError):
    """Says what is wrong with the file and what to do."""


@dataclass(frozen=True)
class ValidationSet:
    """embeddings float32 [n, latent] of unit length, labels 0 | 1 [n, 18]; patients of no test split."""

    embeddings: NDArray[np.float32]
    labels: NDArray[np.int64]


def read_validation(path: Path, latent: int) -> ValidationSet:
    """A pack whose library scripts/build_library.py filled with labelled cases, or an .npz with arrays `embeddings` and
    `labels`.
    """
    embeddings, labels = read_library_set(path) if path.is_dir() else read_arrays(path)
    n = len(embeddings)
    if embeddings.shape != (n, latent) or labels.shape != (n, len(FINDING_IDS)) or n == 0:
        raise UnsuitableValidation(
            f"{path}: embeddings {embeddings.shape} and labels {labels.shape}; [n, {latent}] and [n, 18] are needed"
        )
    if not np.isin(labels, (0, 1)).all() or not np.isfinite(embeddings).all():
        raise UnsuitableValidation(f"{path}: labels other than 0 and 1, or embeddings that are no numbers")
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    return ValidationSet((embeddings / lengths).astype(np.float32), labels.astype(np.int64))


def read_arrays(path: Path) -> tuple[NDArray, NDArray]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return stored["embeddings"], stored["labels"]
    except (OSError, KeyError, ValueError) as error:
        raise UnsuitableValidation(f"{path}: not an .npz with arrays embeddings and labels ({error})") from error


def read_library_set(pack: Path) -> tuple[NDArray, NDArray]:
    """The labelled cases of the pack's library."""
    try:
        manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
        library = manifest["library"]
        stored = np.fromfile(pack / library["embeddings"]["file"], "<f4")
    except (OSError, KeyError, ValueError) as error:
        raise UnsuitableValidation(f"{pack}: no pack with a library ({error}). Run scripts/build_library.py") from error
    embeddings = stored.reshape(-1, manifest["embedding"]["dimension"])
    cases = library["cases"]
    if "table" in library:
        lines = (pack / library["table"]["file"]).read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines if line]
    labelled = [(row, case["labels"]) for row, case in enumerate(cases) if None not in (case.get("labels") or [None])]
    if not labelled:
        raise UnsuitableValidation(f"{pack}: no case of its library has all labels. Give build_library a labels table")
    rows, labels = zip(*labelled, strict=True)
    return embeddings[list(rows)], np.array(labels)


def calibrate_prompts(
    validation: ValidationSet | None, prompts: NDArray[np.float32], logit_scale: float
) -> list[FindingCalibration]:
    """prompts [18, 2, latent]. Without a validation set: the reference's own softmax over the two logits, cut at 0."""
    if validation is None:
        return [FindingCalibration(1.0, 0.0, 0.0, 0.0, 0.0)] * len(FINDING_IDS)
    return calibrate(validation.labels, to_prompt_margins(validation.embeddings, prompts), logit_scale)


def calibrate_classifier(
    validation: ValidationSet | None, classifier: Classifier
) -> tuple[NDArray[np.float32], list[FindingCalibration]]:
    """[18, latent + 1] (weights, then bias) and thresholds on its logit.

    Platt's slope and offset go into weights and bias, so that P stays sigmoid(w . relu(e) + b).
    """
    rows = np.concatenate([classifier.weight.numpy(), classifier.bias.numpy()[:, None]], axis=1).astype(np.float32)
    unchanged = [FindingCalibration(1.0, 0.0, 0.0, 0.0, 0.0)] * len(rows)
    if validation is None:
        return rows, unchanged
    seen = np.maximum(validation.embeddings, 0)
    fitted = calibrate(validation.labels, seen @ rows[:, :-1].T + rows[:, -1], 1.0)
    for row, c in zip(rows, fitted, strict=True):
        row *= c.slope
        row[-1] += c.offset
    folded = calibrate(validation.labels, seen @ rows[:, :-1].T + rows[:, -1], 1.0)
    return rows, [replace(c, slope=1.0, offset=0.0) for c in folded]
