"""What a pack of the released weights says about itself. The weights are the user's; the pack must not be passed on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voxct.ctclip.variants import VariantReport, describe

Model = Literal["v2", "vocabfine", "lipro"]

TITLES: dict[Model, str] = {
    "v2": "CT-CLIP v2",
    "vocabfine": "CT-CLIP VocabFine v2",
    "lipro": "CT-CLIP ClassFine (LiPro) v2",
}
HOW: dict[Model, str] = {
    "v2": "zero-shot: each finding by the prompts '… is present.' and '… is not present.'",
    "vocabfine": "each finding by the two prompts it was fine-tuned with (VocabFine)",
    "lipro": "each finding by a linear head on the frozen image embedding (ClassFine, LiPro)",
}
LICENCE = "CC-BY-NC-SA-4.0"
CITATIONS = [
    "Hamamci et al., Developing Generalist Foundation Models from a Multimodal Dataset for 3D CT, arXiv 2403.17834, "
    "Nature Biomedical Engineering 2026, doi 10.1038/s41551-025-01599-y",
]
SPEECH_CITATION = "Buess et al., SpeechCT-CLIP, arXiv 2510.02322"
TRAINED_ON = (
    "CT-RATE (non-contrast chest CT of one centre with reports), as the checkpoint's authors describe; the file itself "
    "was brought by whoever made this pack."
)
INTENDED_USE = (
    "Research on chest CT without contrast, on the device of whoever holds the checkpoint and has accepted its terms. "
    "No diagnosis."
)
LIMITS = [
    "Made from a gated, non-commercial checkpoint by someone who holds it: do not publish this pack or pass it on.",
    "Trained on one centre's chest CT of adults; on other bodies, protocols and scanners its scores may mean nothing.",
    "Its labels in training were read from reports by a classifier (RadBERT), not by a reader of the images.",
]
UNCALIBRATED = (
    "Not calibrated: thresholds lie where present and absent weigh the same, and the order across findings is the "
    "model's own."
)


@dataclass(frozen=True)
class Identity:
    """id: letters, digits, _ and -; the folder's name."""

    id: str
    model: Model
    title: str | None = None
    trained_on: str | None = None


def tell_model(checkpoint: Path, has_classifier: bool) -> Model:
    """VocabFine has CT-CLIP's own keys: only the file's name tells it."""
    if has_classifier:
        return "lipro"
    return "vocabfine" if "vocabfine" in checkpoint.name.lower() else "v2"


def to_identity(identity: Identity, calibrated: bool, has_speech: bool) -> dict:
    """The manifest's fields of identity."""
    return {
        "id": identity.id,
        "version": "1",
        "title": identity.title or TITLES[identity.model],
        "description": f"CT-CLIP's image tower at its own size; {HOW[identity.model]}.",
        "trainedOn": identity.trained_on or TRAINED_ON,
        "licence": LICENCE,
        "citations": [*CITATIONS, *([SPEECH_CITATION] if has_speech else [])],
        "intendedUse": INTENDED_USE,
        "clinical": False,
        "limits": [*LIMITS, *([] if calibrated else [UNCALIBRATED])],
    }


def write_card(path: Path, manifest: dict, reports: list[VariantReport], volumes: int) -> None:
    parts = [
        f"# {manifest['title']}",
        manifest["description"],
        f"**Not a medical device.** {manifest['intendedUse']}",
        f"Trained on: {manifest['trainedOn']} Licence: {manifest['licence']}.",
        "## Limits",
        "\n".join(f"- {limit}" for limit in manifest["limits"]),
        "## Graphs against PyTorch",
        f"Lowest cosine of the embedding over {volumes} structured volumes.",
        "\n".join(f"- {describe(report)}" for report in reports),
        "## Papers",
        "\n".join(f"- {citation}" for citation in manifest["citations"]),
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
