"""A user's own towers as the text space: CXR-BERT as CT-CLIP's checkpoint has it, Whisper as export_speech wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voxct.archive.text_space import UnsuitableTower
from voxct.ct.calibration import FindingCalibration
from voxct.ctclip.checkpoint import Checkpoint, read_checkpoint
from voxct.ctclip.prompts import encode_prompts, encode_texts
from voxct.ctclip.reference import CtClip
from voxct.ctclip.speech_part import BEYOND_ANY_MARGIN, SpeechPart, read_speech
from voxct.ctclip.text_tower import build_text_section
from voxct.ctclip.tokenizer import find_tokenizer, open_tokenizer
from voxct.findings import FINDING_IDS
from voxct.pack.files import PackFolder
from voxct.pack.sections import build_findings, build_prompts


@dataclass
class OwnTowers:
    """The same as BundledSpace, of the user's files."""

    checkpoint: Checkpoint
    reference: CtClip
    tokenizer: Tokenizer
    speech: SpeechPart | None
    prompts: NDArray[np.float32]
    say: Callable[[str], None]

    @property
    def spoken(self) -> NDArray[np.float32] | None:
        return None if self.speech is None else self.speech.prompts

    @property
    def logit_scale(self) -> float:
        return self.checkpoint.logit_scale

    @property
    def told(self) -> str:
        return f"your own CXR-BERT{' and Whisper' if self.speech else ''}"

    def embed(self, reports: list[str]) -> NDArray[np.float32]:
        """Equal reports are embedded once."""
        unique = sorted(set(reports))
        rows = encode_texts(self.reference, self.tokenizer, unique)
        at = {text: row for row, text in enumerate(unique)}
        return rows[[at[text] for text in reports]]

    def write(self, pack: PackFolder) -> dict:
        said = BEYOND_ANY_MARGIN if self.speech is None or self.speech.thresholds is None else self.speech.thresholds
        uncalibrated = [vars(FindingCalibration(1.0, 0.0, 0.0, 0.0, 0.0))] * len(FINDING_IDS)
        text = build_text_section(self.checkpoint, self.reference, self.tokenizer, pack.folder, self.say)
        sections = {
            "findings": build_findings(uncalibrated, said),
            "prompts": build_prompts(pack, self.prompts, self.spoken),
            "promptKind": {"ct": "text", "speech": "text" if self.speech is None else self.speech.kind},
            "text": text,
        }
        return sections if self.speech is None else sections | {"speech": self.speech.copy_to(pack)}


def open_own(path: Path, tokenizer: Path | None, speech: Path | None, say: Callable[[str], None]) -> OwnTowers:
    """Raises ValueError with what is wrong with which file."""
    checkpoint = read_checkpoint(path)
    words = open_tokenizer(find_tokenizer(tokenizer, path))
    part = read_speech(speech, checkpoint.config.latent) if speech else None
    reference = checkpoint.to_reference()
    prompts = encode_prompts(reference, words)
    if not np.isfinite(prompts).all():
        raise UnsuitableTower(f"{path}: its text tower gives no numbers")
    return OwnTowers(checkpoint, reference, words, part, prompts, say)
