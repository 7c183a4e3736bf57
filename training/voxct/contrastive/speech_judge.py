"""What a speech encoder is worth on a split: retrieval by speech, agreement with the teacher, zero-shot by speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.contrastive.distributed import Place, gather_objects
from voxct.contrastive.precision import Precision, autocast, choose_precision
from voxct.contrastive.recordings import Recordings, SpeechTower
from voxct.contrastive.validation import recall_figures, to_score, zero_shot_figures
from voxct.contrastive.volumes import add_refusals
from voxct.corpora.speech_rate.audio import SAMPLE_RATE_HZ
from voxct.corpora.speech_rate.listing import Spoken
from voxct.speech.recordings import list_prompt_files, read_clip
from voxct.speech.windows import cut_padded, rule_for


@dataclass(frozen=True)
class Paired:
    """Recordings with the frozen embeddings of their volume and their text, unit float32 [n, d] each."""

    spoken: Sequence[Spoken]
    ct: NDArray[np.float32]
    text: NDArray[np.float32]


class SpeechJudge:
    """paired: one recording a scan. prompts: folder of the 36 spoken ones, or None. out: where refusals are named."""

    def __init__(
        self, tower: SpeechTower, paired: Paired, prompts: Path | None, precision: Precision, place: Place, out: Path
    ) -> None:
        self.tower, self.paired, self.precision, self.place, self.out = (
            tower.to(place.device),
            paired,
            precision,
            place,
            out,
        )
        self.samples = tower.encoder.config.samples
        self.prompts = read_prompts(prompts, self.samples) if prompts else None

    @torch.no_grad()
    def measure(self) -> dict:
        """Report -> volume by speech; agreement with the text teacher; zero-shot AUROC where prompts are spoken."""
        self.tower.eval()
        rows = list(range(len(self.paired.spoken)))
        dataset = Recordings(self.paired.spoken, self.samples)
        own = {}
        for row in rows[self.place.rank :: self.place.world]:
            heard = dataset[row]
            if heard.index == row:
                own[row] = self.hear(heard.windows)
            add_refusals(self.out / f"refused-{self.place.rank}.jsonl", list(heard.refused))
        found = {row: vector for part in gather_objects(own) for row, vector in part.items()}
        kept = sorted(found)
        speech, ct = np.stack([found[row] for row in kept]), self.paired.ct[kept]
        figures = recall_figures(speech, ct)
        figures["teacher_cosine"] = round(float((speech * self.paired.text[kept]).sum(1).mean()), 4)
        if self.prompts:
            labels = [self.paired.spoken[row].entry.labels for row in kept]
            figures |= zero_shot_figures(ct, self.hear_prompts(), labels)
        return {"score": to_score(figures), **figures}

    def hear(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """[w, samples] of one recording -> unit [d]."""
        device = self.place.device
        with autocast(choose_precision(self.precision, device), device):
            owners = torch.zeros(len(windows), dtype=torch.long, device=device)
            return self.tower(torch.from_numpy(windows).to(device), owners, 1)[0][0].float().cpu().numpy()

    def hear_prompts(self) -> NDArray[np.float32]:
        """[18, 2, d]"""
        return np.stack([self.hear(windows) for windows in self.prompts]).reshape(18, 2, -1)


def read_prompts(folder: Path, samples: int) -> list[NDArray[np.float32]]:
    """Windows [w, samples] of each of the 36 spoken prompts."""
    clips = [read_clip(path) for path in list_prompt_files(folder)]
    return [cut_padded(clip, SAMPLE_RATE_HZ, rule_for(samples, SAMPLE_RATE_HZ), samples) for clip in clips]
