"""What a pack learnt from an archive says about itself."""

from __future__ import annotations

from pathlib import Path

from voxct.pack.figures import from_row, to_table

INTENDED_USE = (
    "Research on the archive that it was learnt from, on the device of whoever made it. No diagnosis. Its figures hold "
    "for patients of that archive alone."
)
ALIGNED = "Zhai et al., LiT: Zero-Shot Transfer with Locked-image text Tuning, arXiv 2111.07991"
CONTRAST = "van den Oord et al., Representation Learning with Contrastive Predictive Coding, arXiv 1807.03748"


def to_identity(source: dict, id_: str, how: str, cases: int, learnt: str, extra: dict) -> dict:
    """source: the manifest of the pack whose trunk it is. extra: citations and limits of its own."""
    return {
        "schema": source["schema"],
        "id": id_,
        "version": "1",
        "title": f"{source['title']}, {how}",
        "description": f"The trunk of {source['title']}, locked, with {learnt}",
        "trainedOn": f"Head: learnt from your archive: {cases} cases. Trunk: {source['trainedOn']}",
        "licence": source["licence"],
        "citations": [*source["citations"], *extra["citations"]],
        "intendedUse": INTENDED_USE,
        "clinical": False,
        "limits": [*extra["limits"], *source.get("limits", [])],
    }


def write_card(path: Path, manifest: dict) -> None:
    parts = [
        f"# {manifest['title']}",
        manifest["description"],
        f"**Not a medical device.** {manifest['intendedUse']}",
        f"Trained on: {manifest['trainedOn']} Licence: {manifest['licence']}.",
        "## Limits",
        "\n".join(f"- {limit}" for limit in manifest["limits"]),
        "## Measured on the archive's own test patients",
        "Patients of the test are in neither training nor validation. Thresholds and calibration come from validation. "
        "Intervals are 95 %, bootstrap over patients; chance is .5, k of N, or the labels dealt out at random.",
        to_table([from_row(row) for row in manifest["evaluation"]]),
        "## Papers",
        "\n".join(f"- {citation}" for citation in manifest["citations"]),
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
