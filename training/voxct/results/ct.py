"""Figures of one CT encoder: zero-shot on both test splits, calibration, grounding, similar patients."""

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from voxct.ct.calibration import FindingCalibration, calibrate, to_probabilities
from voxct.ct.evaluation import Looked, measure_grounding, to_nullable
from voxct.metrics import Measured, expected_calibration_error, measure_scores, reliability
from voxct.results.retrieval import measure_volume_retrieval


def measure_ct(looked: dict[str, Looked], logit_scale: float) -> dict:
    """looked: {"validation", "internal", perhaps "external"}; thresholds and calibration come from validation alone."""
    validation = looked["validation"]
    calibrations = calibrate(validation.labels, validation.margins, logit_scale)
    thresholds = np.array([c.present for c in calibrations])
    tests = {split: each for split, each in looked.items() if split != "validation"}
    return {
        "logit_scale": logit_scale,
        "calibrations": [asdict(c) for c in calibrations],
        "splits": {split: measure_split(each, thresholds, calibrations, logit_scale) for split, each in tests.items()},
        "validation": {
            "n": len(validation.labels),
            "auroc": to_json(measure_scores(validation.labels, validation.margins, thresholds, rounds=200))["auroc"],
        },
    }


def measure_split(
    looked: Looked, thresholds: NDArray, calibrations: list[FindingCalibration], logit_scale: float
) -> dict:
    probabilities = to_probabilities(looked.margins, calibrations, logit_scale)
    return {
        "n": len(looked.labels),
        "positives": looked.labels.sum(0).tolist(),
        "measures": to_json(measure_scores(looked.labels, looked.margins, thresholds)),
        "calibration": {
            "pooled": expected_calibration_error(looked.labels.ravel(), probabilities.ravel()),
            "shuffled": expected_calibration_error(deal_rows(looked.labels).ravel(), probabilities.ravel()),
            "per_finding": [
                expected_calibration_error(*pair) for pair in zip(looked.labels.T, probabilities.T, strict=True)
            ],
            "reliability": reliability(looked.labels.ravel(), probabilities.ravel()),
        },
        "grounding": measure_grounding(looked, thresholds),
        "volume_retrieval": measure_volume_retrieval(looked.embeddings, looked.labels),
    }


def deal_rows(labels: NDArray) -> NDArray:
    """Labels of other patients."""
    return labels[np.random.default_rng(0).permutation(len(labels))]


def to_json(measures: dict[str, Measured]) -> dict:
    return {
        name: {
            "mean": m.mean,
            "interval": list(m.interval),
            "chance": m.chance,
            "per_finding": to_nullable(m.per_finding),
        }
        for name, m in measures.items()
    }
