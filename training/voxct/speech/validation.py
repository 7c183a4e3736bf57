"""Quick figures during training, on validation utterances heard through fixed rooms and noises."""

from __future__ import annotations

import numpy as np
import torch

from voxct.metrics import mean_auroc
from voxct.speech.alphabet import read_greedy, to_letters, word_errors
from voxct.speech.augment import heard
from voxct.speech.batches import collate, one_each
from voxct.speech.checkpoint import RunningAverage
from voxct.speech.corpus import Corpus
from voxct.speech.losses import ABSENT, PRESENT, to_margins
from voxct.speech.model import SpeechEncoder
from voxct.speech.trainer import Trainer


class Validator:
    """Callable that scores a trainer's averaged weights: word error rate, AUROC of the auxiliary head and margins."""

    def __init__(self, corpus: Corpus, clips: int):
        rng = np.random.default_rng(11)
        order = np.argsort(corpus.lengths[:clips], kind="stable")
        self.batches = []
        for rows in np.array_split(order, max(1, clips // 25)):
            sounds = [heard(corpus.audio(i), rng, corpus.audio(rng.integers(len(corpus)))) for i in rows]
            self.batches.append(collate(sounds, one_each(rows), corpus.states, [np.zeros(0, np.int64)] * len(corpus)))
        self.texts = [to_letters(u.text) for u in corpus.utterances]

    @torch.no_grad()
    def __call__(self, trainer: Trainer, average: RunningAverage) -> dict[str, float]:
        encoder = SpeechEncoder(trainer.encoder.config)
        encoder.load_state_dict(average.weights)
        encoder.eval()
        edits, words, states, scores, margins = 0, 0, [], [], []
        for batch in self.batches:
            frames, mask = encoder.encode(encoder.logmel(batch.audio), batch.lengths)
            letters, (embedding, calls) = encoder.letters(frames).numpy(), encoder.embed(frames, mask)
            scores.append(torch.log_softmax(calls, -1).numpy())
            states.append(batch.states.numpy())
            if trainer.teacher is not None:
                margins.append(to_margins(embedding, trainer.teacher.prompts).numpy())
            for row, kept, index in zip(letters, mask[..., 0].sum(1).int().tolist(), batch.indices[:, 0], strict=True):
                errors, count = word_errors(self.texts[index], read_greedy(row[:kept]))
                edits, words = edits + errors, words + count
        said, head = np.concatenate(states), np.concatenate(scores)
        figures = {"wer": edits / words, **two_aurocs("head", said, head[..., PRESENT], head[..., ABSENT])}
        if margins:
            both = np.concatenate(margins)
            figures |= two_aurocs("margin", said, both, -both)
        return {name: round(float(value), 4) for name, value in figures.items()}


def two_aurocs(name: str, said: np.ndarray, present: np.ndarray, absent: np.ndarray) -> dict[str, float]:
    """Said present against all else, and said absent against all else, mean over findings."""
    return {f"{name}Present": mean_auroc(said == 1, present), f"{name}Absent": mean_auroc(said == -1, absent)}
