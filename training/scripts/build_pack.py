"""Trained, exported and evaluated encoders -> public/models/phantom-mini, the pack that the browser runs.

python scripts/build_pack.py            (after export_ct.py, evaluate.py and, for speech, export_speech.py)
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

import numpy as np

from voxct.ct.ctclip import load_image_tower
from voxct.ct.session import CtSession
from voxct.data.chunks import load_split
from voxct.pack.card import TEXTS, write_card
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, find_contradictions, list_files
from voxct.pack.sections import (
    build_ct,
    build_findings,
    build_library,
    build_out_of_distribution,
    build_prompts,
    build_speech,
)

MOST_BYTES = 40_000_000


@dataclass(frozen=True)
class Config:
    ct: Path
    text: Path
    data: Path
    scans: Path
    evaluation: Path
    speech: Path
    golden_speech: Path
    ct_input: Path
    golden_ct: Path
    out: Path
    with_speech: bool = True


def main(config: Config) -> dict:
    """Writes the pack and returns its manifest. Raises if fields or files contradict each other."""
    report = json.loads((config.evaluation / "evaluation.json").read_text(encoding="utf-8"))
    pack = PackFolder(config.out)
    manifest = {"schema": "voxct-pack/1", **TEXTS, **build_models(pack, config, report)}
    manifest["evaluation"] = report["figures"]
    wrong = find_contradictions(manifest) + check_files(manifest, config.out)
    if wrong:
        raise ValueError("the pack contradicts itself: " + "; ".join(wrong))
    total = sum(entry["bytes"] for entry in list_files(manifest))
    assert total <= MOST_BYTES, f"{total} bytes"
    (config.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    write_card(config.out / "README.md", manifest, report)
    write_golden(config, manifest)
    remove_strays(config.out, {entry["file"] for entry in list_files(manifest)} | {"manifest.json", "README.md"})
    return manifest


def build_models(pack: PackFolder, config: Config, report: dict) -> dict:
    tower = load_image_tower(config.ct / "ct.pt")
    text_prompts = np.load(config.text / "prompts.npy")
    validation = load_split(config.data, "validation")
    spoken = load_spoken(config) if config.with_speech else None
    ct_input = json.loads(config.ct_input.read_text(encoding="utf-8"))
    models = {
        "embedding": {"dimension": tower.config.latent, "logitScale": report["logit_scale"]},
        "ct": build_ct(pack, tower, config.ct / "onnx", ct_input, validation[0]),
        "findings": build_findings(report["calibrations"], spoken["thresholds"] if spoken else None),
        "prompts": build_prompts(pack, text_prompts, spoken["prompts"] if spoken else None),
        "promptKind": {"ct": "text", "speech": spoken["kind"] if spoken else "text"},
        "library": build_library(pack, CtSession(config.ct / "onnx"), load_split(config.scans, "library")),
    }
    if spoken:
        models["speech"] = build_speech(pack, config.speech, config.golden_speech, spoken["alphabet"])
    statistics = config.ct / "train_tokens.npz"
    if statistics.exists():
        seen = np.load(config.evaluation / "validation.npz")["mean_tokens"]
        models["outOfDistribution"] = build_out_of_distribution(pack, np.load(statistics)["mean_tokens"], seen)
    return models


def write_golden(config: Config, manifest: dict) -> None:
    """The embedding PyTorch gives for one phantom seed, for the app's tests: they render the phantom themselves."""
    config.golden_ct.mkdir(parents=True, exist_ok=True)
    case = load_split(config.data, "validation")[0].cases[0]
    golden = {
        "pack": f"{manifest['id']} {manifest['version']}",
        "phantomSeed": case.seed,
        "path": "direct",
        "labels": list(case.labels),
        "trunkSha256": manifest["ct"]["trunk"][0]["sha256"],
        "embedding": manifest["ct"]["parity"]["expected"],
    }
    (config.golden_ct / "expected.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


def load_spoken(config: Config) -> dict:
    """Spoken prompts, thresholds and alphabet as export_speech.py wrote them."""

    def read(name: str) -> dict:
        return json.loads((config.speech / name).read_text(encoding="utf-8"))

    thresholds = read("thresholds.json")
    kind = {"spoken": "speech", "text": "text"}[thresholds["prompts"]]
    prompts = np.load(config.speech / "spoken_prompts.npy")
    return {"prompts": prompts, "thresholds": thresholds, "kind": kind, "alphabet": read("alphabet.json")}


def remove_strays(folder: Path, wanted: set[str]) -> None:
    """Files of an earlier build that this manifest no longer names."""
    for path in folder.iterdir():
        if path.is_file() and path.name not in wanted:
            path.unlink()


def parse_arguments() -> Config:
    training = ROOT / "training"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ct", type=Path, default=training / "runs/ct")
    parser.add_argument("--text", type=Path, default=training / "runs/text")
    parser.add_argument("--data", type=Path, default=training / "data/ct")
    parser.add_argument("--scans", type=Path, default=training / "data/scan")
    parser.add_argument("--evaluation", type=Path, default=training / "runs/evaluation")
    parser.add_argument("--speech", type=Path, default=training / "runs/speech")
    parser.add_argument("--golden-speech", type=Path, default=ROOT / "fixtures/golden/speech")
    parser.add_argument("--ct-input", type=Path, default=training / "configs/ct_input.json")
    parser.add_argument("--golden-ct", type=Path, default=ROOT / "fixtures/golden/ct_encoder")
    parser.add_argument("--out", type=Path, default=ROOT / "public/models/phantom-mini")
    parser.add_argument("--no-speech", dest="with_speech", action="store_false")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    built = main(parse_arguments())
    print(f"{built['id']} {built['version']}: {sum(e['bytes'] for e in list_files(built)) / 1e6:.1f} MB")
