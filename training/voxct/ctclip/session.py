"""The parts of a variant run with native onnxruntime as the browser runs them: one after the other, slab by slab."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from voxct.onnx_session import open_session


def open_part(folder: Path, part: dict, threads: int) -> onnxruntime.InferenceSession:
    return open_session(Path(folder) / part["file"], threads, keeps_arena=False, warns=False)


def run_part(session: onnxruntime.InferenceSession, value: NDArray[np.float32], slabs: int) -> NDArray[np.float32]:
    """value f32[1, 1, D, H, W] (the volume) or f32[1, S, …]; the sliced axis is the first spatial one, S."""
    name = session.get_inputs()[0].name
    axis = 2 if name == "volume" else 1
    pieces = [session.run(None, {name: np.ascontiguousarray(piece)})[0] for piece in np.split(value, slabs, axis)]
    return pieces[0] if slabs == 1 else np.concatenate(pieces, axis=1)


class StagedSession:
    """trunk: the manifest's parts in order; head: its part. Sessions stay open unless `keep` is false."""

    def __init__(
        self,
        folder: Path | str,
        trunk: dict | list[dict],
        head: dict | None = None,
        threads: int = 2,
        keep: bool = True,
    ) -> None:
        self.folder, self.head, self.threads, self.keep = Path(folder), head, threads, keep
        self.parts = list_parts(trunk)
        self.sessions: dict[str, onnxruntime.InferenceSession] = {}
        self.seconds: dict[str, float] = {}
        """Of the last encode, a part; without opening the session."""

    def open(self, part: dict) -> onnxruntime.InferenceSession:
        session = self.sessions.get(part["file"]) or open_part(self.folder, part, self.threads)
        if self.keep:
            self.sessions[part["file"]] = session
        return session

    def stages(self, volume: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
        """What each part gives, in order."""
        value = volume
        for part in self.parts:
            session = self.open(part)
            begin = perf_counter()
            value = run_part(session, value, part.get("slabs", 1))
            self.seconds[part["file"]] = perf_counter() - begin
            yield value

    def encode(self, volume: NDArray[np.float32]) -> NDArray[np.float32]:
        """volume [1, 1, *shape] in [-1, 1] -> tokens [1, *grid, width]."""
        return deque(self.stages(volume), maxlen=1).pop()

    def look(
        self, tokens: NDArray[np.float32], directions: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """tokens, directions [n, latent] -> embedding [1, latent], heat [n, *grid]."""
        feeds = {"tokens": tokens, "directions": np.ascontiguousarray(directions, np.float32)}
        embedding, heat = self.open(self.head).run(["embedding", "heat"], feeds)
        return embedding, heat

    def close(self) -> None:
        self.sessions.clear()


def list_parts(trunk: dict | list[dict]) -> list[dict]:
    """The manifest's variant (its first part, with `next`), or the list that export_variant gives."""
    return trunk if isinstance(trunk, list) else [trunk, *trunk.get("next", [])]
