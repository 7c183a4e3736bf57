"""A speech encoder that people bring -> graphs with their variants, and the manifest's `speech` section."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.ct.export_graph import OPSET, check_operators
from voxct.findings import FINDING_IDS
from voxct.graph_variants import LEAST_COSINE, PROVIDERS, make_variant
from voxct.pack.files import PackFolder, describe_file
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.open_encoder import OpenEncoder, hear, run_graph, run_module
from voxct.speech.waveform.encoder import measure_field

MOST_BYTES = 1_900_000_000
"""Of one graph: protobuf ends at 2 GB. Whisper medium's encoder has 1.2 GB in float32, large's 2.5 GB."""
INT16 = 32768


@dataclass(frozen=True)
class Measured:
    """Lowest cosine with PyTorch over the clips, and the size of the file."""

    variant: str
    cosine: float
    bytes: int


def export_encoder(encoder: OpenEncoder, path: Path) -> None:
    """`audio` f32[1,samples] -> `embedding` f32[1,dimension], opset 18; samples are free unless they are fixed."""
    numbers = sum(each.numel() for each in encoder.module.parameters())
    if numbers * 4 > MOST_BYTES:
        raise ValueError(f"{numbers / 1e6:.0f} M parameters do not fit one float32 file; take a smaller encoder")
    samples = encoder.fixed_samples or 3 * SAMPLE_RATE_HZ
    free = None if encoder.fixed_samples else {"audio": {1: torch.export.Dim("samples", min=shortest(encoder))}}
    torch.onnx.export(
        encoder.module,
        (torch.randn(1, samples) * 0.1,),
        str(path),
        input_names=["audio"],
        output_names=["embedding"],
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
        dynamic_shapes=free,
        verbose=False,
    )
    check_operators(path)


def shortest(encoder: OpenEncoder) -> int:
    """Samples that two frames need."""
    reach, stride = measure_field(encoder.module.model.config)
    return reach + stride


def export_variants(
    encoder: OpenEncoder, folder: Path, variants: tuple[str, ...], clips: list[NDArray[np.float32]]
) -> tuple[list[dict], list[Measured]]:
    """The manifest's `speech.encoder` in the given order, and what was measured of every variant.

    float32 must agree with PyTorch (ValueError); another variant that does not is left out. Clips: float32 [samples].
    """
    whole = folder / "speech-fp32.onnx"
    export_encoder(encoder, whole)
    expected = [hear(run_module(encoder.module), clip, encoder) for clip in clips]
    entries, measured = [], []
    for variant in dict.fromkeys(("fp32", *variants)):
        path = folder / f"speech-{variant}.onnx"
        if variant != "fp32":
            make_variant(whole, path, variant)
        cosine = measure(encoder, path, clips, expected)
        measured.append(Measured(variant, cosine, path.stat().st_size))
        if not cosine >= LEAST_COSINE[variant]:
            refuse(variant, cosine, path)
        elif variant in variants:
            entries.append(to_entry(path, variant))
    if "fp32" not in variants:
        whole.unlink()
    return sorted(entries, key=lambda entry: variants.index(entry["variant"])), measured


def measure(encoder: OpenEncoder, path: Path, clips: list[NDArray], expected: list[NDArray]) -> float:
    run = run_graph(path)
    return min(float(hear(run, clip, encoder) @ wanted) for clip, wanted in zip(clips, expected, strict=True))


def refuse(variant: str, cosine: float, path: Path) -> None:
    """A small variant is removed; the float32 one stops the export."""
    if variant == "fp32":
        raise ValueError(f"the exported graph disagrees with PyTorch: lowest cosine {cosine:.6f}")
    path.unlink()


def to_entry(path: Path, variant: str) -> dict:
    entry = {**describe_file(path), "variant": variant, "providers": list(PROVIDERS[variant])}
    return entry if variant == "fp32" else {**entry, "minCosine": LEAST_COSINE[variant]}


def write_speech(
    encoder: OpenEncoder, folder: Path, variants: tuple[str, ...], clips: list[NDArray[np.float32]]
) -> list[Measured]:
    """speech.json, the manifest's `speech` section, beside the files that it names. The first clip is the self-test."""
    pack = PackFolder(folder)
    stored = np.rint(clips[0] * INT16).clip(-INT16, INT16 - 1).astype("<i2")
    probe = stored.astype(np.float32) / INT16
    graphs, measured = export_variants(encoder, folder, variants, [probe, *clips[1:]])
    given = {"kind": "int16-file", **pack.write("speech-parity.i16", stored.tobytes()), "shape": [len(stored)]}
    expected = hear(run_module(encoder.module), probe, encoder)
    section = {
        "sampleRateHz": SAMPLE_RATE_HZ,
        "windowSeconds": encoder.rule.window_seconds,
        "overlapSeconds": encoder.rule.overlap_seconds,
        **({"fixedSamples": encoder.fixed_samples} if encoder.fixed_samples else {}),
        "encoder": graphs,
        "parity": {
            "input": {**given, "divisor": INT16},
            "expected": [round(float(x), 7) for x in expected],
            "minCosine": LEAST_COSINE["fp32"],
        },
    }
    (folder / "speech.json").write_text(json.dumps(section, indent=1) + "\n", encoding="utf-8")
    return measured


def write_spoken_prompts(encoder: OpenEncoder, folder: Path, clips: list[NDArray[np.float32]]) -> None:
    """spoken_prompts.npy: float32 [18, 2 (present, absent), dimension], unit rows, from 36 clips in CT-RATE's order."""
    run = run_module(encoder.module)
    rows = np.stack([hear(run, clip, encoder) for clip in clips])
    np.save(folder / "spoken_prompts.npy", rows.reshape(len(FINDING_IDS), 2, -1).astype(np.float32))
