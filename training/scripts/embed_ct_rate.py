"""A split of CT-RATE through a CT-CLIP checkpoint: embeddings with labels, and the figures of zero-shot and retrieval.

python -m scripts.embed_ct_rate --root CT-RATE --checkpoint CT-CLIP_v2.pt --tokenizer CXR-BERT \
    --split validation --out validation.npz
export_ct_clip --validation validation.npz then calibrates the pack; --split test measures it (a scan once, N printed).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from voxct.contrastive.ct_clip import keep_labelled
from voxct.contrastive.distributed import Place, join_processes, leave_processes
from voxct.contrastive.embedding import Vectors, embed_corpus, fingerprint
from voxct.contrastive.precision import Precision, choose_precision
from voxct.contrastive.sentences import encode_in_batches
from voxct.contrastive.validation import recall_figures, zero_shot_figures
from voxct.corpora.ct_input import ct_clip_spec
from voxct.corpora.ct_rate.listing import Entry, list_volumes
from voxct.corpora.ct_rate.source import VolumeSource
from voxct.corpora.ct_rate.splits import VALIDATION_SHARE, Split, first_reconstructions, select_split
from voxct.corpora.refusals import Refusal, write_refusals
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.ctclip.tokenizer import open_tokenizer
from voxct.findings import list_prompts


@dataclass(frozen=True)
class Config:
    root: Path
    checkpoint: Path
    tokenizer: Path
    out: Path
    """.npz; the journal of what is embedded lies beside it, so that a stopped run goes on."""
    split: Split = "validation"
    validation_share: float = VALIDATION_SHARE
    cache: Path | None = None
    precision: Precision = "auto"
    workers: int = 4
    device: str | None = None


def main(config: Config) -> dict:
    """Returns the figures; also in OUT.json."""
    place = join_processes(config.device)
    try:
        return embed_split(config, place)
    finally:
        leave_processes()


def embed_split(config: Config, place: Place) -> dict:
    checkpoint = read_checkpoint(config.checkpoint)
    model, sizes = checkpoint.to_reference().to(place.device), checkpoint.config
    source = VolumeSource(ct_clip_spec(sizes.shape, sizes.spacing_mm), config.cache)
    listing = list_volumes(config.root)
    entries = select_split(listing.entries, config.split, config.validation_share)
    made_by = {"checkpoint": fingerprint(config.checkpoint), "spec": source.spec}
    precision = choose_precision(config.precision, place.device)
    journals = config.out.with_suffix(".journal")
    embed = partial(embed_corpus, model, source=source, place=place, precision=precision, workers=config.workers,
                    folder=journals, made_by=made_by)  # fmt: skip
    kept, vectors, refused = embed_scans(entries, embed)
    if not kept:
        raise ValueError(f"no volume of the split {config.split} can be read")
    images = np.stack([vectors[str(entry.name)] for entry in kept])
    tokenizer, labels = open_tokenizer(config.tokenizer), [entry.labels for entry in kept]
    prompts = encode_in_batches(model, tokenizer, list_prompts(), place.device).reshape(-1, 2, images.shape[1])
    texts = encode_in_batches(model, tokenizer, [entry.report.whole for entry in kept], place.device)
    figures = {"split": config.split, "scans": len(kept), "refused": len(refused) + len(listing.refusals)}
    figures |= zero_shot_figures(images, prompts, labels) | recall_figures(texts, images)
    if place.is_first:
        np.savez(config.out, **keep_labelled(images, labels))
        config.out.with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        reasons = [Refusal(f"{name}.nii.gz", reason) for name, reason in refused.items()]
        write_refusals(config.out.with_suffix(".refused.jsonl"), [*listing.refusals, *reasons])
        print(json.dumps(figures))
    return figures


def embed_scans(
    entries: list[Entry], embed: Callable[[list[Entry]], tuple[Vectors, dict[str, str]]]
) -> tuple[list[Entry], Vectors, dict[str, str]]:
    """One entry a scan: its first reconstruction that can be read. Embeddings and refusals by volume name."""
    vectors, refused, rest = {}, {}, list(entries)
    while rest:
        found, wrong = embed(first_reconstructions(rest))
        vectors, refused = vectors | found, refused | wrong
        done = {entry.name.scan for entry in rest if str(entry.name) in found}
        rest = [entry for entry in rest if entry.name.scan not in done and str(entry.name) not in wrong]
    return first_reconstructions(entry for entry in entries if str(entry.name) in vectors), vectors, refused


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True, help="copy of CT-RATE")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("validation.npz"))
    parser.add_argument("--split", choices=("train", "validation", "test"), default="validation")
    parser.add_argument("--validation-share", type=float, default=VALIDATION_SHARE)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--precision", choices=("auto", "fp32", "bf16", "fp16"), default="auto")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--device", choices=("cuda", "cpu"))
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    main(parse_arguments())
