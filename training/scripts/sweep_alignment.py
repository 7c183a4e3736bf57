"""Rows 4 and 6 as they stand in the table: lambda swept on validation with seed 1, then the seeds, then AcuLa.

python scripts/sweep_alignment.py sweep       # writes runs/align/lambda.json
python scripts/sweep_alignment.py train       # speech-naive-s1..3, speechct-s1..3, acula-post, acula-joint
python scripts/sweep_alignment.py score       # their rows in runs/rows
"""

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import train_alignment
from train_alignment import Config

from voxct.alignment.training import Recipe

LAMBDAS = (0.0, 0.3, 1.0, 3.0, 10.0, 30.0)
SEEDS = (1, 2, 3)
ACULA_NOTES = (
    " One further block, identity at first; CKA to a small causal language model, masked frames; batches of 32."
)
POST = {"steps": 120, "rate": 3e-4}


def sweep(base: Config) -> dict:
    """Validation AUROC for every lambda, seed 1; the best one is chosen. A lambda that was run before is kept."""
    curve = {}
    for value in LAMBDAS:
        name = f"lambda-{value:g}"
        kept = base.out / name / "report.json"
        trial = replace(base, name=name, write_rows=False, recipe=replace(base.recipe, distillation=value))
        report = json.loads(kept.read_text()) if kept.exists() else train_alignment.main(trial)
        curve[f"{value:g}"] = report["validation"]["auroc"]
        print(f"lambda {value:g}: {curve[f'{value:g}']:.4f}", flush=True)
    chosen = float(max(curve, key=curve.get))
    result = {"split": "validation", "seed": 1, "measure": "mean AUROC", "curve": curve, "chosen": chosen}
    (base.out / "lambda.json").write_text(json.dumps(result, indent=1) + "\n")
    return result


def list_rows(base: Config, chosen: float) -> list[Config]:
    """The runs of the table, the most important first."""
    acula_base = replace(base, blocks=1, batch=32, notes=base.notes + ACULA_NOTES)
    naive, taught = base.recipe, replace(base.recipe, distillation=chosen)
    acula = replace(taught, cka=1.0, masked=1.0)
    post = replace(acula, contrast=0.0, distillation=0.0, **POST)
    runs = []
    for seed in SEEDS:
        runs.append(replace(base, name=f"speech-naive-s{seed}", seed=seed, recipe=naive))
        runs.append(replace(base, name=f"speechct-s{seed}", seed=seed, recipe=taught))
    runs.append(replace(acula_base, name="acula-post", recipe=post, start_from=base.out / "speechct-s1/model.pt"))
    runs.append(replace(acula_base, name="acula-joint", recipe=acula))
    return runs


def reuse_trial(run: Config) -> bool:
    """The sweep's own model serves as seed 1 of its lambda: same settings, same seed."""
    trial = run.out / f"lambda-{run.recipe.distillation:g}" / "model.pt"
    if run.seed != 1 or run.name.startswith("acula") or not trial.exists():
        return False
    (run.out / run.name).mkdir(parents=True, exist_ok=True)
    (run.out / run.name / "model.pt").write_bytes(trial.read_bytes())
    return True


def train_rows(base: Config) -> None:
    """Trains what is not there yet; looks at the validation split alone."""
    for run in list_rows(base, load_choice(base)):
        if not (run.out / run.name / "model.pt").exists() and not reuse_trial(run):
            train_alignment.main(replace(run, write_rows=False))
        print(run.name, flush=True)


def score_rows(base: Config) -> None:
    """Writes the rows of the trained models: validation, internal, external."""
    for run in list_rows(base, load_choice(base)):
        if (run.out / run.name / "model.pt").exists():
            figures = train_alignment.score(run, train_alignment.load_aligned(run))
            print(run.name, {split: round(part["auroc"], 4) for split, part in figures.items()}, flush=True)


def load_choice(base: Config) -> float:
    return json.loads((base.out / "lambda.json").read_text())["chosen"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["sweep", "train", "score"])
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    for name in ("scans", "ct", "out"):
        parser.add_argument(f"--{name}", type=Path, default=getattr(Config, name))
    parser.add_argument("--notes", default="")
    given = vars(parser.parse_args())
    part, steps = given.pop("part"), given.pop("steps")
    start = Config("", recipe=Recipe(steps=steps), **given)
    {"sweep": sweep, "train": train_rows, "score": score_rows}[part](start)
