"""The tiny pack with its trunk in parts: three graphs in the place of one, equal in their numbers.

Patch embedding in two slabs, a mixing matrix in two slabs, its inverse and the activation on the whole. The first and
the last graph name the same external-data file; every other file is that of the tiny pack.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, external_data_helper, helper

from voxct.pack.files import describe_file
from voxct.tiny.graphs import GRID, SHAPE, WIDTH, Weights, encode_volume, save_graph
from voxct.tiny.pack import save_raw, to_numbers

EXTERNAL = "weights.bin"
SLABS = 2
STORED, REPEAT = (2, 3, 4), (2, 2, 2)
"""Shape of the stored probe, and how often each voxel stands in the volume."""

n = helper.make_node


def draw_rotation(seed: int) -> np.ndarray:
    """An orthogonal matrix float32 [WIDTH, WIDTH]: its transpose is its inverse."""
    return np.linalg.qr(np.random.default_rng(seed).standard_normal((WIDTH, WIDTH)))[0].astype(np.float32)


def move_out(path: Path, weights: dict[str, tuple[int, int]]) -> None:
    """Makes the named initializers of a saved graph point to bytes (offset, length) of the external file."""
    model = onnx.load(path, load_external_data=False)
    for tensor in model.graph.initializer:
        if tensor.name in weights:
            offset, length = weights[tensor.name]
            external_data_helper.set_external_data(tensor, EXTERNAL, offset, length)
            tensor.data_location = TensorProto.EXTERNAL
            tensor.ClearField("raw_data")
    path.write_bytes(model.SerializeToString())


def save_external(path: Path, arrays: dict[str, np.ndarray]) -> dict[str, tuple[int, int]]:
    """Writes the arrays one after the other; gives the place of each."""
    places, blob = {}, b""
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array).tobytes()
        places[name] = (len(blob), len(raw))
        blob += raw
    path.write_bytes(blob)
    return places


def save_first(path: Path, w: Weights) -> None:
    """One slab of the volume → patch embeddings before the activation."""
    depth, tokens = SHAPE[0] // SLABS, [1, GRID[0] // SLABS, *GRID[1:], WIDTH]
    nodes = [
        n("Reshape", ["volume", "split"], ["cells"]),
        n("Transpose", ["cells"], ["patches"], perm=[0, 2, 4, 1, 3, 5]),
        n("Reshape", ["patches", "rows"], ["flat"]),
        n("MatMul", ["flat", "patch"], ["projected"]),
        n("Add", ["projected", "bias"], ["shifted"]),
        n("Reshape", ["shifted", "grid"], ["tokens"]),
    ]
    constants = {
        "split": np.array([tokens[1], 2, GRID[1], 2, GRID[2], 2]),
        "rows": np.array([-1, 8]),
        "grid": np.array(tokens),
        "patch": w.patch,
        "bias": w.patch_bias,
    }
    save_graph(path, nodes, {"volume": [1, 1, depth, *SHAPE[1:]]}, {"tokens": tokens}, constants)


def save_mixing(path: Path, first_axis: int, matrix: np.ndarray, *, activated: bool) -> None:
    """Tokens times a matrix; the name of the constant is `unmix` where the activation follows, else `mix`."""
    name, last = ("unmix", "mixed") if activated else ("mix", "tokens")
    # ONNX has no graph whose input and output share a name.
    nodes = [n("MatMul", ["tokens_in", name], [last])] + ([n("Tanh", ["mixed"], ["tokens"])] if activated else [])
    shape = [1, first_axis, *GRID[1:], WIDTH]
    save_graph(path, nodes, {"tokens_in": shape}, {"tokens": shape}, {name: matrix})


def write_trunk(w: Weights, folder: Path) -> dict:
    """Writes the parts and what they share; gives the variant of the manifest."""
    rotation = draw_rotation(seed=7)
    places = save_external(folder / EXTERNAL, {"patch": w.patch, "bias": w.patch_bias, "unmix": rotation.T})
    save_first(folder / "trunk-1.onnx", w)
    save_mixing(folder / "trunk-2.onnx", GRID[0] // SLABS, rotation, activated=False)
    save_mixing(folder / "trunk-3.onnx", GRID[0], rotation.T, activated=True)
    for name in ("trunk-1.onnx", "trunk-3.onnx"):
        move_out(folder / name, places)
    external = [describe_file(folder / EXTERNAL)]
    first, second, third = (describe_file(folder / f"trunk-{part}.onnx") for part in (1, 2, 3))
    return {
        **first,
        "external": external,
        "slabs": SLABS,
        "work": 0.5,
        "variant": "fp32",
        "providers": ["webgpu", "wasm"],
        "next": [{**second, "slabs": SLABS, "work": 0.3}, {**third, "external": external, "work": 0.2}],
    }


def to_staged(manifest: dict, folder: Path) -> dict:
    """Writes the files of the staged pack and returns its manifest, made from that of the tiny pack."""
    w = Weights(seed=5)
    stored = np.random.default_rng(8).integers(-127, 128, STORED, dtype=np.int8)
    volume = stored.repeat(REPEAT[0], 0).repeat(REPEAT[1], 1).repeat(REPEAT[2], 2) / np.float32(127)
    probe = {"kind": "int8-file", **save_raw(folder / "ct-parity.i8", stored), "shape": list(STORED), "divisor": 127}
    ct = {
        **manifest["ct"],
        "trunk": [write_trunk(w, folder)],
        "head": share(manifest["ct"]["head"]),
        "parity": {
            "input": {**probe, "repeat": list(REPEAT)},
            "expected": to_numbers(encode_volume(w, volume)),
            "minCosine": 0.9999,
        },
    }
    others = {key: share(manifest[key]) for key in ("speech", "prompts", "library", "outOfDistribution")}
    return {**manifest, **others, "id": "tiny-staged", "title": "Tiny pack in parts", "ct": ct}


def share(value: object) -> object:
    """A copy whose files lie in the tiny pack."""
    if isinstance(value, list):
        return [share(item) for item in value]
    if not isinstance(value, dict):
        return value
    copied = {key: share(item) for key, item in value.items()}
    return {**copied, "pack": "tiny"} if "sha256" in value else copied
