import re
from pathlib import Path

from voxct.findings import CT_RATE_FINDINGS, FINDING_IDS, list_prompts, to_state_vector
from voxct.pack.synonyms import SYNONYMS

TYPESCRIPT = Path(__file__).resolve().parents[2] / "phantom/findings/ctRateFindings.ts"


def test_python_and_typescript_list_the_same_findings_in_the_same_order():
    rows = re.findall(r"id: '(\w+)', label: '([^']+)'", TYPESCRIPT.read_text(encoding="utf-8"))
    assert tuple(rows) == CT_RATE_FINDINGS


def test_prompts_stand_positive_before_negative():
    prompts = list_prompts()
    assert len(prompts) == 36
    assert prompts[24] == "Pleural effusion is present." and prompts[25] == "Pleural effusion is not present."


def test_states_become_signs_in_label_order():
    vector = to_state_vector({"emphysema": "present", "pleural_effusion": "absent"})
    assert vector[FINDING_IDS.index("emphysema")] == 1
    assert vector[FINDING_IDS.index("pleural_effusion")] == -1
    assert sum(map(abs, vector)) == 2


def test_every_finding_has_synonyms():
    assert set(SYNONYMS) == set(FINDING_IDS)
