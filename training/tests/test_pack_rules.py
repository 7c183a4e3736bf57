"""The rules between fields hold for packs with any findings, and refuse what the browser refuses of them."""

import json
from pathlib import Path

import pytest

from voxct.pack.rules import check_files, find_contradictions

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
VALID = sorted((FIXTURES / "manifests/valid").glob("*.json"))
PACKS = sorted((FIXTURES / "models").glob("*/manifest.json"))
# About findings, the arrays that have a place for each, and the CT encoder's input.
INVALID = (
    "no-findings", "seventeen-findings", "finding-twice", "finding-label-twice", "finding-without-label",
    "finding-id-with-space", "finding-id-with-slash", "finding-id-with-capital", "finding-id-begins-with-digit",
    "finding-id-too-long", "figure-of-unknown-finding", "labels-of-other-number", "reading-of-other-length",
    "classifier-of-other-length", "prompts-of-other-length", "findings-without-prompts", "nameless-with-prompts",
    "nameless-with-classifier", "nameless-with-least-score", "nameless-with-labels", "nameless-with-reading",
    "trilinear-with-foreground", "trilinear-without-spacing", "spacing-of-zero", "area-with-spacing",
    "area-with-padding", "area-with-crop-rule", "area-with-rounding", "area-without-foreground",
    "area-of-trilinear-fields", "interpolation-missing", "unknown-interpolation", "window-reversed", "divisor-of-zero",
)  # fmt: skip


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_manifests_that_the_browser_accepts_are_sound(path):
    assert find_contradictions(read(path)) == []


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_the_tiny_packs_are_sound_and_whole(path):
    assert find_contradictions(read(path)) == [] and check_files(read(path), path.parent) == []


def test_the_tiny_packs_have_three_eighteen_and_forty_findings():
    counts = {path.parent.name: len(read(path)["findings"]) for path in PACKS}
    assert counts.items() >= {"tiny": 18, "tiny-three": 3, "tiny-forty": 40}.items()


@pytest.mark.parametrize("name", INVALID)
def test_what_the_browser_refuses_is_refused_here(name):
    broken = read(FIXTURES / f"manifests/invalid/{name}.json")
    assert len(find_contradictions(broken)) >= 1
