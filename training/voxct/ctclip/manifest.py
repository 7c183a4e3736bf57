"""The manifest of a CT-CLIP pack."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.ct.calibration import FindingCalibration
from voxct.ctclip.card import Identity, to_identity
from voxct.ctclip.config import CtClipConfig
from voxct.ctclip.probe import draw_probe
from voxct.ctclip.speech_part import BEYOND_ANY_MARGIN, SpeechPart
from voxct.data.chunks import INT8_DIVISOR
from voxct.pack.files import PackFolder
from voxct.pack.sections import build_findings, build_prompts, to_numbers

PROBE_COSINE = 0.999
TEXT_COSINE = 0.995
LABELS_UNKNOWN = "No case yet: scripts/build_library.py embeds an archive."


@dataclass(frozen=True)
class Parts:
    """graphs: {"trunk", "head"} of the variants that passed; probe_embedding [latent] by the reference;
    prompts [18, 2, latent]; classifier [18, latent + 1] or None; text: the manifest's section or None."""

    identity: Identity
    config: CtClipConfig
    logit_scale: float
    graphs: dict[str, list[dict]]
    probe_embedding: NDArray[np.float32]
    prompts: NDArray[np.float32]
    calibrations: list[FindingCalibration]
    calibrated: bool
    classifier: NDArray[np.float32] | None = None
    speech: SpeechPart | None = None
    text: dict | None = None


def build_manifest(pack: PackFolder, parts: Parts) -> dict:
    """Writes the small files and returns the manifest, with an empty library."""
    speech = parts.speech
    spoken = None if speech is None else speech.prompts
    said = BEYOND_ANY_MARGIN if speech is None or speech.thresholds is None else speech.thresholds
    manifest = {
        "schema": "voxct-pack/1",
        **to_identity(parts.identity, parts.calibrated, speech is not None),
        "embedding": {"dimension": parts.config.latent, "logitScale": parts.logit_scale},
        "ct": build_ct(pack, parts),
        "findings": build_findings([vars(c) for c in parts.calibrations], said),
        "calibrated": parts.calibrated,
        "prompts": build_prompts(pack, parts.prompts, spoken),
        "promptKind": {"ct": "text", "speech": "text" if speech is None else speech.kind},
        "library": {"labelProvenance": LABELS_UNKNOWN, "cases": []},
        "evaluation": [],
    }
    if parts.classifier is not None:
        weights = pack.write_floats("classifier.bin", parts.classifier)
        manifest["classifier"] = {"weights": weights, "activation": "relu"}
    if speech is not None:
        manifest["speech"] = speech.copy_to(pack)
    if parts.text is not None:
        manifest["text"] = parts.text
    return manifest


def build_ct(pack: PackFolder, parts: Parts) -> dict:
    config = parts.config
    return {
        "input": to_input(config),
        "tokenGrid": list(config.grid),
        "tokenDimension": config.width,
        **parts.graphs,
        "parity": build_probe(pack, config, parts.probe_embedding),
    }


def to_input(config: CtClipConfig) -> dict:
    """scripts/data_inference_nii.py: axes (z, x, y) of a volume whose x runs to the left and y to the back."""
    return {
        "axisCodes": "SLP",
        "shape": list(config.shape),
        "spacingMm": list(config.spacing_mm),
        "interpolation": "trilinear",
        "sizeRounding": "truncate",
        "huClip": [-1000, 1000],
        "huDivisor": 1000,
        "padValue": -1,
        "cropRule": "centre",
    }


def build_probe(pack: PackFolder, config: CtClipConfig, expected: NDArray[np.float32]) -> dict:
    stored, repeat = draw_probe(config.shape)
    given = {
        "kind": "int8-file",
        **pack.write("ct-parity.i8", stored.tobytes()),
        "shape": list(stored.shape),
        "divisor": INT8_DIVISOR,
        "repeat": [repeat] * 3,
    }
    return {"input": given, "expected": to_numbers(expected), "minCosine": PROBE_COSINE}
