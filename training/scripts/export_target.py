"""A CT encoder other than CT-CLIP -> a model pack that the browser runs by the same manifest.

python -m scripts.export_target --config configs/targets/hlip.json --weights hlip.pt --tokenizer DIR --out packs/hlip
python -m scripts.export_target --config configs/targets/colipri.json --weights random --reduced --out packs/colipri-try

--weights: HLIP's checkpoint as its authors saved it, a state dict of voxct/targets/tower.py, or random.
--tokenizer: vocab.txt or tokenizer.json of the checkpoint's own text tower, which then embeds the prompts; or
--prompts: float32 [18, 2 (present, absent), latent], CT-RATE's order, embedded elsewhere.
"""

import argparse
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from numpy.typing import NDArray

from voxct.ctclip.calibration import read_validation
from voxct.ctclip.pack_folder import finish, open_staging
from voxct.ctclip.session import StagedSession
from voxct.findings import FINDING_IDS
from voxct.graph_variants import PROVIDERS
from voxct.library.encoder import choose_variant
from voxct.pack.embedding_guard import EmbeddingGuard, add_guard, choose_guard
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, find_contradictions
from voxct.targets.config import TargetConfig, read_target, reduce_target
from voxct.targets.export_graph import draw_probe, enlarge, export_graphs
from voxct.targets.manifest import Parts, build_manifest
from voxct.targets.prompts import embed_prompts
from voxct.targets.weights import Target, open_target


@dataclass(frozen=True)
class Config:
    config: Path
    weights: str
    out: Path
    """The pack's folder; its name is the pack's id."""
    prompts: Path | None = None
    tokenizer: Path | None = None
    reduced: bool = False
    validation: Path | None = None
    """.npz with `embeddings`, or a pack with a library, for the guard."""
    chests: Path | None = None
    """Folder of chest scans for the guard, where there is no validation split."""
    variants: tuple[str, ...] = ("q8", "int8", "fp32")
    threads: int = os.cpu_count() or 1


def main(config: Config) -> dict:
    """Writes the pack and returns {"manifest", "variants"}. Raises ValueError with the reason."""
    torch.set_num_threads(config.threads)
    check_variants(config.variants)
    target = reduce_target(read_target(config.config)) if config.reduced else read_target(config.config)
    if config.weights != "random" and not (config.prompts or config.tokenizer):
        raise ValueError("--tokenizer or --prompts is missing: findings are scored by embedded prompts")
    opened = open_target(target.encoder, config.weights)
    prompts = read_prompts(config, target, opened)
    staging = open_staging(config.out)
    graphs, measured = export_graphs(opened.tower, target, staging, config.variants, prompts[:, 0] - prompts[:, 1])
    manifest = write_manifest(config, staging, target, opened, graphs, prompts)
    finish(staging, config.out)
    return {"manifest": manifest, "variants": [asdict(each) for each in measured]}


def write_manifest(
    config: Config, staging: Path, target: TargetConfig, opened: Target, graphs: dict, prompts: NDArray[np.float32]
) -> dict:
    probe = draw_probe(target)
    with torch.no_grad():
        expected = opened.tower(torch.from_numpy(enlarge(*probe)))[0].numpy()
    parts = Parts(
        config.out.name, target, graphs, probe, expected, prompts, opened.logit_scale, config.weights == "random"
    )
    manifest = build_manifest(PackFolder(staging), parts)
    manifest = add_guard(manifest, PackFolder(staging), make_guard(config, staging, target, graphs))
    wrong = find_contradictions(manifest) + check_files(manifest, staging)
    if wrong:
        raise ValueError("the pack contradicts itself: " + "; ".join(wrong))
    (staging / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest


def make_guard(config: Config, staging: Path, target: TargetConfig, graphs: dict) -> EmbeddingGuard | None:
    latent = target.encoder.latent
    known = read_validation(config.validation, latent).embeddings if config.validation else None

    def open_session() -> StagedSession:
        return StagedSession(staging, *choose_variant({"ct": graphs}), config.threads)

    guard, refusals = choose_guard(known, config.chests, open_session, target.input, latent)
    for refusal in refusals:
        print(f"left out of the guard: {refusal}", file=sys.stderr)
    return guard


def check_variants(variants: tuple[str, ...]) -> None:
    unknown = [variant for variant in variants if variant not in PROVIDERS]
    if unknown or "fp32" not in variants:
        raise ValueError(f"variants {', '.join(variants)}: choose of {', '.join(PROVIDERS)}, fp32 among them")


def read_prompts(config: Config, target: TargetConfig, opened: Target) -> NDArray[np.float32]:
    """[18, 2, latent] of unit length; random ones beside random weights."""
    shape = (len(FINDING_IDS), 2, target.encoder.latent)
    if config.prompts:
        rows = np.load(config.prompts, allow_pickle=False)
    elif config.tokenizer:
        rows = embed_prompts(opened.text, config.tokenizer, target.prompts)
    else:
        rows = np.random.default_rng(0).standard_normal(shape)
    if rows.shape != shape or not np.isfinite(rows).all():
        raise ValueError(f"prompts {rows.shape}, not finite numbers {shape}")
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--prompts", type=Path)
    parser.add_argument("--tokenizer", type=Path)
    parser.add_argument("--validation", type=Path, help=".npz with embeddings and labels: for the guard")
    parser.add_argument("--chests", type=Path, help="folder of chest scans: the guard knows others by them")
    parser.add_argument("--reduced", action="store_true", help="the config's small sizes, with random weights")
    parser.add_argument(
        "--variants", default=",".join(Config.variants), help="of q8, q4, int8, fp32, in order of trial"
    )
    parser.add_argument("--threads", type=int, default=Config.threads)
    given = vars(parser.parse_args())
    logging.disable(logging.INFO)
    try:
        report = main(Config(**{**given, "variants": tuple(given["variants"].split(","))}))
    except ValueError as error:
        sys.exit(f"export_target: {error}")
    print(json.dumps(report["variants"], indent=1))
