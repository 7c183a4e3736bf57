"""A pack's CT graphs as an archive's worker uses them: one volume in, one unit embedding out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.corpora.ct_input import prepare_input
from voxct.corpora.refusals import Refused
from voxct.ctclip.session import StagedSession
from voxct.library.archive import Case, read_case
from voxct.library.probe import check_probe, read_probe
from voxct.pack.rules import locate

PREFERRED = ("fp32", "int8", "q8", "q4", "fp16")
"""onnxruntime on a CPU: the exact one, then the quick one; half precision is emulated there."""
HEAT_GAP = 2e-3
"""Sums of up to 14,000 places; int8 heads lie within 1e-3."""


def read_manifest(pack: Path) -> dict:
    path = pack / "manifest.json"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: --pack names no model pack")
    return json.loads(path.read_text(encoding="utf-8"))


def choose_variant(manifest: dict, asked: str | None = None) -> tuple[dict, dict]:
    """Entries of trunk and head. The head is tiny: where it lacks the trunk's variant its first one does."""
    trunks = {entry["variant"]: entry for entry in manifest["ct"]["trunk"]}
    heads = {entry["variant"]: entry for entry in manifest["ct"]["head"]}
    name = asked or next(each for each in PREFERRED if each in trunks)
    if name not in trunks:
        raise ValueError(f"the pack has no variant {name}: choose one of {', '.join(trunks)}")
    return trunks[name], heads.get(name) or heads.get("fp32") or manifest["ct"]["head"][0]


def place_files(part: dict, pack: Path) -> dict:
    """The graph's entry with whole paths: a file may lie in the pack beside this one."""
    rest = [place_files(each, pack) for each in part.get("next", [])]
    return {**part, "file": str(locate(part, pack).resolve()), **({"next": rest} if rest else {})}


class PackEncoder:
    """Opens the graphs once; 2.5 GB with CT-CLIP's in fp32 (their weights are mapped from the files)."""

    def __init__(self, pack: Path, variant: str | None, threads: int) -> None:
        manifest = read_manifest(pack)
        self.pack, self.spec, self.parity = pack, manifest["ct"]["input"], manifest["ct"]["parity"]
        self.trunk, head = choose_variant(manifest, variant)
        missing = [entry["file"] for entry in (self.trunk, head) if not locate(entry, pack).exists()]
        if missing:
            raise FileNotFoundError(f"{pack} lacks {', '.join(missing)}")
        self.session = StagedSession(pack, place_files(self.trunk, pack), place_files(head, pack), threads)
        self.directions = np.eye(1, manifest["embedding"]["dimension"], dtype=np.float32)

    def embed(self, case: Case) -> NDArray[np.float32]:
        """[dimension] of unit length. Raises Refused."""
        return self.look(case)[0]

    def look(self, case: Case) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Embedding [dimension] of unit length, tokens [1, *grid, D]. Raises Refused."""
        try:
            volume = prepare_input(read_case(case), self.spec)
        except MemoryError as error:
            raise Refused("needs more memory than there is: use fewer --workers") from error
        tokens = self.session.encode(volume[None, None])
        embedding = self.session.look(tokens, self.directions)[0][0]
        if not np.isfinite(embedding).all():
            raise Refused("has an embedding that is no number: the pack's graphs fail on it")
        return embedding / np.linalg.norm(embedding), tokens

    def run(self, volume: NDArray[np.float32]) -> NDArray[np.float32]:
        """[1, 1, *shape] -> [dimension]."""
        return self.session.look(self.session.encode(volume), self.directions)[0][0]

    def check_linear(self) -> None:
        """Raises ValueError where the head is not linear in the tokens: the heat of a direction then does not sum to
        its cosine, and no projection of the tokens could take the head's place.
        """
        probe = read_probe(self.parity["input"], self.pack, self.spec["shape"])
        directions = np.random.default_rng(0).normal(size=(4, self.directions.shape[1])).astype(np.float32)
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        embedding, heat = self.session.look(self.session.encode(probe), directions)
        gap = np.abs(heat.reshape(len(directions), -1).sum(1) - directions @ embedding[0]).max()
        if not gap < HEAT_GAP:
            raise ValueError(
                f"{self.pack}: the head is not linear in the tokens (heat off by {gap:.1e}): no --features"
            )

    def check(self) -> None:
        """The pack's self-test. Raises ValueError: what is wrong is the pack, not a file of the archive."""
        try:
            answer = self.run(read_probe(self.parity["input"], self.pack, self.spec["shape"]))
        except Exception as error:  # onnxruntime has no common ancestor of its exceptions
            reason = " ".join(str(error).split())[:200]
            raise ValueError(f"the graphs of {self.pack} can't be run ({reason})") from error
        check_probe(answer, self.parity, self.trunk)
