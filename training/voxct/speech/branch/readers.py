"""Readers of a clause, judged side by side: the pack's own ears, the branch, and the text tower on the true words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.speech.branch.features import FrozenEncoder
from voxct.speech.branch.model import BranchConfig, SpeechBranch
from voxct.speech.branch.reading import Limits, call_statuses, read_limits
from voxct.speech.branch.task import pad_frames
from voxct.speech.listener import Listener
from voxct.speech.reading import read_shares, to_said_scores
from voxct.text.pack_space import PackSpace
from voxct.text.status_tower import load_status_tower


class Reader(Protocol):
    def tell(self, sound: NDArray[np.float32], words: str) -> NDArray[np.float32]:
        """A clause -> P(status) [18, 5] (STATUSES)."""

    def call(self, told: NDArray[np.float32]) -> NDArray[np.int64]:
        """[n, 18, 5] -> indices into STATUSES [n, 18]."""


class PackEars:
    """The pack's speech encoder at the pack's thresholds; it knows present and absent alone."""

    def __init__(self, pack: Path, space: PackSpace) -> None:
        self.listener, self.duals = Listener(pack / "speech.onnx"), space.duals.numpy()
        limits = [one["thresholds"]["speech"] for one in json.loads((pack / "manifest.json").read_text())["findings"]]
        self.present, self.absent = (np.array([limit[name] for limit in limits]) for name in ("present", "absent"))

    def tell(self, sound: NDArray[np.float32], _: str) -> NDArray[np.float32]:
        shares = read_shares(self.listener.hear(sound).embedding[None], self.duals)[0]
        told = np.zeros((len(shares), 5), np.float32)
        told[:, 1:3] = shares
        return told

    def call(self, told: NDArray[np.float32]) -> NDArray[np.int64]:
        scores = to_said_scores(told[..., 1:3])
        return np.where(scores >= self.present, 1, np.where(scores <= self.absent, 2, 0))


class BranchEars:
    """The branch behind the encoder's graph, at the limits beside its weights."""

    def __init__(self, graph: Path, folder: Path, space: PackSpace) -> None:
        self.encoder, self.branch = FrozenEncoder(graph), load_branch(folder, space)
        self.limits = read_limits(folder)

    @torch.no_grad()
    def tell(self, sound: NDArray[np.float32], _: str) -> NDArray[np.float32]:
        return self.branch(*pad_frames([self.encoder.encode(sound)]))[1][0].exp().numpy()

    def call(self, told: NDArray[np.float32]) -> NDArray[np.int64]:
        return call_statuses(told, self.limits)


class TrueWords:
    """What the text tower would read if every word were heard."""

    def __init__(self, folder: Path, space: PackSpace) -> None:
        self.tower = load_status_tower(folder, space)

    def tell(self, _: NDArray[np.float32], words: str) -> NDArray[np.float32]:
        return self.tower.encode([words])[1][0].numpy()

    def call(self, told: NDArray[np.float32]) -> NDArray[np.int64]:
        return call_statuses(told, Limits())


def load_branch(folder: Path, space: PackSpace) -> SpeechBranch:
    saved = torch.load(folder / "branch.pt", map_location="cpu", weights_only=True)
    branch = SpeechBranch(BranchConfig(**saved["config"]), space)
    branch.load_state_dict(saved["state"])
    return branch.eval()
