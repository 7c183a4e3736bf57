import json
import re
from pathlib import Path

from voxct.findings import CT_RATE_FINDINGS, FINDING_IDS, list_prompts, to_state_vector
from voxct.pack.spoken import SPOKEN, to_spoken
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


def test_every_bundled_pack_has_the_phrases_by_which_its_findings_are_spoken_of():
    assert set(SPOKEN) == set(FINDING_IDS)
    packs = sorted((Path(__file__).resolve().parents[2] / "public/models").glob("*/manifest.json"))
    assert len(packs) >= 2
    for pack in packs:
        findings = json.loads(pack.read_text(encoding="utf-8"))["findings"]
        assert [finding["spoken"] for finding in findings] == [to_spoken(finding["id"]) for finding in findings], pack
