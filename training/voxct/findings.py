"""The 18 findings of CT-RATE, in its label order.

The same list stands in phantom/findings/ctRateFindings.ts; tests/test_text_findings.py compares the two.
"""

CT_RATE_FINDINGS: tuple[tuple[str, str], ...] = (
    ("medical_material", "Medical material"),
    ("arterial_wall_calcification", "Arterial wall calcification"),
    ("cardiomegaly", "Cardiomegaly"),
    ("pericardial_effusion", "Pericardial effusion"),
    ("coronary_artery_wall_calcification", "Coronary artery wall calcification"),
    ("hiatal_hernia", "Hiatal hernia"),
    ("lymphadenopathy", "Lymphadenopathy"),
    ("emphysema", "Emphysema"),
    ("atelectasis", "Atelectasis"),
    ("lung_nodule", "Lung nodule"),
    ("lung_opacity", "Lung opacity"),
    ("pulmonary_fibrotic_sequela", "Pulmonary fibrotic sequela"),
    ("pleural_effusion", "Pleural effusion"),
    ("mosaic_attenuation_pattern", "Mosaic attenuation pattern"),
    ("peribronchial_thickening", "Peribronchial thickening"),
    ("consolidation", "Consolidation"),
    ("bronchiectasis", "Bronchiectasis"),
    ("interlobular_septal_thickening", "Interlobular septal thickening"),
)

FINDING_IDS: tuple[str, ...] = tuple(finding_id for finding_id, _ in CT_RATE_FINDINGS)
FINDING_LABELS: tuple[str, ...] = tuple(label for _, label in CT_RATE_FINDINGS)


def to_prompts(label: str) -> tuple[str, str]:
    """CT-CLIP's zero-shot prompts (scripts/zero_shot.py): positive, negative."""
    return f"{label} is present.", f"{label} is not present."


def list_prompts() -> list[str]:
    """36 prompts, finding by finding, positive before negative."""
    return [prompt for label in FINDING_LABELS for prompt in to_prompts(label)]


def to_state_vector(states: dict[str, str]) -> list[int]:
    """18 numbers: +1 said present, -1 said absent, 0 not mentioned."""
    return [{"present": 1, "absent": -1}.get(states.get(finding_id, ""), 0) for finding_id in FINDING_IDS]
