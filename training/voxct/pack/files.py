"""Files of a pack: written beside the manifest, named there with length and hash."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class PackFolder:
    """Collects the files of one pack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, content: bytes) -> dict:
        """{file, bytes, sha256}"""
        (self.folder / name).write_bytes(content)
        return describe_file(self.folder / name)

    def copy(self, name: str, source: Path) -> dict:
        shutil.copyfile(source, self.folder / name)
        return describe_file(self.folder / name)

    def write_floats(self, name: str, values: NDArray) -> dict:
        return self.write(name, np.ascontiguousarray(values, dtype="<f4").tobytes())


def describe_file(path: Path) -> dict:
    content = path.read_bytes()
    return {"file": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def to_graph(entry: dict, variant: str = "fp32", providers: tuple[str, ...] = ("webgpu", "wasm")) -> list[dict]:
    """A graph with one variant."""
    return [{**entry, "variant": variant, "providers": list(providers)}]
