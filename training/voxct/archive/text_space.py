"""The space that scans are aligned to: texts become embeddings in it, and its prompts name the findings.

`BundledSpace` is what ships: the pack's own text tower, its written and spoken prompts, its speech encoder. A user's
own towers come by the same interface (own_towers.py).
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voxct.findings import FINDING_IDS
from voxct.onnx_session import open_session
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, list_files, locate
from voxct.text.pack_space import PackSpace, open_pack_space
from voxct.text.statuses import STATUSES

PRESENT, ABSENT, UNCERTAIN = (STATUSES.index(name) for name in ("present", "absent", "uncertain"))
SURE = 0.5
"""Probability from which a sentence is taken to state something: then no other status can be likelier."""
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|[\r\n]+")
UNKNOWN = -1


class UnsuitableTower(ValueError):
    """Says what the text or speech tower lacks."""


class TextSpace(Protocol):
    """prompts [18, 2, d] written ones, spoken [18, 2, d] or None; all unit. kind: of the prompts for what is said."""

    prompts: NDArray[np.float32]
    spoken: NDArray[np.float32] | None
    logit_scale: float
    told: str
    """In words, for the card: which towers."""

    def embed(self, reports: list[str]) -> NDArray[np.float32]:
        """Unit embeddings [n, d]."""
        ...

    def write(self, pack: PackFolder) -> dict:
        """Copies what the browser needs; the manifest's `findings` (without a scan's calibration), `prompts`,
        `promptKind` and, where there are any, `speech` and `text`.
        """
        ...


class ReportReader:
    """What a report states of the 18 findings, sentence by sentence, by the text tower that ships."""

    def __init__(self, pack: Path) -> None:
        manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
        section = manifest.get("text")
        if section is None:
            raise UnsuitableTower(f"{pack} has no text tower")
        self.tokenizer = Tokenizer.from_file(str(locate(section["tokenizer"], pack)))
        self.most = section["maxTokens"]
        self.session = open_session(locate(section["encoder"][0], pack))
        if "statuses" not in [output.name for output in self.session.get_outputs()]:
            raise UnsuitableTower(f"the text tower of {pack} does not say what a sentence states")
        self.known: dict[str, NDArray[np.float32]] = {}

    def read(self, report: str) -> NDArray[np.float32]:
        """[18, 5]: of each finding the largest probability of each status over the sentences."""
        sentences = [text for text in SENTENCE_END.split(report) if text.strip()]
        return np.max([self.read_sentence(text) for text in sentences], axis=0)

    def read_sentence(self, text: str) -> NDArray[np.float32]:
        """Sentences of reports repeat: each is read once."""
        if text not in self.known:
            ids = self.tokenizer.encode(text).ids[: self.most]
            self.known[text] = self.session.run(["statuses"], {"ids": np.array([ids], np.int64)})[0]
        return self.known[text]


def to_labels(told: NDArray[np.float32]) -> NDArray[np.int64]:
    """[n, 18, 5] -> [n, 18]: 1 stated, 0 denied, past or not mentioned, UNKNOWN where it is left open."""
    present, open_ = told[..., PRESENT] >= SURE, told[..., UNCERTAIN] >= SURE
    return np.where(present, 1, np.where(open_, UNKNOWN, 0)).astype(np.int64)


def to_shares(told: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, 18, 5] -> of present and absent [n, 18, 2]; what one sentence states no other one takes away."""
    present = told[..., PRESENT]
    absent = np.where(present >= SURE, 0, told[..., ABSENT])
    return np.stack([present, absent], -1).astype(np.float32)


@dataclass
class BundledSpace:
    """Of a pack with speech.reading and a text tower of statuses."""

    pack: Path
    space: PackSpace
    reader: ReportReader
    manifest: dict
    prompts: NDArray[np.float32]
    spoken: NDArray[np.float32] | None
    logit_scale: float
    told: str = "the bundled pack's text tower and speech encoder"

    def embed(self, reports: list[str]) -> NDArray[np.float32]:
        import torch

        told = np.stack([self.reader.read(report) for report in reports])
        return self.space.mix(torch.from_numpy(to_shares(told))).numpy()

    def write(self, pack: PackFolder) -> dict:
        """The pack's sections as they are, every file copied: a pack that is brought must be whole."""
        names = ("findings", "prompts", "promptKind", "speech", "text")
        sections = {name: self.manifest[name] for name in names if name in self.manifest}
        for entry in list_files(sections):
            shutil.copyfile(locate(entry, self.pack), pack.folder / entry["file"])
        return drop_siblings(sections)


def open_bundled(pack: Path) -> BundledSpace:
    """Raises UnsuitableTower."""
    try:
        manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
        space = open_pack_space(pack)
    except (OSError, KeyError) as error:
        raise UnsuitableTower(f"{pack}: no pack whose space can be told (speech.reading, prompts; {error})") from error
    wrong = check_files({name: manifest[name] for name in ("prompts", "speech", "text") if name in manifest}, pack)
    if wrong:
        raise UnsuitableTower(f"{pack}: {'; '.join(wrong)}")
    stored = np.fromfile(pack / manifest["prompts"]["file"], "<f4").reshape(len(FINDING_IDS), 2, 2, space.dimension)
    return BundledSpace(
        pack, space, ReportReader(pack), manifest, stored[:, :, 0], stored[:, :, 1], manifest["embedding"]["logitScale"]
    )


def drop_siblings(part: object) -> object:
    """Files that lay in a pack beside lie in this one now."""
    if isinstance(part, list):
        return [drop_siblings(item) for item in part]
    if not isinstance(part, dict):
        return part
    is_file = {"file", "bytes", "sha256"} <= part.keys()
    return {key: drop_siblings(value) for key, value in part.items() if not (is_file and key == "pack")}
