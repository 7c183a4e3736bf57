"""Embeddings of whole corpora by a frozen tower: computed once, kept in journals, shared out among processes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, Dataset

from voxct.contrastive.distributed import Place, wait_for_all
from voxct.contrastive.precision import autocast
from voxct.contrastive.volumes import to_volume
from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.ct_rate.source import VolumeSource
from voxct.corpora.journal import Journal, Row
from voxct.corpora.refusals import Refused
from voxct.ctclip.reference import CtClip

Vectors = dict[str, NDArray[np.float32]]


class Readable(Dataset):
    """index -> stored numbers, or the reason why there are none."""

    def __init__(self, entries: Sequence[Entry], source: VolumeSource) -> None:
        self.entries, self.source = entries, source

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> NDArray | str:
        try:
            return self.source.read(self.entries[index])
        except Refused as refused:
            return str(refused)


@torch.no_grad()
def embed_volumes(
    model: CtClip, entries: Sequence[Entry], source: VolumeSource, device: torch.device, precision: str, workers: int,
    keep: Callable[[Row], None] | None = None,
) -> Vectors:  # fmt: skip
    """Unit embeddings [latent] by volume name. Files that can't be read are left out; `keep` hears of each file."""
    found: Vectors = {}
    loader = DataLoader(
        Readable(entries, source),
        batch_size=None,
        num_workers=workers,
        collate_fn=keep_as_is,
        generator=torch.Generator(),
    )
    for entry, read in zip(entries, loader, strict=True):
        name = str(entry.name)
        if isinstance(read, str):
            row = Row(name, refused=read)
        else:
            with autocast(precision, device):
                volume = to_volume(torch.from_numpy(read)[None], source.divisor, device)
                vector = model.encode_image(volume)[0].float()
            row = Row(name, torch.nn.functional.normalize(vector, dim=-1).cpu().numpy())
            found[name] = row.embedding
        if keep:
            keep(row)
    return found


def keep_as_is(read: NDArray | str) -> NDArray | str:
    return read


def embed_corpus(
    model: CtClip, entries: Sequence[Entry], source: VolumeSource, place: Place, precision: str, workers: int,
    folder: Path, made_by: dict,
) -> tuple[Vectors, dict[str, str]]:  # fmt: skip
    """Embeddings and refusals (reason by name) of all entries. What the journals in `folder` hold is not made again."""
    done, _ = read_journals(folder, made_by)
    wanted = [entry for entry in entries if str(entry.name) not in done]
    wait_for_all()
    with Journal(folder / f"embeddings-{place.rank}.jsonl", made_by) as journal:
        embed_volumes(model, wanted[place.rank :: place.world], source, place.device, precision, workers, journal.add)
    wait_for_all()
    rows, refused = read_journals(folder, made_by)
    names = {str(entry.name) for entry in entries}
    vectors = {name: row.embedding for name, row in rows.items() if name in names and row.embedding is not None}
    return vectors, {name: reason for name, reason in refused.items() if name in names}


def read_journals(folder: Path, made_by: dict) -> tuple[dict[str, Row], dict[str, str]]:
    rows = {
        row.name: row for path in sorted(folder.glob("embeddings-*.jsonl")) for row in Journal(path, made_by).rows()
    }
    return rows, {name: row.refused for name, row in rows.items() if row.refused}


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
