"""The manifest of a second target's pack."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voxct.ctclip.calibration import calibrate_prompts
from voxct.pack.files import PackFolder
from voxct.pack.sections import build_findings, build_prompts, to_numbers
from voxct.targets.config import TargetConfig
from voxct.targets.export_graph import PROBE_LEVELS

PROBE_COSINE = 0.999
SPEECHLESS = {"present": 2.0, "absent": -2.0}
"""No margin of cosines reaches them: nothing is said where no encoder hears."""
RANDOM = "Random weights: every score means nothing."
UNCALIBRATED = "Not calibrated: thresholds lie where present and absent weigh the same."


@dataclass(frozen=True)
class Parts:
    """probe: stored volume and repeat; expected [latent] its embedding by PyTorch; prompts [18, 2, latent], unit."""

    id: str
    target: TargetConfig
    graphs: dict[str, list[dict]]
    probe: tuple[NDArray[np.int8], int]
    expected: NDArray[np.float32]
    prompts: NDArray[np.float32]
    logit_scale: float
    is_random: bool


def build_manifest(pack: PackFolder, parts: Parts) -> dict:
    """Writes prompts and probe into the pack; the library is empty (scripts/build_library.py fills it)."""
    calibrations = calibrate_prompts(None, parts.prompts, parts.logit_scale)
    return {
        "schema": "voxct-pack/1",
        "id": parts.id,
        "version": "1",
        **to_words(parts),
        "embedding": {"dimension": parts.target.encoder.latent, "logitScale": parts.logit_scale},
        "ct": build_ct(pack, parts),
        "findings": build_findings([vars(each) for each in calibrations], SPEECHLESS),
        "calibrated": False,
        "prompts": build_prompts(pack, parts.prompts, None),
        "promptKind": {"ct": "text", "speech": "text"},
        "library": {"labelProvenance": "No case yet: scripts/build_library.py embeds an archive.", "cases": []},
        "evaluation": [],
    }


def to_words(parts: Parts) -> dict:
    words = parts.target.words
    limits = [*words["limits"], UNCALIBRATED, *([RANDOM] if parts.is_random else [])]
    return {
        **words,
        "trainedOn": "nothing: random weights" if parts.is_random else words["trainedOn"],
        "intendedUse": "Research on chest CT, on the device of whoever holds the checkpoint. No diagnosis.",
        "clinical": False,
        "limits": limits,
    }


def build_ct(pack: PackFolder, parts: Parts) -> dict:
    encoder, (stored, repeat) = parts.target.encoder, parts.probe
    given = {
        "kind": "int8-file",
        **pack.write("ct-parity.i8", stored.tobytes()),
        "shape": list(stored.shape),
        "divisor": PROBE_LEVELS,
        "repeat": [repeat] * 3,
    }
    return {
        "input": parts.target.input,
        "tokenGrid": list(encoder.grid),
        "tokenDimension": encoder.width,
        **parts.graphs,
        "parity": {"input": given, "expected": to_numbers(parts.expected), "minCosine": PROBE_COSINE},
    }
