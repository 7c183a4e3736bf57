"""Trunk and head of a second target in their variants, each compared with PyTorch on structured volumes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from voxct.ct.parity import assert_parity
from voxct.ct.session import CtSession
from voxct.ctclip.body import draw_body
from voxct.ctclip.probe import choose_repeat
from voxct.graph_variants import LEAST_COSINE, PROVIDERS, make_variant
from voxct.onnx_session import open_session
from voxct.pack.files import describe_file
from voxct.pack.telling import refuse_alike
from voxct.radclip.export_graph import export_head, export_trunk
from voxct.targets.config import TargetConfig
from voxct.targets.tower import TargetImage

MOST_BYTES = 1_900_000_000
"""Of one graph: protobuf ends at 2 GB."""
PROBE_LEVELS = 50
"""Steps of the stored probe a unit: int8 then spans values of -2.5 to 2.5."""


@dataclass(frozen=True)
class Measured:
    """Lowest cosine with PyTorch over the volumes."""

    variant: str
    cosine: float
    bytes: int


def draw_probe(target: TargetConfig, seed: int = 7) -> tuple[NDArray[np.int8], int]:
    """A drawn body as the encoder's input, int8 [*shape / repeat], and repeat; value = stored / PROBE_LEVELS."""
    shape, given = target.encoder.shape, target.input
    repeat = choose_repeat(shape)
    hu = draw_body(seed, tuple(n // repeat for n in shape)) * 1000
    values = (np.clip(hu, *given["huClip"]) - given.get("huOffset", 0)) / given["huDivisor"]
    return np.rint(values * PROBE_LEVELS).clip(-127, 127).astype(np.int8), repeat


def enlarge(stored: NDArray[np.int8], repeat: int) -> NDArray[np.float32]:
    """float32 [1, 1, *shape], as the browser makes it."""
    volume = stored.astype(np.float32) / np.float32(PROBE_LEVELS)
    for axis in range(3):
        volume = volume.repeat(repeat, axis)
    return volume[None, None]


def export_graphs(
    tower: TargetImage, target: TargetConfig, folder: Path, variants: tuple[str, ...], directions: NDArray[np.float32]
) -> tuple[dict[str, list[dict]], list[Measured]]:
    """{"trunk", "head"} of the manifest's `ct`, in the order of `variants`; the head is float32 alone.

    float32 that disagrees with PyTorch raises ValueError; another variant that does is left out.
    """
    numbers = sum(each.numel() for each in tower.parameters())
    if numbers * 4 > MOST_BYTES:
        raise ValueError(f"{numbers / 1e6:.0f} M parameters do not fit one float32 graph")
    whole, head = folder / "ct-trunk.onnx", folder / "ct-head.onnx"
    export_trunk(tower, whole)
    share_equal_weights(whole)
    export_head(tower, head)
    volumes = [enlarge(*draw_probe(target, seed)) for seed in (7, 8)]
    with torch.no_grad():
        refuse_alike(volumes, [tower(torch.from_numpy(volume))[0].numpy() for volume in volumes])
    assert_parity(tower, CtSession(folder), np.concatenate(volumes), directions)
    entries, measured = [], []
    for variant in variants:
        path = whole if variant == "fp32" else folder / f"ct-trunk-{variant}.onnx"
        if variant != "fp32":
            make_variant(whole, path, variant)
        cosine = measure(tower, path, head, volumes, directions)
        measured.append(Measured(variant, cosine, path.stat().st_size))
        if cosine >= LEAST_COSINE[variant]:
            entries.append(to_entry(path, variant))
        elif variant == "fp32":
            raise ValueError(f"the exported graph disagrees with PyTorch: lowest cosine {cosine:.6f}")
        else:
            path.unlink()
    return {"trunk": entries, "head": [to_entry(head, "fp32")]}, measured


def share_equal_weights(path: Path) -> None:
    """Keeps one of several initializers of like content: rows cut in parts pass the same matrix more than once."""
    model = onnx.load(str(path))
    first: dict[tuple, str] = {}
    names = {}
    for tensor in model.graph.initializer:
        key = (tensor.data_type, tuple(tensor.dims), hashlib.sha256(tensor.raw_data).digest())
        if tensor.raw_data:
            names[tensor.name] = first.setdefault(key, tensor.name)
    kept = [tensor for tensor in model.graph.initializer if names.get(tensor.name, tensor.name) == tensor.name]
    for node in model.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    onnx.save(model, str(path))


def to_entry(path: Path, variant: str) -> dict:
    entry = {**describe_file(path), "variant": variant, "providers": list(PROVIDERS[variant])}
    return entry if variant == "fp32" else {**entry, "minCosine": LEAST_COSINE[variant]}


@torch.no_grad()
def measure(tower: TargetImage, trunk: Path, head: Path, volumes: list[NDArray], directions: NDArray) -> float:
    runs, looks, cosines = open_session(trunk), open_session(head), []
    for volume in volumes:
        tokens = runs.run(["tokens"], {"volume": volume})[0]
        embedding = looks.run(["embedding"], {"tokens": tokens, "directions": directions})[0][0]
        cosines.append(float(embedding @ tower(torch.from_numpy(volume))[0].numpy()))
    return float(np.min(cosines))
