r"""Trains one model of row 4 (speech-naive, speechct) or 6 (acula-post, acula-joint) on stored frames and scores it.

python scripts/train_alignment.py speech-naive-s1 --seed 1
python scripts/train_alignment.py speechct-s1 --seed 1 --distillation 3
python scripts/train_alignment.py acula-post --contrast 0 --cka 1 --masked 1 --blocks 1 --batch 32 --steps 120 \
    --rate 3e-4 --start-from runs/align/speechct-s1/model.pt
python scripts/train_alignment.py acula-joint --distillation 3 --cka 1 --masked 1 --blocks 1 --batch 32 --lm hf:NAME
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from voxct.alignment.acula import Acula
from voxct.alignment.encoder import AlignedEncoder, load_pretrained
from voxct.alignment.material import embed_prompts, language_latents, open_store, summable_texts
from voxct.alignment.pairs import PairMaker, Scans
from voxct.alignment.scans import load_or_encode, to_margins
from voxct.alignment.training import Aligner, Recipe, train_alignment
from voxct.metrics import mean_auroc
from voxct.rows import RowCard, write_row, write_row_json

PAPERS = {"speech-naive": "SpeechCT-CLIP (arXiv 2510.02322)", "speechct": "SpeechCT-CLIP (arXiv 2510.02322)",
          "acula": "AcuLa (arXiv 2512.04847)"}  # fmt: skip
TITLES = {
    "speech-naive": "Speech without distillation (λ = 0)",
    "speechct": "SpeechCT-CLIP (λ = {distillation:g})",
    "acula-post": "AcuLa after SpeechCT-CLIP",
    "acula-joint": "AcuLa with SpeechCT-CLIP (λ = {distillation:g})",
}


@dataclass(frozen=True)
class Config:
    name: str
    """Row id, or any other name for a trial (then `write_rows` has to be off)."""
    seed: int = 1
    recipe: Recipe = field(default_factory=Recipe)
    start_from: Path | None = None
    lm: str = "runs/align/lm"
    encoder: Path = Path("runs/align/trunk.pt")
    frames: Path = Path("data/align")
    scans: Path = Path("runs/ct2/train_embeddings.npz")
    text: Path = Path("runs/text")
    ct: Path = Path("runs/ct2/onnx")
    data: Path = Path("data/scans")
    out: Path = Path("runs/align")
    rows: Path = Path("runs/rows")
    blocks: int = 0
    batch: int = 64
    join_share: float = 0.3
    write_rows: bool = True
    notes: str = ""


def main(config: Config) -> dict:
    """Writes <out>/<name>/{model.pt, log.jsonl, report.json} and the row's files; returns the report."""
    folder = config.out / config.name
    folder.mkdir(parents=True, exist_ok=True)
    aligner = make_aligner(config)
    with (folder / "log.jsonl").open("w") as log:
        train_alignment(aligner, make_pairs(config), lambda line: print(json.dumps(line), file=log, flush=True))
    torch.save({"blocks": config.blocks, "encoder": aligner.encoder.state_dict()}, folder / "model.pt")
    report = {"name": config.name, "seed": config.seed, "recipe": asdict(config.recipe)} | score(
        config, aligner.encoder
    )
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


def make_aligner(config: Config) -> Aligner:
    torch.set_num_threads(1)
    torch.manual_seed(config.seed)
    encoder = AlignedEncoder(load_pretrained(config.encoder).config, config.blocks)
    if config.start_from:
        encoder.head.load_state_dict(to_head(torch.load(config.start_from, weights_only=True)["encoder"]))
    acula = None
    if config.recipe.cka or config.recipe.masked:
        store = config.frames / "train"
        acula = Acula(language_latents(config.lm, store), encoder.head.project.out_features, open_store(store).width)
    return Aligner(encoder, config.recipe, acula)


def to_head(state: dict) -> dict:
    """The head's weights of an encoder; further blocks begin as identity."""
    return {name.removeprefix("head."): value for name, value in state.items() if name.startswith("head.")}


def make_pairs(config: Config) -> PairMaker:
    store = config.frames / "train"
    texts = summable_texts(config.text, store)
    scans = Scans.load(config.scans)
    return PairMaker(open_store(store), texts, scans, config.batch, config.join_share, config.seed)


def load_aligned(config: Config) -> AlignedEncoder:
    """The trained model of a row."""
    saved = torch.load(config.out / config.name / "model.pt", weights_only=True)
    encoder = AlignedEncoder(load_pretrained(config.encoder).config, saved["blocks"])
    encoder.load_state_dict(saved["encoder"])
    return encoder.eval()


def score(config: Config, encoder: AlignedEncoder) -> dict:
    """Mean AUROC of every split that exists; thresholds and lambda may look at the validation's alone."""
    splits = ("validation", "internal", "external") if config.write_rows else ("validation",)
    figures = {}
    for split in splits:
        prompts = embed_prompts(encoder, config.frames, "validation" if split == "validation" else "test")
        kept = config.out / f"{config.ct.parent.name}-{split}.npz"
        try:
            scans = load_or_encode(kept, config.rows / "ctclip-s1", config.ct, config.data, split)
        except FileNotFoundError as error:
            print(f"{split}: {error}", file=sys.stderr)
            continue
        scores = to_margins(scans.embeddings, prompts)
        figures[split] = {"n": len(scores), "auroc": mean_auroc(scans.labels, scores)}
        if config.write_rows:
            write_row(config.rows / config.name, split, scans.labels, scores, scans.seeds, scans.embeddings)
    if config.write_rows:
        write_row_json(config.rows / config.name, to_card(config))
    return figures


def to_card(config: Config) -> RowCard:
    kind = next(kind for kind in TITLES if config.name.startswith(kind))
    group = "acula" if kind.startswith("acula") else kind
    title = TITLES[kind].format(distillation=config.recipe.distillation)
    command = f"python scripts/train_alignment.py {config.name} {to_flags(config)}"
    return RowCard(config.name, group, title, PAPERS[group], config.seed, command, config.notes)


def to_flags(config: Config) -> str:
    """Every setting that is not the default."""
    flags = [f"--seed {config.seed}"] + ([f"--blocks {config.blocks}"] if config.blocks else [])
    flags += [f"--batch {config.batch}"] if config.batch != Config.batch else []
    for setting in fields(Recipe):
        value = getattr(config.recipe, setting.name)
        if value != setting.default:
            name = setting.name.replace("_", "-")
            flags.append(f"--no-{name}" if value is False else f"--{name} {value:g}")
    return " ".join(flags + ([f"--start-from {config.start_from}"] if config.start_from else []))


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    for setting in fields(Recipe):
        flag = "--" + setting.name.replace("_", "-")
        if isinstance(setting.default, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=setting.default)
        else:
            parser.add_argument(flag, type=type(setting.default), default=setting.default)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blocks", type=int, default=0, help="further blocks below the head; AcuLa needs one")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--start-from", type=Path)
    parser.add_argument("--lm", default="runs/align/lm", help="folder of train_language_model.py, or hf:NAME")
    for name in ("encoder", "frames", "scans", "text", "ct", "data", "out", "rows"):
        parser.add_argument(f"--{name}", type=Path, default=getattr(Config, name))
    parser.add_argument("--write-rows", action=argparse.BooleanOptionalAction, default=True)
    given = vars(parser.parse_args())
    recipe = Recipe(**{setting.name: given.pop(setting.name) for setting in fields(Recipe)})
    return Config(**given, recipe=recipe)


if __name__ == "__main__":
    print(json.dumps(main(parse_arguments()), indent=1))
