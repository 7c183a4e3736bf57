"""Spoken reports and held-out sentences embedded by every speech row: for retrieval and for the alignment figures.

python scripts/embed_spoken.py --rows speech-naive-s1 speechct-s1 acula-post acula-joint
python scripts/embed_spoken.py --bundled public/models/phantom-mini    # the shipped graph, and the text tower

Writes <rows>/<row>/reports-<split>.npz {seeds, embeddings}: the unit mean of the embeddings of 12 s windows;
reports-sentences-<split>.npz: the same over the report's sentences; <rows>/<row>/alignment.json.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import train_alignment
from torch.nn import functional as F

from voxct.alignment.losses import debiased_linear_cka, linear_cka
from voxct.alignment.material import embed_store, language_latents, open_store, summable_texts
from voxct.alignment.spoken import mean_by_owner

SPLITS = ("internal", "external")
UNITS = {"windows": "reports", "sentences": "reports-sentences"}


@dataclass(frozen=True)
class Config:
    rows: tuple[str, ...]
    base: train_alignment.Config


def main(config: Config) -> None:
    for row in config.rows:
        run = replace(config.base, name=row)
        encoder, folder = train_alignment.load_aligned(run), run.rows / row
        for split in SPLITS:
            for unit, name in UNITS.items():
                store = open_store(run.frames / f"{split}-{unit}")
                save_reports(folder / f"{name}-{split}.npz", embed_store(encoder, store), store.about)
        speech = torch.from_numpy(embed_store(encoder, open_store(run.frames / "sentences")))
        figures = measure_alignment(speech, run)
        (folder / "alignment.json").write_text(json.dumps(figures, indent=1) + "\n")
        print(row, json.dumps(figures), flush=True)


def save_reports(file: Path, embeddings: np.ndarray, about: list[dict]) -> None:
    """One unit mean a case, in the order in which the cases come."""
    owners = np.array([clip["seed"] for clip in about])
    seeds, first, which = np.unique(owners, return_index=True, return_inverse=True)
    order = np.argsort(first)
    means = mean_by_owner(embeddings, which, len(seeds))
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(file, seeds=seeds[order], embeddings=means[order])


def measure_alignment(speech: torch.Tensor, run: train_alignment.Config) -> dict:
    """Linear CKA and mean cosine of speech and text latents of the same sentences, and with the sentences shuffled.

    "linear_cka" is the debiased estimate, against the frozen text teacher; the language model has no cosine.
    """
    store = run.frames / "sentences"
    text = F.normalize(summable_texts(run.text, store), dim=-1)
    language = language_latents(run.lm, store)
    order = torch.randperm(len(text), generator=torch.Generator().manual_seed(0))
    return {
        "n": len(text),
        "linear_cka": float(debiased_linear_cka(speech, text)),
        "mean_cosine": float((speech * text).sum(1).mean()),
        "chance_cka": float(debiased_linear_cka(speech, text[order])),
        "chance_cosine": float((speech * text[order]).sum(1).mean()),
        "linear_cka_biased": float(linear_cka(speech, text)),
        "language_cka": float(debiased_linear_cka(speech, language)),
        "language_cka_biased": float(linear_cka(speech, language)),
        "language_chance_cka": float(debiased_linear_cka(speech, language[order])),
        "language_model": run.lm,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="+")
    torch.set_num_threads(1)
    main(Config(tuple(parser.parse_args().rows), train_alignment.Config("")))
