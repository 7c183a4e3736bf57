"""The CT encoder under test: a pack's own graphs, or those of a run that is not packed yet."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.ct.guard import GuardStatistics
from voxct.ct.session import CtSession


@dataclass(frozen=True)
class CtSource:
    """Graphs, text prompts [18, 2, d], the factor of the cosine, and what the graphs' bytes are called."""

    session: CtSession
    prompts: NDArray[np.float32]
    logit_scale: float
    key: str
    """First 16 digits of the sha256 over both graphs and the prompts: the name of everything cached."""


def open_pack(folder: Path) -> CtSource:
    """A pack as the browser reads it; nothing else is needed to make its CT figures again."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    stored = np.fromfile(folder / manifest["prompts"]["file"], "<f4").reshape(18, 2, 2, -1)
    prompts = np.ascontiguousarray(stored[:, :, ("text", "speech").index(manifest["promptKind"]["ct"])])
    return to_source(folder, prompts, manifest["embedding"]["logitScale"])


def open_pack_guard(folder: Path) -> GuardStatistics | None:
    """The guard that the pack ships; None if it has none by regions."""
    section = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("outOfDistribution", {})
    if "regions" not in section:
        return None
    stored = np.fromfile(folder / section["statistics"]["file"], "<f4")
    d = len(stored) // (section["components"] + 1)
    return GuardStatistics(stored[:d], stored[d:].reshape(-1, d), section["limit"], tuple(section["regions"]))


def open_run(onnx: Path, text: Path, tower: Path | None, card: Path | None) -> CtSource:
    """onnx: folder of ct-trunk.onnx and ct-head.onnx; the logit scale from a card (JSON) or a checkpoint."""
    if card:
        scale = json.loads(card.read_text(encoding="utf-8"))["logit_scale"]
    else:
        scale = torch.load(tower, map_location="cpu", weights_only=True)["log"]["logit_scale"]
    return to_source(onnx, np.load(text / "prompts.npy"), float(scale))


def to_source(folder: Path, prompts: NDArray, logit_scale: float) -> CtSource:
    content = hashlib.sha256()
    for name in ("ct-trunk.onnx", "ct-head.onnx"):
        content.update((folder / name).read_bytes())
    content.update(np.ascontiguousarray(prompts, "<f4").tobytes())
    return CtSource(CtSession(folder), prompts.astype(np.float32), logit_scale, content.hexdigest()[:16])


def read_commit(root: Path) -> str:
    """Short id of the commit that is checked out, or "unknown" where the repository is not at hand."""
    try:
        head = (root / ".git/HEAD").read_text(encoding="utf-8").strip()
        if head.startswith("ref: "):
            head = (root / ".git" / head.removeprefix("ref: ")).read_text(encoding="utf-8").strip()
        return head[:10]
    except OSError:
        return "unknown"
