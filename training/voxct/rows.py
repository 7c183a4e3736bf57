"""A row of the results table on disk: a trained model's scores on each split, apart from the code that trained it.

<rows>/<row id>/row.json        id, group, title, paper, seed, command, notes
<rows>/<row id>/<split>.npz     labels int64 [n, 18], scores float32 [n, 18] (higher = present: margin or logit),
                                seeds int64 [n], and embeddings float32 [n, d] where the model has them
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

FINDINGS = 18
SPLITS = ("validation", "internal", "external")
GROUPS = ("supervised", "ctclip", "vocabfine", "classfine", "speech-naive", "speechct", "bundled", "radclip", "acula")


@dataclass(frozen=True)
class RowCard:
    """What the table says beside the figures."""

    id: str
    group: str
    title: str
    paper: str
    seed: int
    command: str
    notes: str = ""


@dataclass(frozen=True)
class RowScores:
    """One split of a row; shapes as in the module's docstring."""

    labels: NDArray[np.int64]
    scores: NDArray[np.float32]
    seeds: NDArray[np.int64]
    embeddings: NDArray[np.float32] | None = None


def write_row(
    folder: Path,
    split: str,
    labels: ArrayLike,
    scores: ArrayLike,
    seeds: ArrayLike,
    embeddings: ArrayLike | None = None,
) -> Path:
    """folder = <rows>/<row id>, made if missing. Raises ValueError on wrong shapes or numbers that are not finite."""
    row = RowScores(
        np.asarray(labels, np.int64),
        np.asarray(scores, np.float32),
        np.asarray(seeds, np.int64),
        None if embeddings is None else np.asarray(embeddings, np.float32),
    )
    check_scores(row, split)
    arrays = {name: value for name, value in vars(row).items() if value is not None}
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / f"{split}.npz", **arrays)
    return folder / f"{split}.npz"


def check_scores(row: RowScores, split: str) -> None:
    n = len(row.seeds)
    if split not in SPLITS:
        raise ValueError(f"split {split!r} is none of {SPLITS}")
    if row.labels.shape != (n, FINDINGS) or row.scores.shape != (n, FINDINGS) or row.seeds.shape != (n,):
        raise ValueError(f"shapes {row.labels.shape}, {row.scores.shape}, {row.seeds.shape}")
    if not np.isin(row.labels, (0, 1)).all() or not np.isfinite(row.scores).all():
        raise ValueError("labels have to be 0 or 1, scores finite")
    if row.embeddings is not None and (row.embeddings.ndim != 2 or len(row.embeddings) != n):
        raise ValueError(f"embeddings {row.embeddings.shape} for {n} cases")


def write_row_json(folder: Path, card: RowCard) -> Path:
    """Raises ValueError on an unknown group or an id that is not the folder's name."""
    folder = Path(folder)
    if card.group not in GROUPS:
        raise ValueError(f"group {card.group!r} is none of {GROUPS}")
    if card.id != folder.name:
        raise ValueError(f"row {card.id!r} in folder {folder.name!r}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "row.json"
    path.write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")
    return path


def read_row(folder: Path) -> tuple[RowCard, dict[str, RowScores]]:
    """The card and those splits that lie in the folder."""
    folder = Path(folder)
    card = RowCard(**json.loads((folder / "row.json").read_text(encoding="utf-8")))
    splits = {}
    for split in SPLITS:
        path = folder / f"{split}.npz"
        if path.exists():
            with np.load(path) as arrays:
                splits[split] = RowScores(**{name: arrays[name] for name in arrays.files})
    return card, splits


def list_rows(folder: Path) -> list[Path]:
    """Folders of rows in <rows>, by name."""
    return sorted(path.parent for path in Path(folder).glob("*/row.json"))
