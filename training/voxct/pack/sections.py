"""The manifest's sections, each built from what training and evaluation wrote."""

import json
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voxct.ct.guard import GuardStatistics
from voxct.ct.session import CtSession
from voxct.data.chunks import INT8_DIVISOR, Case, Chunk, to_model_input
from voxct.findings import CT_RATE_FINDINGS, FINDING_LABELS
from voxct.pack.files import PackFolder, to_graph
from voxct.pack.rules import list_files
from voxct.pack.spoken import to_spoken
from voxct.pack.synonyms import SYNONYMS
from voxct.speech.listener import Listener

MIN_COSINE = 0.999
INT8_MIN_COSINE = 0.995
LANGUAGE = "language.bin"  # words and n-grams of the transcript, from build_language.py


def build_ct(pack: PackFolder, onnx: Path, ct_input: dict, probe: Chunk, quantized: dict[str, float]) -> dict:
    """Graphs, token grid, and a validation phantom as the parity probe. Its embedding is computed by the graphs, which
    the export has compared with PyTorch (parity.json).

    quantized: {"trunk" | "head": lowest cosine measured} of int8 graphs beside the others; they stand after fp32, so
    that a browser takes them only when it is told to, and are meant for wasm alone (WebGPU has no MatMulInteger).
    """
    session = CtSession(onnx)
    volume = np.asarray(probe.volumes[0])
    tokens = session.encode(to_model_input(volume[None]))
    direction = np.ones((1, session.head.get_inputs()[1].shape[1]), np.float32)
    graphs = {}
    for part in ("trunk", "head"):
        graphs[part] = to_graph(pack.copy(f"ct-{part}.onnx", onnx / f"ct-{part}.onnx"))
        if part in quantized:
            entry = pack.copy(f"ct-{part}-int8.onnx", onnx / f"ct-{part}-int8.onnx")
            graphs[part] += [{**to_graph(entry, "int8", ("wasm",))[0], "minCosine": quantized[part]}]
    return {
        "input": ct_input,
        "tokenGrid": list(tokens.shape[1:4]),
        "tokenDimension": tokens.shape[4],
        **graphs,
        "parity": build_ct_probe(pack, volume, session.look(tokens, direction)[0][0]),
    }


def build_ct_probe(pack: PackFolder, volume: NDArray[np.int8], expected: NDArray[np.float32]) -> dict:
    entry = pack.write("ct-parity.i8", volume.tobytes())
    given = {"kind": "int8-file", **entry, "shape": list(volume.shape), "divisor": INT8_DIVISOR}
    return {"input": given, "expected": to_numbers(expected), "minCosine": MIN_COSINE}


def build_speech(pack: PackFolder, run: Path, golden: Path, alphabet: list[str]) -> dict:
    """The encoder and the golden clip (16-bit, 16 kHz) with the embedding that the speech recipe recorded for it."""
    expected = json.loads((golden / "expected.json").read_text(encoding="utf-8"))
    clip, rate = soundfile.read(golden / "clip.wav", dtype="int16")
    assert rate == 16000 and clip.ndim == 1, "the golden clip must be mono, 16 kHz"
    heard = Listener(run / "speech.onnx").hear(clip.astype(np.float32) / 32768).embedding
    if heard @ np.array(expected["embedding"]) < MIN_COSINE:
        raise ValueError("the golden clip's embedding is another speech graph's: export the speech encoder again")
    given = {
        "kind": "int16-file",
        **pack.write("speech-parity.i16", clip.astype("<i2").tobytes()),
        "shape": [len(clip)],
        "divisor": 32768,
    }
    reading = run / "reading.npy"
    directions = np.load(reading).astype("<f4") if reading.exists() else None
    read = {} if directions is None else {"reading": pack.write("speech-reading.bin", directions.tobytes())}
    language = {"language": pack.copy("language.bin", run / LANGUAGE)} if (run / LANGUAGE).exists() else {}
    return {
        "sampleRateHz": 16000,
        "windowSeconds": 12,
        "overlapSeconds": 1,
        "encoder": [*to_graph(pack.copy("speech.onnx", run / "speech.onnx")), *find_speech_int8(pack, run)],
        "parity": {"input": given, "expected": to_numbers(expected["embedding"]), "minCosine": MIN_COSINE},
        "alphabet": alphabet,
        **language,
        **read,
    }


def find_speech_int8(pack: PackFolder, run: Path) -> list[dict]:
    """The int8 variant, where export_speech.py made one that passed its limits."""
    report, graph = run / "int8.json", run / "speech.int8.onnx"
    if not (report.exists() and graph.exists() and json.loads(report.read_text(encoding="utf-8"))["passed"]):
        return []
    entry = to_graph(pack.copy("speech-int8.onnx", graph), "int8", ("wasm",))[0]
    return [{**entry, "minCosine": INT8_MIN_COSINE}]


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
                "spoken": to_spoken(finding_id),
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


def build_out_of_distribution(pack: PackFolder, guard: GuardStatistics, phantoms_only: bool = True) -> dict:
    """What evaluate.py fitted: mean and whitening projection of the regions' mean tokens."""
    return {
        "statistics": pack.write("ood.bin", guard.to_bytes()),
        "limit": guard.limit,
        "regions": list(guard.regions),
        "components": len(guard.projection),
        **({"phantomsOnly": True} if phantoms_only else {}),
    }


def share_speech(sibling: Path) -> dict:
    """The speech section of a pack beside this one, its files named there: nothing is copied."""
    section = json.loads((sibling / "manifest.json").read_text(encoding="utf-8"))["speech"]
    return mark_files(section, sibling.name)


def share_equal_files(part: object, sibling: Path) -> object:
    """Entries whose content the sibling pack holds too (prompts, the probe's volume) name it; nothing is kept twice."""
    held = {entry["sha256"]: entry["file"] for entry in list_files(json.loads((sibling / "manifest.json").read_text()))}

    def share(part: object) -> object:
        if isinstance(part, list):
            return [share(item) for item in part]
        if not isinstance(part, dict):
            return part
        shared = {key: share(value) for key, value in part.items()}
        if "sha256" in part and "pack" not in part and part["sha256"] in held:
            shared |= {"file": held[part["sha256"]], "pack": sibling.name}
        return shared

    return share(part)


def mark_files(part: object, pack_id: str) -> object:
    """Every file entry anywhere in a section gets the name of the pack that holds it."""
    if isinstance(part, list):
        return [mark_files(item, pack_id) for item in part]
    if not isinstance(part, dict):
        return part
    own = {"pack": pack_id} if {"file", "bytes", "sha256"} <= part.keys() else {}
    return {**{key: mark_files(value, pack_id) for key, value in part.items()}, **own}


def build_prompts(pack: PackFolder, text: NDArray, speech: NDArray | None) -> dict:
    """float32 [18, 2, 2, d]: finding, (positive, negative), (text, speech)."""
    return pack.write_floats("prompts.bin", np.stack([text, text if speech is None else speech], axis=2))


def to_numbers(values: NDArray | list[float]) -> list[float]:
    return [round(float(value), 7) for value in values]
