"""Trained, exported and evaluated encoders -> a folder under public/models, the pack that the browser runs.

python scripts/build_pack.py                          (after export_ct.py, export_speech.py and evaluate.py)
python scripts/build_pack.py --pack phantom-radclip   (after evaluate.py for it, and after phantom-mini is built)
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

import numpy as np

from voxct.ct.guard import GuardStatistics
from voxct.ct.session import CtSession
from voxct.data.chunks import load_split
from voxct.pack.card import TEXTS, PackText, to_identity, write_card
from voxct.pack.compared import to_comparison, to_reliability
from voxct.pack.files import PackFolder
from voxct.pack.golden import make_golden, write_golden
from voxct.pack.headlines import write_headlines
from voxct.pack.packs import list_built, write_packs
from voxct.pack.rules import check_files, count_bytes, find_contradictions, list_files
from voxct.pack.sections import (
    build_ct,
    build_findings,
    build_library,
    build_out_of_distribution,
    build_prompts,
    build_speech,
    share_equal_files,
    share_speech,
)
from voxct.speech.whisper.section import add_transcriber

MOST_BYTES = 120_000_000
"""Of all bundled packs together."""
MAIN_PACK = "phantom-mini"


@dataclass(frozen=True)
class Config:
    onnx: Path
    """Folder of ct-trunk.onnx and ct-head.onnx; quantized.json and ct-*-int8.onnx where quantize.py left them."""
    text: Path
    scans: Path
    evaluation: Path
    speech: Path
    golden_speech: Path
    ct_input: Path
    golden_ct: Path
    out: Path
    pack: str = MAIN_PACK
    with_speech: bool = True
    readme: Path | None = None
    with_golden: bool = True
    whisper: Path = ROOT / "training/runs/whisper"
    """Of export_whisper.py; a pack without it writes letters."""


def main(config: Config) -> dict:
    """Writes the pack and returns its manifest. Raises if fields or files contradict each other."""
    report = json.loads((config.evaluation / "evaluation.json").read_text(encoding="utf-8"))
    text = read_text(config)
    pack = PackFolder(config.out)
    manifest = {"schema": "voxct-pack/1", **to_identity(text), **build_models(pack, config, report)}
    manifest |= build_measured(config, report)
    sibling = config.out.parent / MAIN_PACK
    if config.pack != MAIN_PACK and (sibling / "manifest.json").exists():
        manifest = share_equal_files(manifest, sibling)
    wrong = find_contradictions(manifest) + check_files(manifest, config.out)
    if wrong:
        raise ValueError("the pack contradicts itself: " + "; ".join(wrong))
    total = count_bytes({**list_built(config.out.parent), config.out.name: manifest})
    assert total <= MOST_BYTES, f"{total} bytes in all packs"
    (config.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    write_card(config.out / "README.md", text, manifest, report)
    if config.with_golden:
        prompts = read_ct_prompts(config.out, manifest)
        write_golden(config.golden_ct / f"{text.id}.json", make_golden(config.out, manifest, prompts, ROOT))
    own = {entry["file"] for entry in list_files(manifest) if "pack" not in entry}
    remove_strays(config.out, own | {"manifest.json", "README.md"})
    write_packs(config.out.parent, MAIN_PACK)
    if config.readme and config.pack == MAIN_PACK:
        write_headlines(config.readme, manifest)
    return manifest


def read_text(config: Config) -> PackText:
    """What the pack says of itself; a run with a card.json beside its graphs knows best what it was trained on."""
    text, card = TEXTS[config.pack], config.onnx.parent / "card.json"
    if not card.exists():
        return text
    return replace(text, trained_on=json.loads(card.read_text(encoding="utf-8"))["trainedOn"])


def build_models(pack: PackFolder, config: Config, report: dict) -> dict:
    text_prompts = np.load(config.text / "prompts.npy")
    spoken = load_spoken(config) if config.with_speech else None
    ct_input = json.loads(config.ct_input.read_text(encoding="utf-8"))
    probe = load_split(config.scans, "validation")[0]
    models = {
        "embedding": {"dimension": text_prompts.shape[-1], "logitScale": report["logit_scale"]},
        "ct": build_ct(pack, config.onnx, ct_input, probe, read_quantized(config.onnx)),
        "findings": build_findings(report["ct"]["calibrations"], spoken["thresholds"] if spoken else None),
        "prompts": build_prompts(pack, text_prompts, spoken["prompts"] if spoken else None),
        "promptKind": {"ct": "text", "speech": spoken["kind"] if spoken else "text"},
        "library": build_library(pack, CtSession(config.onnx), load_split(config.scans, "library")),
    }
    if spoken and config.pack == MAIN_PACK:
        models["speech"] = build_speech(pack, config.speech, config.golden_speech, spoken["alphabet"])
        models["speech"] |= add_transcriber(pack, config.whisper)
    elif spoken:
        models["speech"] = share_speech(config.out.parent / MAIN_PACK)
    guard = config.evaluation / "guard.npz"
    if guard.exists():
        with np.load(guard) as arrays:
            statistics = GuardStatistics(
                arrays["mean"], arrays["projection"], float(arrays["limit"]), tuple(arrays["regions"].tolist())
            )
        models["outOfDistribution"] = build_out_of_distribution(pack, statistics)
    return models


def build_measured(config: Config, report: dict) -> dict:
    """Figures, reliability, and the table of the papers: from the main report, where this one was measured alone."""
    measured = {"evaluation": report["figures"], "reliability": to_reliability(report)}
    main_report = config.evaluation.parent / "evaluation/evaluation.json"
    table = report if "comparison" in report or not main_report.exists() else json.loads(main_report.read_text("utf-8"))
    comparison = to_comparison(table, config.pack)
    return measured | ({"comparison": comparison} if comparison else {})


def read_quantized(onnx: Path) -> dict[str, float]:
    """Parts that passed, with the cosine that the browser asks of them; see quantize.py."""
    path = onnx / "quantized.json"
    if not path.exists():
        return {}
    report = json.loads(path.read_text(encoding="utf-8"))
    return {part: report["min_cosine"] for part in ("trunk", "head") if report["parts"].get(part, {}).get("passed")}


def read_ct_prompts(folder: Path, manifest: dict) -> np.ndarray:
    stored = np.fromfile(folder / manifest["prompts"]["file"], "<f4").reshape(18, 2, 2, -1)
    return stored[:, :, ("text", "speech").index(manifest["promptKind"]["ct"])]


def load_spoken(config: Config) -> dict:
    """Spoken prompts, thresholds and alphabet as export_speech.py wrote them."""

    def read(name: str) -> dict:
        return json.loads((config.speech / name).read_text(encoding="utf-8"))

    thresholds = read("thresholds.json")
    kind = {"spoken": "speech", "text": "text", "reading": "text"}[thresholds["prompts"]]
    prompts = np.load(config.speech / "spoken_prompts.npy")
    return {"prompts": prompts, "thresholds": thresholds, "kind": kind, "alphabet": read("alphabet.json")}


def remove_strays(folder: Path, wanted: set[str]) -> None:
    """Files of an earlier build that this manifest no longer names."""
    for path in folder.iterdir():
        if path.is_file() and path.name not in wanted:
            path.unlink()


RUNS = {
    "phantom-mini": ("runs/ct2/onnx", "runs/evaluation"),
    "phantom-radclip": ("runs/radclip/onnx", "runs/evaluation-radclip"),
}
"""Graphs and evaluation of each pack."""


def parse_arguments() -> Config:
    training = ROOT / "training"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", choices=sorted(TEXTS), default=MAIN_PACK)
    parser.add_argument("--onnx", type=Path)
    parser.add_argument("--text", type=Path, default=training / "runs/text")
    parser.add_argument("--scans", type=Path, default=training / "data/scans")
    parser.add_argument("--evaluation", type=Path)
    parser.add_argument("--speech", type=Path, default=training / "runs/speech2")
    parser.add_argument("--golden-speech", type=Path, default=ROOT / "fixtures/golden/speech")
    parser.add_argument("--whisper", type=Path, default=Config.whisper)
    parser.add_argument("--ct-input", type=Path, default=training / "configs/ct_input.json")
    parser.add_argument("--golden-ct", type=Path, default=ROOT / "fixtures/golden/ct_encoder")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md")
    parser.add_argument("--no-speech", dest="with_speech", action="store_false")
    parser.add_argument("--no-golden", dest="with_golden", action="store_false")
    given = vars(parser.parse_args())
    onnx, evaluation = RUNS[given["pack"]]
    defaults = {
        "onnx": training / onnx,
        "evaluation": training / evaluation,
        "out": ROOT / "public/models" / given["pack"],
    }
    return Config(**{**given, **{key: given[key] or value for key, value in defaults.items()}})


if __name__ == "__main__":
    built = main(parse_arguments())
    print(f"{built['id']} {built['version']}: {sum(e['bytes'] for e in list_files(built)) / 1e6:.1f} MB")
