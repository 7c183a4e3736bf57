"""Embeddings of CT-CLIP's frozen towers, computed once and kept in the run's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voxct.contrastive.distributed import Place
from voxct.contrastive.embedding import Vectors, embed_corpus, fingerprint
from voxct.contrastive.loop import LoopConfig
from voxct.contrastive.precision import choose_precision
from voxct.contrastive.sentences import encode_in_batches
from voxct.contrastive.speech_judge import Paired
from voxct.corpora.ct_input import ct_clip_spec
from voxct.corpora.ct_rate.source import VolumeSource
from voxct.corpora.refusals import Refusal, write_refusals
from voxct.corpora.speech_rate.listing import Spoken
from voxct.ctclip.checkpoint import Checkpoint
from voxct.ctclip.tokenizer import open_tokenizer

Teacher = Literal["findings", "report"]


class FrozenTowers:
    """Both towers of a checkpoint; OUT/frozen keeps the volumes' embeddings."""

    def __init__(self, checkpoint: Checkpoint, tokenizer: Path, cache: Path | None, out: Path, place: Place,
                 loop: LoopConfig) -> None:  # fmt: skip
        self.model = checkpoint.to_reference().to(place.device)
        self.tokenizer, self.out, self.place = open_tokenizer(tokenizer), out, place
        sizes = checkpoint.config
        self.source = VolumeSource(ct_clip_spec(sizes.shape, sizes.spacing_mm), cache)
        self.made_by = {"checkpoint": fingerprint(checkpoint.path), "spec": self.source.spec}
        self.precision, self.workers = choose_precision(loop.precision, place.device), loop.workers

    def embed(self, splits: list[list[Spoken]], teacher: Teacher) -> list[Paired]:
        """Volumes that can't be read leave their recordings out and are named in OUT/refused-volumes.jsonl."""
        entries = [each.entry for split in splits for each in split]
        frozen = self.out / "frozen"
        vectors, refused = embed_corpus(
            self.model, entries, self.source, self.place, self.precision, self.workers, frozen, self.made_by
        )
        if self.place.is_first:
            rows = [Refusal(f"{name}.nii.gz", reason) for name, reason in refused.items()]
            write_refusals(self.out / "refused-volumes.jsonl", rows)
        return [self.join(split, vectors, teacher) for split in splits]

    def join(self, spoken: list[Spoken], vectors: Vectors, teacher: Teacher) -> Paired:
        kept = [each for each in spoken if str(each.entry.name) in vectors]
        if not kept:
            raise ValueError(f"no volume of this split can be read: see {self.out / 'refused-volumes.jsonl'}")
        reports = [each.entry.report for each in kept]
        texts = [each.findings if teacher == "findings" else each.whole for each in reports]
        ct = np.stack([vectors[str(each.entry.name)] for each in kept]).astype(np.float32)
        return Paired(kept, ct, self.encode(texts))

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Reconstructions share their report: each text is read once."""
        different = list(dict.fromkeys(texts))
        encoded = encode_in_batches(self.model, self.tokenizer, different, self.place.device)
        rows = {text: row for row, text in enumerate(different)}
        return encoded[[rows[text] for text in texts]]
