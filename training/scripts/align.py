"""Teaches a locked CT encoder the words of an archive's own reports: features and reports -> a pack.

python -m scripts.align --features FEATURES --reports reports.csv --pack SOURCE --out packs/mine
FEATURES is what scripts/build_library.py --features kept of the archive with SOURCE, the pack whose trunk it is. The
reports' table has the columns id and report (or CT-RATE's VolumeName, Findings_EN, Impressions_EN), and patient where
one patient has several scans. Text tower, prompts and speech come from --text-pack (the bundled pack). A bad row is
named and left out. Minutes on two cores, nothing leaves the machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from scripts.export_ct_clip import start_clock
from voxct.archive.aligning import Aligned, Material, align, embed_all, join_truth, read_statements
from voxct.archive.card import ALIGNED, CONTRAST, to_identity
from voxct.archive.features import ArchiveFeatures, read_archive
from voxct.archive.labels import Labelled, read_labels
from voxct.archive.own_towers import open_own
from voxct.archive.pack import (
    Head,
    Told,
    build_ct,
    build_guard,
    build_library,
    check_source,
    keep_guard,
    set_calibration,
    write_pack,
)
from voxct.archive.reports import Reported, read_reports
from voxct.archive.splits import split_patients
from voxct.archive.tables import Fault
from voxct.archive.text_space import UNKNOWN, ReportReader, TextSpace, open_bundled
from voxct.ctclip.pack_folder import staged
from voxct.findings import FINDING_IDS, FINDING_LABELS
from voxct.library.describe import add_leave_out
from voxct.library.details import PATIENTS_KEY, state_details
from voxct.library.encoder import read_manifest
from voxct.pack.figures import stamp_today, to_rows
from voxct.pack.files import PackFolder
from voxct.pack.linear_head import LinearHead

BUNDLED = Path(__file__).resolve().parents[2] / "public/models/phantom-mini"
SHOWN_FAULTS = 20
READ = "labels read from their reports by the text tower, not from the scans"
GIVEN = "labels of the table given to align, else read from their reports"
LIMITS = [
    "Learnt from one archive's reports: what they leave out, or word as a habit, it leaves out and repeats.",
    "Its labels are what the reports say, read by a small text tower, not what a reader of the images found.",
]


@dataclass(frozen=True)
class Config:
    features: Path
    reports: Path
    pack: Path
    out: Path
    labels: Path | None = None
    text_pack: Path = BUNDLED
    text_checkpoint: Path | None = None
    """CT-CLIP's checkpoint, for CXR-BERT as its text tower; with it its tokenizer and a Whisper export."""
    tokenizer: Path | None = None
    speech: Path | None = None
    seed: int = 0
    leave_out: Sequence[str] = ()
    """Fields of FEATURES that the pack does not tell of its cases."""


def main(config: Config) -> dict:
    """Writes the pack and returns its manifest. Raises ValueError with file, reason and next step."""
    say = start_clock()
    source, archive = read_manifest(config.pack), read_archive(config.features)
    check_source(source, config.features, archive)
    reported = read_reports(config.reports, archive)
    tell_faults(reported.faults, config.reports, say)
    if reported.without:
        say(f"{len(reported.without)} cases have no row of {config.reports}, such as {reported.without[0]}")
    space = open_space(config, say)
    labelled = read_labels(config.labels, archive) if config.labels else None
    if labelled:
        tell_faults(labelled.faults, config.labels, say)
    material = gather(config, archive, reported, labelled, space, say)
    findings = [{"id": i, "label": label} for i, label in zip(FINDING_IDS, FINDING_LABELS, strict=True)]
    aligned = align(material, space, findings, stamp_today("python -m scripts.align"), say, config.seed)
    for figure in aligned.figures[:1]:
        span = "" if figure.interval is None else f" ({figure.interval[0]:.3f} to {figure.interval[1]:.3f})"
        say(f"{figure.name}: {figure.value:.3f}{span}, {figure.n} test cases")
    index = state_details(archive.index, config.reports, config.features / PATIENTS_KEY)
    manifest = write_aligned(config, source, replace(archive, index=index), material, aligned, space)
    say(f"{config.out}: {aligned.chosen.pooling} pooling, learnt from {len(material.split.train)} cases of "
        f"{len(set(material.patients))} patients. Drop the folder on the app")  # fmt: skip
    return manifest


def open_space(config: Config, say: Callable[[str], None]) -> TextSpace:
    if config.text_checkpoint is None:
        return open_bundled(config.text_pack)
    return open_own(config.text_checkpoint, config.tokenizer, config.speech, say)


def gather(
    config: Config, archive: ArchiveFeatures, reported: Reported, labelled: Labelled | None, space: TextSpace,
    say: Callable[[str], None],
) -> Material:  # fmt: skip
    split = split_patients(reported.patients, config.seed)
    counts = (len(split.train), len(split.validation), len(split.test), len(set(reported.patients)))
    say("{} cases to learn from, {} for validation, {} for the test, of {} patients".format(*counts))
    if len(set(reported.patients)) == len(reported.patients):
        say(
            f"every scan counts as a patient of its own: add a column patient to {config.reports} where one has several"
        )
    table = None if labelled is None else order_labels(labelled)[reported.rows]
    if table is not None and (table != UNKNOWN).all():
        stated = table
    else:
        stated = read_statements(ReportReader(config.text_pack), reported.reports)
    truth = join_truth(stated, table)
    say("reports are read; embedding them")
    texts = space.embed(reported.reports)
    named = READ if table is None else GIVEN
    features = archive.select(reported.rows)
    return Material(features, texts, truth, truth, reported.patients, split, named)


def order_labels(labelled: Labelled) -> np.ndarray:
    """[n, 18] in CT-RATE's order; findings that the table lacks are unknown."""
    ordered = np.full((len(labelled.values), len(FINDING_IDS)), UNKNOWN, np.int64)
    for column, id_ in enumerate(labelled.ids):
        if id_ in FINDING_IDS:
            ordered[:, FINDING_IDS.index(id_)] = labelled.values[:, column]
    return ordered


def write_aligned(
    config: Config, source: dict, archive: ArchiveFeatures, material: Material, aligned: Aligned, space: TextSpace
) -> dict:
    projection, cases = aligned.chosen.projection, len(material.split.train) + len(material.split.validation)
    head = Head(LinearHead(projection.weight, projection.mean), projection.query)
    learnt = f"a projection ({aligned.chosen.pooling} pooling) to the text space of {space.told}."
    extra = {"citations": [ALIGNED, CONTRAST], "limits": LIMITS}
    identity = to_identity(source, config.out.name, "aligned with your archive", cases, learnt, extra)
    told = Told(identity, aligned.figures, material.source[:1].upper() + material.source[1:] + ".")
    with staged(config.out) as staging:
        pack = PackFolder(staging)
        sections = space.write(pack)
        findings = set_calibration(sections["findings"], aligned.calibrations)
        guard = keep_guard(config.pack, source, pack) or build_guard(
            pack, material.features, material.split.train, held_out(material)
        )
        manifest = {
            **identity,
            "embedding": {"dimension": len(projection.weight), "logitScale": space.logit_scale},
            "ct": build_ct(config.pack, source, pack, head),
            **sections,
            "findings": findings,
            "calibrated": True,
            "library": build_library(
                pack, archive, embed_all(aligned.chosen, archive), spread(material, archive), findings, told,
                source["library"], config.leave_out,
            ),
            **({"outOfDistribution": guard} if guard else {}),
            "evaluation": to_rows(aligned.figures),
        }  # fmt: skip
        return write_pack(config.out, manifest, staging)


def held_out(material: Material) -> np.ndarray:
    return np.concatenate([material.split.validation, material.split.test])


def spread(material: Material, archive: ArchiveFeatures) -> np.ndarray:
    """Labels of every case of the archive; unknown for those without a report."""
    places = {line["id"]: row for row, line in enumerate(archive.index)}
    labels = np.full((len(archive), material.truth.shape[1]), UNKNOWN, np.int64)
    labels[[places[line["id"]] for line in material.features.index]] = material.truth
    return labels


def tell_faults(faults: list[Fault], path: Path, say: Callable[[str], None]) -> None:
    for fault in faults[:SHOWN_FAULTS]:
        say(f"{path}, {fault}")
    if len(faults) > SHOWN_FAULTS:
        say(f"{path}: {len(faults) - SHOWN_FAULTS} more rows are left out")


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=Path, required=True, help="folder of build_library --features")
    parser.add_argument("--reports", type=Path, required=True, help="CSV: id, report, and patient where known")
    parser.add_argument(
        "--pack", type=Path, required=True, help="the pack that embedded the archive: its trunk is kept"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the pack; its name becomes the pack's id")
    parser.add_argument(
        "--labels", type=Path, help="CSV with the 18 findings, where labels better than the reports are"
    )
    parser.add_argument("--text-pack", type=Path, default=BUNDLED, help="whose text tower, prompts and speech it gets")
    parser.add_argument("--text-checkpoint", type=Path, help="CT-CLIP's checkpoint: its CXR-BERT is the text tower")
    parser.add_argument("--tokenizer", type=Path, help="CXR-BERT's tokenizer folder, for --text-checkpoint")
    parser.add_argument(
        "--speech", type=Path, help="export_speech's folder (Whisper) in the space of --text-checkpoint"
    )
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
