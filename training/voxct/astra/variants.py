"""The trunk in each precision, held against PyTorch before it goes into a pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.astra.folding import FoldedTrunk
from voxct.astra.graphs_parts import Variant, export_parts
from voxct.astra.trunk import AstraTrunk
from voxct.ctclip.graphs_check import check_part
from voxct.ctclip.session import StagedSession

PROVIDERS: dict[Variant, list[str]] = {"fp16": ["webgpu"], "fp32": ["webgpu", "wasm"]}
ORDER: tuple[Variant, ...] = ("fp16", "fp32")
NEEDED: dict[Variant, float] = {"fp32": 0.9999, "fp16": 0.999}
"""Of the centred embedding with PyTorch's, on every volume."""
PROBE_SLACK = 0.004
"""The browser's self-test asks this much less of fp16: kernels on a GPU add up in other orders."""
TOO_ALIKE = 1e-4
"""Of the mean tokens of two volumes: a trunk that answers every scan alike is broken."""


@dataclass(frozen=True)
class VariantReport:
    """cosine: the lowest over the volumes; error: the largest of a token; bytes: of its files; limit: cosine asked."""

    variant: str
    cosine: float
    error: float
    bytes: int
    limit: float

    @property
    def passed(self) -> bool:
        return self.cosine >= self.limit

    def describe(self) -> str:
        verdict = "passed" if self.passed else f"left out, {self.limit} is needed"
        return (
            f"{self.variant}: cosine {self.cosine:.6f} with PyTorch, largest difference of a token {self.error:.1e}, "
            f"{self.bytes / 1e6:.1f} MB: {verdict}"
        )


@dataclass(frozen=True)
class Expected:
    """volumes [1, 1, *shape] and the reference's tokens [*grid, D] of each; the first volume is the probe."""

    volumes: list[NDArray[np.float32]]
    tokens: list[NDArray[np.float32]]

    def centre(self) -> NDArray[np.float32]:
        """Mean of the volumes' mean tokens: uncentred, any two chests have a cosine above .8, and errors hide."""
        return np.mean([each.mean((0, 1, 2)) for each in self.tokens], axis=0)


def expect(folded: FoldedTrunk, volumes: list[NDArray[np.float32]]) -> Expected:
    """Raises ValueError where the trunk gives what is no number, or the same for different volumes."""
    trunk = AstraTrunk(folded)
    tokens = [trunk(torch.from_numpy(volume))[0].numpy() for volume in volumes]
    if not all(np.isfinite(each).all() for each in tokens):
        raise ValueError("the trunk gives values that are no numbers: the weights are damaged, fetch them again")
    means = np.stack([each.mean((0, 1, 2)) for each in tokens])
    scale = max(float(np.abs(means).max()), 1e-12)
    if len(means) > 1 and float(np.abs(means - means[0]).max(axis=1)[1:].min()) < TOO_ALIKE * scale:
        raise ValueError("the trunk gives the same for different volumes: the weights are damaged, fetch them again")
    return Expected(volumes, tokens)


def build_variants(
    folded: FoldedTrunk,
    folder: Path,
    wanted: tuple[str, ...],
    expected: Expected,
    threads: int,
    say: Callable[[str], None],
) -> tuple[list[dict], list[VariantReport]]:
    """Entries of the manifest's ct.trunk, and what was measured. A variant that falls short is said and removed; fp32
    falling short raises ValueError, as a graph does that no provider of its variant could hold.
    """
    entries, reports = [], []
    for variant in [name for name in ORDER if name in wanted]:
        say(f"{variant}: exporting")
        parts = export_parts(folded, folder, variant)
        for part in parts:
            check_part(folder / part["file"], webgpu=True)
        report = measure(folder, parts, variant, expected, threads)
        reports.append(report)
        say(report.describe())
        if report.passed:
            entries.append(to_entry(parts, variant))
        elif variant == "fp32":
            raise ValueError(f"the exported graphs disagree with PyTorch: {report.describe()}")
        else:
            for part in parts:
                (folder / part["file"]).unlink()
    return entries, reports


def to_entry(parts: list[dict], variant: Variant) -> dict:
    first, *rest = parts
    entry = {**first, "variant": variant, "providers": PROVIDERS[variant]}
    if variant != "fp32":
        entry["minCosine"] = round(NEEDED[variant] - PROBE_SLACK, 6)
    return {**entry, **({"next": rest} if rest else {})}


def measure(folder: Path, parts: list[dict], variant: Variant, expected: Expected, threads: int) -> VariantReport:
    session = StagedSession(folder, parts, None, threads, keep=False)
    centre = expected.centre() if len(expected.tokens) > 1 else 0.0
    cosines, errors = [], []
    for volume, reference in zip(expected.volumes, expected.tokens, strict=True):
        tokens = session.encode(volume)[0]
        own, true = tokens.mean((0, 1, 2)) - centre, reference.mean((0, 1, 2)) - centre
        cosines.append(float(own @ true / (np.linalg.norm(own) * np.linalg.norm(true))))
        errors.append(float(np.abs(tokens - reference).max()))
    size = sum(part["bytes"] for part in parts)
    return VariantReport(variant, min(cosines), max(errors), size, NEEDED[variant])
