"""The trunk and head in each precision, compared with the reference before they go into a pack."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from voxct.ct.ctvit import CtVit
from voxct.ctclip.graphs import export_variant
from voxct.ctclip.reference import CtClip
from voxct.ctclip.session import StagedSession
from voxct.pack.rules import list_files
from voxct.pack.telling import refuse_alike

FP32_COSINE = 0.9999
REDUCED_COSINE = 0.999
"""Of the embedding with the reference's, on every volume; the second of every precision but fp32."""
PROVIDERS = {
    "fp32": ["webgpu", "wasm"],
    "fp16": ["webgpu"],
    "q8": ["webgpu"],
    "q4": ["webgpu"],
    "int8": ["wasm"],
}
ORDER = ("fp16", "q8", "q4", "int8", "fp32")
PROBE_SLACK = 0.004
"""The browser's self-test asks this much less: other kernels round otherwise, and a code that flips costs a little."""
HEAT_TOLERANCE = 1e-3


@dataclass(frozen=True)
class VariantReport:
    """cosine: the lowest over the volumes; heat_gap: largest |sum of heat - cosine|, within the graph itself."""

    variant: str
    cosine: float
    heat_gap: float
    bytes: int
    needed: float

    @property
    def passed(self) -> bool:
        return self.cosine >= self.needed and self.heat_gap <= HEAT_TOLERANCE


@dataclass(frozen=True)
class Expected:
    """volumes [1, 1, *shape], the reference's unit embeddings [latent] of them, directions [m, latent] to look in."""

    volumes: list[NDArray[np.float32]]
    embeddings: list[NDArray[np.float32]]
    directions: NDArray[np.float32]
    reduced_cosine: float = REDUCED_COSINE

    def needed(self, variant: str) -> float:
        return FP32_COSINE if variant == "fp32" else self.reduced_cosine


@torch.no_grad()
def expect(
    model: CtClip,
    volumes: list[NDArray[np.float32]],
    directions: NDArray[np.float32],
    reduced_cosine: float = REDUCED_COSINE,
) -> Expected:
    embeddings = [model.encode_image(torch.from_numpy(volume))[0].numpy() for volume in volumes]
    refuse_alike(volumes, embeddings)
    return Expected(volumes, embeddings, directions, reduced_cosine)


def build_variants(
    vit: CtVit,
    weight: Tensor,
    folder: Path,
    wanted: list[str],
    expected: Expected,
    threads: int,
    say: Callable[[str], None],
) -> tuple[dict[str, list[dict]], list[VariantReport]]:
    """{"trunk": [...], "head": [...]} of the variants that passed, and what was measured of all.

    A variant that falls short is said and its files are removed; fp32 falling short raises ValueError.
    """
    graphs: dict[str, list[dict]] = {"trunk": [], "head": []}
    reports = []
    for variant in [name for name in ORDER if name in wanted]:
        say(f"{variant}: exporting")
        entries = export_entries(vit, weight, folder, variant, expected.needed(variant))
        report = measure(folder, entries, variant, expected, threads)
        reports.append(report)
        say(describe(report))
        if report.passed:
            for part, entry in entries.items():
                graphs[part].append(entry)
        elif variant == "fp32":
            raise ValueError(f"the exported graphs disagree with PyTorch: {describe(report)}")
        else:
            remove_files(folder, entries, graphs)
    return graphs, reports


def export_entries(vit: CtVit, weight: Tensor, folder: Path, variant: str, needed: float) -> dict[str, dict]:
    """One manifest entry of the trunk and one of the head."""
    parts = export_variant(vit, weight, folder, variant)
    first, *rest = parts["trunk"]
    common = {"variant": variant, "providers": PROVIDERS[variant]}
    if variant != "fp32":
        common["minCosine"] = round(needed - PROBE_SLACK, 6)
    trunk = {**first, **common} | ({"next": rest} if rest else {})
    return {"trunk": trunk, "head": {**parts["head"], **common}}


def measure(folder: Path, entries: dict[str, dict], variant: str, expected: Expected, threads: int) -> VariantReport:
    session = StagedSession(folder, entries["trunk"], entries["head"], threads)
    unit = expected.directions / np.linalg.norm(expected.directions, axis=1, keepdims=True)
    cosines, gaps = [], []
    for volume, reference in zip(expected.volumes, expected.embeddings, strict=True):
        embedding, heat = session.look(session.encode(volume), expected.directions)
        cosines.append(float(embedding[0] @ reference / np.linalg.norm(embedding[0])))
        gaps.append(float(np.abs(heat.sum((1, 2, 3), dtype=np.float64) - unit @ embedding[0]).max()))
    size = sum({entry["file"]: entry["bytes"] for entry in list_files(entries)}.values())
    return VariantReport(variant, float(np.min(cosines)), float(np.max(gaps)), size, expected.needed(variant))


def describe(report: VariantReport) -> str:
    verdict = "passed" if report.passed else f"left out, {report.needed} is needed"
    return (
        f"{report.variant}: cosine {report.cosine:.6f} with PyTorch, heat off by {report.heat_gap:.1e}, "
        f"{report.bytes / 1e6:.1f} MB: {verdict}"
    )


def remove_files(folder: Path, entries: dict[str, dict], kept: dict[str, list[dict]]) -> None:
    wanted = {entry["file"] for entry in list_files(kept)}
    for entry in list_files(entries):
        if entry["file"] not in wanted:
            (folder / entry["file"]).unlink(missing_ok=True)
