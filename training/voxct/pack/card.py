"""What a pack says about itself, in the manifest and in its README."""

from dataclasses import dataclass
from pathlib import Path

from voxct.pack.figures import from_row, to_table

INTENDED_USE = (
    "Showing and testing the viewer with phantom cases. On a real scan the scores do not apply; the app flags such "
    "scans as outside what the model knows."
)
LIMITS = [
    "It has never seen a patient: its figures hold for phantoms and synthetic voices of the kinds measured.",
    "The phantoms' labels are what the generator drew, free of a reader's errors; real labels are not.",
    "Findings of a few tokens (lung nodules, enlarged lymph nodes) are seen worst; figures by finding are below.",
    "Training used the zero-shot prompts themselves and the phantoms' masks: zero-shot names the way of scoring.",
    "Retrieval finds phantoms among phantoms; it is no evidence that patients are alike.",
]


@dataclass(frozen=True)
class PackText:
    """One bundled pack in words. `line` and `menu` stand in the app's choice of packs."""

    id: str
    version: str
    title: str
    menu: str
    line: str
    description: str
    trained_on: str
    citations: tuple[str, ...]
    deviations: str


PHANTOM_MINI = PackText(
    id="phantom-mini",
    version="0.2.0",
    title="Phantom miniature of CT-CLIP and SpeechCT-CLIP",
    menu="CT-CLIP miniature",
    line="3-D encoder in the manner of CT-CLIP, speech as in SpeechCT-CLIP; trained on phantoms.",
    description=(
        "A demonstration: CT-CLIP's and SpeechCT-CLIP's modules at a fraction of their size, trained on procedural "
        "chest phantoms and synthetic voices. It has never seen a patient."
    ),
    trained_on=(
        "9,250 procedural chest phantoms with CT-RATE's 18 findings (5,750 of them of an earlier state of the "
        "generator), their generated reports, and such sentences spoken by free speech synthesisers. No patient data."
    ),
    citations=(
        "Hamamci et al., Developing Generalist Foundation Models from a Multimodal Dataset for 3D CT, arXiv 2403.17834",
        "SpeechCT-CLIP, arXiv 2510.02322",
    ),
    deviations="""\
## Where it leaves CT-CLIP

- Sizes: input 72 x 96 x 96 at 5 x 3.75 x 3.75 mm, 12 x 12 x 12 tokens of width 128, latent 128.
- No vector quantisation, and no LayerNorm before the patch projection (it hides a patch's mean HU). Both are options of
  the training code, and on in CT-CLIP.
- The text tower is trained here, on the phantoms' sentences: two layers with windowed attention and a gated sum instead
  of CXR-BERT's CLS state.
- Besides the contrast with reports, training uses the phantoms' masks (a loss a token, a loss a slice, and one that
  puts a finding's heat into its mask) and the zero-shot prompts themselves (CT-CLIP's VocabFine idea).
""",
)

PHANTOM_RADCLIP = PackText(
    id="phantom-radclip",
    version="0.2.0",
    title="Phantom miniature of RadCLIP",
    menu="RadCLIP miniature",
    line="2-D encoder on axial slices with attention pooling, as in RadCLIP; the same text and speech space.",
    description=(
        "A demonstration: RadCLIP's idea at a fraction of its size, a 2-D encoder on axial slices with positional "
        "encoding and attention pooling over slices, trained on procedural chest phantoms towards the same text tower "
        "as the CT-CLIP miniature, whose speech encoder it shares. It has never seen a patient."
    ),
    trained_on=PHANTOM_MINI.trained_on,
    citations=(
        "Lu et al., RadCLIP, arXiv 2403.09948",
        *PHANTOM_MINI.citations,
    ),
    deviations="""\
## Where it leaves RadCLIP

- Trained from nothing on phantoms; RadCLIP starts from CLIP's image encoder and is trained on radiographs and slices.
- The text tower is the CT-CLIP miniature's, frozen.
""",
)

TEXTS = {text.id: text for text in (PHANTOM_MINI, PHANTOM_RADCLIP)}


TRANSCRIBER = """\
## Transcriber

The transcript is written by Whisper base (Radford et al. 2022): weights by OpenAI, MIT licence (NOTICE), 8 bits,
vocabulary cut to the tokens of ASCII text. The encoder is not adapted; the decoder is tuned to dictated chest CT
reports by synthetic voices (training/recipes/tuned_whisper.sh). OpenAI's weights come from CTranslate2's conversion
with the SHA-256 `d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9`; nothing but the hash is vouched
for."""

TEXT_TOWER = """\
## Text tower

A typed sentence is searched by a tower of its own (`training/voxct/text/status_tower.py`): it says of each finding
whether the sentence affirms, denies or doubts it or tells of its past, and mixes the prototypes of the CT-CLIP
miniature's space by that; doubt is searched as present, the past as absent. The tower that the pack was trained with
is gone: prompts and figures of "text tower" below are that one's. On the CT-CLIP miniature .93 of the first five cases
have the finding that one of 108 unseen hand-written sentences names (.68 where it is spoken, .55 for the nearest cases
of a scan). Of 78 unrelated sentences 3 are answered, of 34 on other organs 3; of 115 that say something is there 4 are
not (`npm run measure:typed`). Sentences of more than two dozen words are read worse."""


def to_identity(text: PackText) -> dict:
    """The manifest's fields of identity."""
    return {
        "id": text.id,
        "version": text.version,
        "title": text.title,
        "description": text.description,
        "trainedOn": text.trained_on,
        "licence": "MIT",
        "citations": list(text.citations),
        "intendedUse": INTENDED_USE,
        "clinical": False,
        "limits": LIMITS,
    }


def write_card(path: Path, text: PackText, manifest: dict, report: dict) -> None:
    """The model card. Numbers come from the evaluation's report alone."""
    limits = "\n".join(f"- {limit}" for limit in manifest["limits"])
    parts = [
        f"# {manifest['title']} ({manifest['version']})",
        manifest["description"],
        f"**Not a medical device.** {manifest['intendedUse']}",
        f"Trained on: {manifest['trainedOn']} Licence: {manifest['licence']}.",
        text.deviations.rstrip(),
        *([TRANSCRIBER] if "transcriber" in manifest.get("speech", {}) else []),
        *([TEXT_TOWER] if "text" in manifest else []),
        "## Limits",
        limits,
        f"## Measured on {report['date']}",
        "Chance is the same figure with the labels dealt out at random, or 0.5 by definition; intervals are 95 %, "
        "bootstrap over patients. Thresholds and calibration come from validation alone.",
        to_table([from_row(row) for row in manifest["evaluation"]]),
        *write_reliability(manifest.get("reliability", [])),
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def write_reliability(bins: list[dict]) -> list[str]:
    """The reliability plot in letters: a bin a line, o the mean probability, x the share of cases, * both."""
    if not bins:
        return []
    lines = ["mean p  share      n  0" + " " * 18 + "0.5" + " " * 18 + "1"]
    for row in bins:
        track = ["·"] * 41
        track[round(40 * row["meanProbability"])] = "o"
        at = round(40 * row["share"])
        track[at] = "*" if track[at] == "o" else "x"
        lines.append(f"{row['meanProbability']:6.3f} {row['share']:6.3f} {row['n']:6d}  {''.join(track)}")
    return [
        "## Reliability of the CT probabilities",
        "Internal test, all findings, 15 bins of equal mass: o the mean probability, x the share of cases that have "
        "the finding, * both.",
        "```\n" + "\n".join(lines) + "\n```",
    ]
