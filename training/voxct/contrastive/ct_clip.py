"""CT-CLIP as a task of the loop: symmetric InfoNCE of volumes and reports, or VocabFine's prompts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from voxct.contrastive.batches import StepSampler, plan_batches
from voxct.contrastive.checkpoints import save_atomically
from voxct.contrastive.distributed import Place, gather_objects
from voxct.contrastive.embedding import embed_volumes
from voxct.contrastive.loop import LoopConfig
from voxct.contrastive.losses import info_nce
from voxct.contrastive.precision import choose_precision
from voxct.contrastive.sentences import encode_in_batches, pad_sentences
from voxct.contrastive.towers import Towers
from voxct.contrastive.validation import recall_figures, to_score, zero_shot_figures
from voxct.contrastive.volumes import Volumes, add_refusals, load_steps, to_volume
from voxct.corpora.ct_rate.listing import Entry
from voxct.corpora.ct_rate.source import VolumeSource
from voxct.corpora.journal import Row
from voxct.corpora.refusals import Refusal
from voxct.findings import list_prompts
from voxct.finetune.vocabfine import vocabfine_loss

Objective = Literal["clip", "vocabfine"]


@dataclass(frozen=True)
class Corpus:
    """Entries with reports; of `validation`, one a scan."""

    train: Sequence[Entry]
    validation: Sequence[Entry]
    source: VolumeSource


class CtClipTask:
    """See voxct.contrastive.loop.Task."""

    def __init__(self, towers: Towers, tokenizer: Tokenizer, corpus: Corpus, objective: Objective, config: LoopConfig,
                 place: Place, out: Path) -> None:  # fmt: skip
        self.modules, self.tokenizer, self.corpus, self.objective = (
            towers.to(place.device),
            tokenizer,
            corpus,
            objective,
        )
        self.config, self.place, self.out = config, place, out
        names = [entry.name.scan for entry in corpus.train]
        self.plan = plan_batches(names, config.batch, config.seed, place.rank, place.world)
        numbers = {scan: n for n, scan in enumerate(dict.fromkeys(names))}
        self.scans = torch.tensor([numbers[scan] for scan in names])
        self.validated: dict[str, np.ndarray] = {}
        if objective == "vocabfine" and any(entry.labels is None for entry in corpus.train):
            raise ValueError("VocabFine needs the labels of every train volume")

    def batches(self, first: int, last: int) -> Iterator[dict]:
        dataset = Volumes(self.corpus.train, self.corpus.source)
        sampler = StepSampler(self.plan, first, last)
        for batch in load_steps(dataset, sampler, self.config.workers, self.place.device.type == "cuda"):
            add_refusals(self.out / f"refused-{self.place.rank}.jsonl", batch["refused"])
            entries = [self.corpus.train[n] for n in batch["index"].tolist()]
            yield {
                "volume": to_volume(batch["stored"], self.corpus.source.divisor, self.place.device),
                "scans": self.scans[batch["index"]].to(self.place.device),
                "entries": entries,
                "text": self.to_sentences(entries),
            }

    def to_sentences(self, entries: list[Entry]) -> tuple[Tensor, Tensor]:
        texts = [each.report.whole for each in entries] if self.objective == "clip" else list_prompts()
        return pad_sentences(self.tokenizer, texts, self.modules.model.config.text, self.place.device)

    def loss(self, modules: nn.Module, batch: dict) -> tuple[Tensor, dict[str, float]]:
        self.modules.train()
        image, text, temperature = modules(batch["volume"], *batch["text"])
        figures = {"logit_scale": float(temperature.detach().exp())}
        if self.objective == "clip":
            return info_nce(image, text, batch["scans"], temperature), figures
        labels = torch.tensor([entry.labels for entry in batch["entries"]], device=image.device, dtype=torch.float32)
        prompts = text.float().view(-1, 2, text.shape[-1])
        return vocabfine_loss(image.float(), prompts, labels, temperature.exp()), figures

    @torch.no_grad()
    def validate(self) -> dict:
        """Every process embeds its share of the scans."""
        self.modules.eval()
        share = self.corpus.validation[self.place.rank :: self.place.world]
        precision = choose_precision(self.config.precision, self.place.device)
        own = embed_volumes(
            self.modules.model, share, self.corpus.source, self.place.device, precision, self.config.workers, self.note
        )
        found = {name: vector for part in gather_objects(own) for name, vector in part.items()}
        kept = [entry for entry in self.corpus.validation if str(entry.name) in found]
        images = np.stack([found[str(entry.name)] for entry in kept])
        texts = self.encode([entry.report.whole for entry in kept])
        prompts = self.encode(list_prompts()).reshape(-1, 2, images.shape[1])
        self.validated = keep_labelled(images, [entry.labels for entry in kept])
        figures = zero_shot_figures(images, prompts, [entry.labels for entry in kept]) | recall_figures(texts, images)
        return {"score": to_score(figures), **figures}

    def note(self, row: Row) -> None:
        if row.refused:
            add_refusals(self.out / f"refused-{self.place.rank}.jsonl", [Refusal(f"{row.name}.nii.gz", row.refused)])

    def encode(self, texts: list[str]) -> np.ndarray:
        return encode_in_batches(self.modules.model, self.tokenizer, texts, self.place.device)

    def export(self, out: Path) -> None:
        """ct-clip.pt: a state dict with CT-CLIP's own names; validation.npz: what export_ct_clip calibrates on."""
        state = {name: value.detach().cpu() for name, value in self.modules.model.state_dict().items()}
        save_atomically(out / "ct-clip.pt", state)
        if len(self.validated["labels"]):
            np.savez(out / "validation.npz", **self.validated)


def keep_labelled(images: np.ndarray, labels: list[tuple[int, ...] | None]) -> dict[str, np.ndarray]:
    """embeddings [n, d] and labels [n, 18] of the rows that have labels."""
    known = [row for row, each in enumerate(labels) if each is not None]
    return {"embeddings": images[known], "labels": np.array([labels[row] for row in known], np.int64)}
