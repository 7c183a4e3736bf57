"""Findings from labels, where an archive has no reports: a calibrated logistic read-out each on a pack's embedding.

python -m scripts.learn --features FEATURES --labels labels.csv --pack SOURCE --out packs/mine
FEATURES is what scripts/build_library.py --features kept with SOURCE. The table has the columns id and one a finding:
1, 0, or nothing where it is unknown; patient where one patient has several scans. A pack that hears and reads keeps its
findings and gets read-outs for those of them that the table names; one without gets the table's own findings.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray

from scripts.align import tell_faults
from scripts.export_ct_clip import start_clock
from voxct.archive.card import to_identity
from voxct.archive.features import ArchiveFeatures, read_archive
from voxct.archive.figures import measure_aurocs, measure_calibration
from voxct.archive.labels import Labelled, read_labels
from voxct.archive.learnt_findings import add_prompts, embed_archive, list_learnable, name_findings, to_own_findings
from voxct.archive.pack import Told, build_guard, build_library, check_source, keep_guard, set_calibration, write_pack
from voxct.archive.readouts import LOGIT_SCALE, Readout, TooFewCases, check_cases, fit_readout
from voxct.archive.splits import Split, split_patients
from voxct.archive.text_space import UNKNOWN, drop_siblings
from voxct.ctclip.pack_folder import staged
from voxct.library.describe import add_leave_out
from voxct.library.encoder import read_manifest
from voxct.pack.figures import Figure, stamp_today, to_rows
from voxct.pack.files import PackFolder
from voxct.pack.rules import list_files, locate

COMMAND = "python -m scripts.learn"
PROVENANCE = "The labels table given to learn; who or what made it is not recorded."
LIMITS = ["Learnt from one archive's labels: it repeats what whoever made them took for a finding."]


@dataclass(frozen=True)
class Config:
    features: Path
    labels: Path
    pack: Path
    out: Path
    seed: int = 0
    leave_out: Sequence[str] = ()
    """Fields of FEATURES that the pack does not tell of its cases."""


@dataclass(frozen=True)
class Learnt:
    """columns: of the labels that were learnt, a read-out each."""

    columns: list[int]
    readouts: list[Readout]
    split: Split
    figures: list[Figure]


def main(config: Config) -> dict:
    """Writes the pack and returns its manifest. Raises ValueError with file, reason and next step."""
    say = start_clock()
    source, archive = read_manifest(config.pack), read_archive(config.features)
    check_source(source, config.features, archive)
    labelled = read_labels(config.labels, archive)
    tell_faults(labelled.faults, config.labels, say)
    embeddings = embed_archive(config.pack, source, archive)
    learnt = learn(source, labelled, embeddings, config, say)
    manifest = write_learnt(config, source, archive, labelled, embeddings, learnt)
    names = ", ".join(labelled.labels[column] for column in learnt.columns)
    say(f"{config.out}: {names}. Drop the folder on the app")
    return manifest


def learn(
    source: dict, labelled: Labelled, embeddings: NDArray[np.float32], config: Config, say: Callable[[str], None]
) -> Learnt:
    rows = labelled.rows
    local = split_patients([labelled.patients[row] for row in rows], config.seed)
    split = Split(*(np.array(rows)[part] for part in vars(local).values()))
    columns, readouts = [], []
    for column in list_learnable(source, labelled, say):
        try:
            check_cases(labelled.labels[column], labelled.values[:, column], split)
        except TooFewCases as error:
            say(f"left out: {error}")
            continue
        readouts.append(fit_readout(embeddings, labelled.values[:, column], labelled.patients, split))
        columns.append(column)
    if not columns:
        raise ValueError(f"{config.labels}: no finding can be learnt from it")
    return Learnt(columns, readouts, split, measure(labelled, embeddings, columns, readouts, split))


def measure(
    labelled: Labelled, embeddings: NDArray[np.float32], columns: list[int], readouts: list[Readout], split: Split
) -> list[Figure]:
    test, stamp = split.test, stamp_today(COMMAND)
    margins = 2 * embeddings[test] @ np.stack([each.direction for each in readouts]).T
    values, patients = labelled.values[test][:, columns], [labelled.patients[row] for row in test]
    named = [{"label": labelled.labels[column]} for column in columns]
    where = "test patients of your archive, labels of the table given to learn"
    figures = measure_aurocs(values, margins, patients, named, "CT read-out AUROC", where, stamp)
    fitted = [each.calibration for each in readouts]
    return figures + measure_calibration(values, margins, fitted, LOGIT_SCALE, where, stamp)


def write_learnt(
    config: Config, source: dict, archive: ArchiveFeatures, labelled: Labelled, embeddings: NDArray[np.float32],
    learnt: Learnt,
) -> dict:  # fmt: skip
    count = len(learnt.split.train) + len(learnt.split.validation)
    names = [labelled.labels[column] for column in learnt.columns]
    extra = {"citations": [], "limits": LIMITS}
    told = f"logistic read-outs of {', '.join(names)}."
    identity = to_identity(source, config.out.name, "with findings of your archive", count, told, extra)
    fitted = {labelled.ids[c]: each for c, each in zip(learnt.columns, learnt.readouts, strict=True)}
    with staged(config.out) as staging:
        pack = PackFolder(staging)
        kept = {key: source[key] for key in ("ct", "speech", "text") if key in source}
        copy_files(kept, config.pack, staging)
        findings, calibrated = name_findings(source, labelled, learnt.columns), to_own_findings(source, fitted)
        manifest = {
            **identity,
            **drop_siblings(kept),
            "embedding": {**source["embedding"], "logitScale": LOGIT_SCALE if not calibrated else
                          source["embedding"]["logitScale"]},
            "findings": calibrated or set_calibration(findings, [each.calibration for each in learnt.readouts]),
            "calibrated": True,
            **add_prompts(pack, config.pack, source, fitted),
            "library": build_library(
                pack, archive, embeddings, spread(calibrated or findings, labelled, learnt), calibrated or findings,
                Told(identity, learnt.figures, PROVENANCE), source["library"], config.leave_out,
            ),
            "evaluation": to_rows(learnt.figures),
        }  # fmt: skip
        held_out = np.concatenate([learnt.split.validation, learnt.split.test])
        guard = keep_guard(config.pack, source, pack) or build_guard(pack, archive, learnt.split.train, held_out)
        manifest |= {"outOfDistribution": guard} if guard else {}
        return write_pack(config.out, manifest, staging)


def copy_files(part: dict, source: Path, to: Path) -> None:
    for entry in list_files(part):
        shutil.copyfile(locate(entry, source), to / entry["file"])


def spread(findings: list[dict], labelled: Labelled, learnt: Learnt) -> NDArray[np.int64]:
    """Labels [n, findings] of the library; a pack that keeps findings of its own knows nothing of the others."""
    values = np.full((len(labelled.values), len(findings)), UNKNOWN, np.int64)
    places = {finding["id"]: at for at, finding in enumerate(findings)}
    for column in learnt.columns:
        values[:, places[labelled.ids[column]]] = labelled.values[:, column]
    return values


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=Path, required=True, help="folder of build_library --features")
    parser.add_argument("--labels", type=Path, required=True, help="CSV: id, a column a finding, and patient")
    parser.add_argument("--pack", type=Path, required=True, help="the pack that embedded the archive")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pack; its name becomes the pack's id")
    parser.add_argument("--seed", type=int, default=0, help="of the split by patient")
    add_leave_out(parser)
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    try:
        main(parse_arguments())
    except KeyboardInterrupt:
        sys.exit("stopped: nothing was written")
    except (ValueError, FileNotFoundError) as error:
        sys.exit(f"error: {error}")
