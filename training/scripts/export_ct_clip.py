"""CT-CLIP's released checkpoint -> a model pack that the browser runs.

python -m scripts.export_ct_clip --checkpoint CT-CLIP_v2.pt --out packs/ct-clip

Reads CT-CLIP_v2.pt, CT_VocabFine_v2.pt or CT_LiPro_v2.pt (gated and non-commercial: bring your own, keep the pack to
yourself). Every graph is compared with a PyTorch implementation of the architecture on structured volumes; a variant
that falls short is left out and named. See docs/BRING-YOUR-MODEL.md.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voxct.ct.calibration import FindingCalibration
from voxct.ctclip.calibration import ValidationSet, calibrate_classifier, calibrate_prompts, read_validation
from voxct.ctclip.card import Identity, tell_model, write_card
from voxct.ctclip.checkpoint import Checkpoint, read_checkpoint
from voxct.ctclip.manifest import Parts, build_manifest, to_input
from voxct.ctclip.pack_folder import finish, keep_library, staged
from voxct.ctclip.probe import list_parity_volumes
from voxct.ctclip.prompts import encode_prompts
from voxct.ctclip.session import StagedSession
from voxct.ctclip.speech_part import read_speech
from voxct.ctclip.text_tower import build_text_section
from voxct.ctclip.tokenizer import find_tokenizer, list_cut_words, open_tokenizer
from voxct.ctclip.tower import build_tower
from voxct.ctclip.variants import ORDER, REDUCED_COSINE, Expected, VariantReport, build_variants, expect
from voxct.library.encoder import choose_variant
from voxct.pack.embedding_guard import EmbeddingGuard, add_guard, choose_guard
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, find_contradictions, list_files

DEFAULT_VARIANTS = ("fp16", "q8", "int8", "fp32")


@dataclass(frozen=True)
class Config:
    checkpoint: Path
    out: Path
    """The pack's folder; its name is the pack's id."""
    tokenizer: Path | None = None
    variants: tuple[str, ...] = DEFAULT_VARIANTS
    speech: Path | None = None
    """Folder that scripts/export_speech.py wrote."""
    text_tower: bool = False
    validation: Path | None = None
    """The validation split: a pack with a labelled library, or .npz with `embeddings` [n, latent], `labels` [n, 18]."""
    chests: Path | None = None
    """Folder of chest scans (NIfTI, DICOM) by which the guard knows others, where there is no validation split."""
    parity_volumes: int = 2
    min_cosine: float = REDUCED_COSINE
    """Asked of every variant but fp32, which has its own limit."""
    threads: int = os.cpu_count() or 1
    title: str | None = None
    trained_on: str | None = None


def main(config: Config) -> dict:
    """Writes the pack and returns its manifest. Raises ValueError with file, reason and next step."""
    say = start_clock()
    torch.set_num_threads(config.threads)
    with staged(config.out) as staging:
        return export(config, staging, say)


def export(config: Config, staging: Path, say: Callable[[str], None]) -> dict:
    say(f"reading {config.checkpoint}")
    checkpoint = read_checkpoint(config.checkpoint)
    latent = checkpoint.config.latent
    say(f"tokens {checkpoint.config.grid}, latent {latent}, logit scale {checkpoint.logit_scale:.3f}")
    speech = read_speech(config.speech, latent) if config.speech else None
    validation = read_validation(config.validation, latent) if config.validation else None
    prompts, expected, text = ask_reference(config, checkpoint, staging, say)
    graphs, reports = export_graphs(config, checkpoint, expected, staging, say)
    calibrations, classifier = choose_scoring(checkpoint, validation, prompts)
    guard = make_guard(config, checkpoint, validation, graphs, staging, say)
    model = tell_model(config.checkpoint, classifier is not None)
    parts = Parts(
        identity=Identity(config.out.name, model, config.title, config.trained_on),
        config=checkpoint.config,
        logit_scale=checkpoint.logit_scale,
        graphs=graphs,
        probe_embedding=expected.embeddings[0],
        prompts=prompts,
        calibrations=calibrations,
        calibrated=validation is not None,
        classifier=classifier,
        speech=speech,
        text=text,
    )
    return write_pack(config, staging, parts, guard, reports, say)


def ask_reference(
    config: Config, checkpoint: Checkpoint, staging: Path, say: Callable[[str], None]
) -> tuple[NDArray[np.float32], Expected, dict | None]:
    """What the PyTorch implementation alone can tell: prompts [18, 2, latent], embeddings to compare the graphs with,
    and the manifest's text section (or None). The model is dropped before the graphs are made.
    """
    reference = checkpoint.to_reference()
    tokenizer = load_tokenizer(config, say)
    prompts = encode_prompts(reference, tokenizer)
    say(f"36 prompts encoded; PyTorch's own answers for {config.parity_volumes} volumes next")
    volumes = list_parity_volumes(checkpoint.config.shape, config.parity_volumes)
    expected = expect(reference, volumes, prompts[:, 0] - prompts[:, 1], config.min_cosine)
    text = build_text_section(checkpoint, reference, tokenizer, staging, say) if config.text_tower else None
    return prompts, expected, text


def choose_scoring(
    checkpoint: Checkpoint, validation: ValidationSet | None, prompts: NDArray[np.float32]
) -> tuple[list[FindingCalibration], NDArray[np.float32] | None]:
    """Calibration a finding, and LiPro's classifier [18, latent + 1] where the checkpoint has one."""
    if checkpoint.classifier is None:
        return calibrate_prompts(validation, prompts, checkpoint.logit_scale), None
    classifier, calibrations = calibrate_classifier(validation, checkpoint.classifier)
    return calibrations, classifier


def start_clock() -> Callable[[str], None]:
    """Progress lines on stderr, with seconds since the start."""
    started = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {line}", file=sys.stderr, flush=True)

    return say


def load_tokenizer(config: Config, say: Callable[[str], None]) -> Tokenizer:
    folder = find_tokenizer(config.tokenizer, config.checkpoint)
    tokenizer = open_tokenizer(folder)
    say(f"tokenizer of {folder}, {tokenizer.get_vocab_size()} words")
    cut = list_cut_words(tokenizer)
    if cut:
        say(f"warning: it cuts {' and '.join(cut)}, which CXR-BERT's keeps whole: is it another model's tokenizer?")
    return tokenizer


def export_graphs(
    config: Config, checkpoint: Checkpoint, expected: Expected, staging: Path, say: Callable[[str], None]
) -> tuple[dict[str, list[dict]], list[VariantReport]]:
    vit, weight = build_tower(checkpoint)
    graphs, reports = build_variants(vit, weight, staging, list(config.variants), expected, config.threads, say)
    if not any("wasm" in variant["providers"] for variant in graphs["trunk"]):
        raise ValueError("no variant for wasm is left: add fp32 to --variants")
    return graphs, reports


def make_guard(
    config: Config,
    checkpoint: Checkpoint,
    validation: ValidationSet | None,
    graphs: dict[str, list[dict]],
    staging: Path,
    say: Callable[[str], None],
) -> EmbeddingGuard | None:
    def open_session() -> StagedSession:
        say(f"embedding the chests of {config.chests} for the guard")
        return StagedSession(staging, *choose_variant({"ct": graphs}), config.threads)

    known = None if validation is None else validation.embeddings
    spec, latent = to_input(checkpoint.config), checkpoint.config.latent
    guard, refusals = choose_guard(known, config.chests, open_session, spec, latent)
    for refusal in refusals:
        say(f"left out of the guard: {refusal}")
    say(
        "no guard's statistics: give --validation or --chests with 20 scans or more"
        if guard is None
        else f"guard of {guard.n} scans"
    )
    return guard


def write_pack(
    config: Config,
    staging: Path,
    parts: Parts,
    guard: EmbeddingGuard | None,
    reports: list[VariantReport],
    say: Callable[[str], None],
) -> dict:
    manifest = add_guard(build_manifest(PackFolder(staging), parts), PackFolder(staging), guard)
    manifest = keep_library(config.out, staging, manifest)
    wrong = find_contradictions(manifest) + check_files(manifest, staging)
    if wrong:
        raise ValueError("the pack contradicts itself: " + "; ".join(wrong))
    write_card(staging / "README.md", manifest, reports, config.parity_volumes)
    (staging / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    finish(staging, config.out)
    total = sum({entry["file"]: entry["bytes"] for entry in list_files(manifest)}.values())
    say(f"{config.out}: {total / 1e6:.1f} MB. Drop the folder on the app; do not pass it on (CC-BY-NC-SA, gated)")
    return manifest


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the pack; its name becomes the pack's id")
    parser.add_argument("--tokenizer", type=Path, help="folder of CXR-BERT's tokenizer; else beside the checkpoint")
    parser.add_argument("--variants", default=",".join(DEFAULT_VARIANTS), help=f"of {', '.join(ORDER)}")
    parser.add_argument("--speech", type=Path, help="folder that scripts/export_speech.py wrote")
    parser.add_argument("--text-tower", action="store_true", help="add the text tower: typed sentences as queries")
    parser.add_argument("--validation", type=Path, help="pack with a labelled library, or .npz: calibrates")
    parser.add_argument("--chests", type=Path, help="folder of chest scans: the guard knows others by them")
    parser.add_argument("--parity-volumes", type=int, default=2)
    parser.add_argument("--min-cosine", type=float, default=REDUCED_COSINE, help="asked of every variant but fp32")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--title")
    parser.add_argument("--trained-on", help="in words, where the checkpoint is not the released one")
    given = vars(parser.parse_args())
    given["variants"] = tuple(name.strip() for name in given["variants"].split(",") if name.strip())
    unknown = set(given["variants"]) - set(ORDER)
    if unknown:
        parser.error(f"unknown variants: {', '.join(sorted(unknown))}; there are {', '.join(ORDER)}")
    return Config(**given)


if __name__ == "__main__":
    try:
        main(parse_arguments())
    except ValueError as error:
        sys.exit(f"error: {error}")
