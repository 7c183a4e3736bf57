"""The manifest's sections, each built from what training and evaluation wrote."""

import json
from pathlib import Path

import numpy as np
import soundfile
import torch
from numpy.typing import NDArray

from voxct.ct.ctclip import CtClipImage
from voxct.ct.session import CtSession
from voxct.ct.strangers import fit_token_statistics
from voxct.data.chunks import INT8_DIVISOR, Case, Chunk, to_model_input
from voxct.findings import CT_RATE_FINDINGS, FINDING_LABELS
from voxct.pack.files import PackFolder, to_graph
from voxct.pack.synonyms import SYNONYMS

MIN_COSINE = 0.999


def build_ct(pack: PackFolder, tower: CtClipImage, onnx: Path, ct_input: dict, probe: Chunk) -> dict:
    """Graphs, token grid, and a validation phantom as the parity probe."""
    return {
        "input": ct_input,
        "tokenGrid": list(tower.config.grid),
        "tokenDimension": tower.config.width,
        "trunk": to_graph(pack.copy("ct-trunk.onnx", onnx / "ct-trunk.onnx")),
        "head": to_graph(pack.copy("ct-head.onnx", onnx / "ct-head.onnx")),
        "parity": build_ct_probe(pack, tower, np.asarray(probe.volumes[0])),
    }


def build_ct_probe(pack: PackFolder, tower: CtClipImage, volume: NDArray[np.int8]) -> dict:
    with torch.no_grad():
        expected = tower.eval()(torch.from_numpy(to_model_input(volume[None])))[0]
    entry = pack.write("ct-parity.i8", volume.tobytes())
    given = {"kind": "int8-file", **entry, "shape": list(volume.shape), "divisor": INT8_DIVISOR}
    return {"input": given, "expected": to_numbers(expected.numpy()), "minCosine": MIN_COSINE}


def build_speech(pack: PackFolder, run: Path, golden: Path, alphabet: list[str]) -> dict:
    """The encoder and the golden clip (16-bit, 16 kHz) with the embedding that the speech recipe recorded for it."""
    expected = json.loads((golden / "expected.json").read_text(encoding="utf-8"))
    clip, rate = soundfile.read(golden / "clip.wav", dtype="int16")
    assert rate == 16000 and clip.ndim == 1, "the golden clip must be mono, 16 kHz"
    given = {
        "kind": "int16-file",
        **pack.write("speech-parity.i16", clip.astype("<i2").tobytes()),
        "shape": [len(clip)],
        "divisor": 32768,
    }
    return {
        "sampleRateHz": 16000,
        "windowSeconds": 12,
        "overlapSeconds": 1,
        "encoder": to_graph(pack.copy("speech.onnx", run / "speech.onnx")),
        "parity": {"input": given, "expected": to_numbers(expected["embedding"]), "minCosine": MIN_COSINE},
        "alphabet": alphabet,
    }


def build_findings(calibrations: list[dict], speech_thresholds: dict | None) -> list[dict]:
    """Calibration and CT thresholds a finding; the speech thresholds are common to all findings."""
    rows = []
    for (finding_id, label), c in zip(CT_RATE_FINDINGS, calibrations, strict=True):
        ct = {"present": c["present"], "absent": c["absent"]}
        speech = speech_thresholds or ct
        rows.append(
            {
                "id": finding_id,
                "label": label,
                "synonyms": list(SYNONYMS[finding_id]),
                "calibration": {"slope": c["slope"], "offset": c["offset"]},
                "thresholds": {"ct": ct, "speech": {key: speech[key] for key in ("present", "absent")}},
                "prevalence": c["prevalence"],
            }
        )
    return rows


def build_library(pack: PackFolder, session: CtSession, chunks: list[Chunk]) -> dict:
    """Embeddings by the exported graphs of cases that the app renders again from their seeds."""
    cases = [case for chunk in chunks for case in chunk.cases]
    volumes = (np.asarray(chunk.volumes[row : row + 1]) for chunk in chunks for row in range(len(chunk.cases)))
    direction = np.ones((1, session.head.get_inputs()[1].shape[1]), np.float32)
    embeddings = [session.look(session.encode(to_model_input(volume)), direction)[0][0] for volume in volumes]
    return {
        "embeddings": pack.write_floats("library.bin", np.stack(embeddings)),
        "labelProvenance": "The phantom generator's own truth: what it drew, not what a reader or a model found.",
        "cases": [to_library_case(index, case) for index, case in enumerate(cases)],
    }


def to_library_case(index: int, case: Case) -> dict:
    names = [label for label, present in zip(FINDING_LABELS, case.labels, strict=True) if present]
    told = ", ".join(names[:3]).lower() + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    title = f"Phantom {index + 1:03d}: {told or 'no finding'}"
    return {
        "id": f"phantom-{case.seed}",
        "title": title,
        "labels": list(case.labels),
        "open": {"kind": "phantom", "seed": case.seed},
    }


def build_out_of_distribution(pack: PackFolder, train_tokens: NDArray, validation_tokens: NDArray) -> dict:
    """Mean tokens [n, d] of both splits."""
    statistics = fit_token_statistics(train_tokens, validation_tokens)
    return {"statistics": pack.write("ood.bin", statistics.to_bytes()), "limit": statistics.limit}


def build_prompts(pack: PackFolder, text: NDArray, speech: NDArray | None) -> dict:
    """float32 [18, 2, 2, d]: finding, (positive, negative), (text, speech)."""
    return pack.write_floats("prompts.bin", np.stack([text, text if speech is None else speech], axis=2))


def to_numbers(values: NDArray | list[float]) -> list[float]:
    return [round(float(value), 7) for value in values]
