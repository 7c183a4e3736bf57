"""The CT encoder's exported graphs."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.onnx_session import open_session


class CtSession:
    """Trunk and head of a folder with ct-trunk.onnx and ct-head.onnx."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.trunk = open_session(Path(folder) / "ct-trunk.onnx", threads)
        self.head = open_session(Path(folder) / "ct-head.onnx", threads)

    def encode(self, volume: NDArray[np.float32]) -> NDArray[np.float32]:
        """volume [1, 1, *shape] -> tokens [1, *grid, width]."""
        return self.trunk.run(["tokens"], {"volume": volume})[0]

    def look(self, tokens: NDArray, directions: NDArray) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """tokens, directions [n, latent] -> embedding [1, latent], heat [n, *grid]."""
        embedding, heat = self.head.run(
            ["embedding", "heat"], {"tokens": tokens, "directions": directions.astype(np.float32)}
        )
        return embedding, heat
