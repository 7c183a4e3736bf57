"""What the pack says about itself, in the manifest and in its README."""

from pathlib import Path

from voxct.pack.figures import Figure, to_table

TEXTS = {
    "id": "phantom-mini",
    "version": "0.1.0",
    "title": "Phantom miniature of CT-CLIP and SpeechCT-CLIP",
    "description": (
        "A demonstration: CT-CLIP's and SpeechCT-CLIP's modules at a fraction of their size, trained on procedural "
        "chest phantoms and synthetic voices. It has never seen a patient."
    ),
    "trainedOn": (
        "5,750 procedural chest phantoms with CT-RATE's 18 findings, their generated reports, and such sentences "
        "spoken by free speech synthesisers. No patient data."
    ),
    "licence": "MIT",
    "citations": [
        "Hamamci et al., Developing Generalist Foundation Models from a Multimodal Dataset for 3D CT, arXiv 2403.17834",
        "SpeechCT-CLIP: speech in the embedding space of CT-CLIP",
    ],
    "intendedUse": (
        "Showing and testing the viewer with phantom cases. On a real scan the scores do not apply; the app flags such "
        "scans as outside what the model knows."
    ),
    "clinical": False,
}

DEVIATIONS = """\
## Where it leaves CT-CLIP

- Sizes: input 72 x 96 x 96 at 5 x 3.75 x 3.75 mm, 12 x 12 x 12 tokens of width 128, 3 spatial and 2 temporal layers,
  latent 128.
- No vector quantisation, and no LayerNorm before the patch projection (it hides a patch's mean HU). Both are options of
  the training code, and on in CT-CLIP.
- The text tower is trained here, on the phantoms' sentences: two layers with windowed attention and a gated sum instead
  of CXR-BERT's CLS state.
- Besides the contrast with reports, training uses the phantoms' masks (a loss a token, a loss a slice, and one that
  puts a finding's heat into its mask) and the zero-shot prompts themselves (CT-CLIP's VocabFine idea). The prompts are
  therefore not unseen, and "zero-shot" names the way of scoring, not the way of learning.
- Labels are the generator's truth, free of noise; phantoms differ from patients in all that matters clinically.
"""


def write_card(path: Path, manifest: dict, report: dict) -> None:
    """The model card. Numbers come from the evaluation's report alone."""
    rows = [Figure(**row) for row in manifest["evaluation"]]
    low, high = report["test"]["mean_auroc_interval"]
    parts = [
        f"# {manifest['title']} ({manifest['version']})",
        manifest["description"],
        f"**Not a medical device.** {manifest['intendedUse']}",
        f"Trained on: {manifest['trainedOn']} Licence: {manifest['licence']}.",
        DEVIATIONS,
        f"## Measured on {report['date']}",
        f"Interval of the mean CT AUROC: {low:.3f} to {high:.3f} (95 %, bootstrap over cases). "
        f"Calibration error of the CT probabilities: {report['test_calibration_error']:.3f}. "
        "Chance is the same figure with the labels shuffled, or 0.5 by definition. Said present is scored by the "
        "cosine to the positive prompt and by the margin, which the app thresholds; the cosine was added after a "
        "look at an earlier encoder's figures on the test voices.",
        to_table(rows),
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
