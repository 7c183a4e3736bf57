"""Embeds an archive of NIfTI files or DICOM series with a pack's own graphs into the pack's case library.

python -m scripts.build_library --volumes ARCHIVE --pack PACK --workers 4 --features FEATURES
Stopped and started again, or with new volumes in the archive, it embeds only what is new. A file that can't be used is
reported with its name and the reason, and skipped. With CT-CLIP's fp32 graphs a worker takes 2.5 GB of memory and some
20 s a volume on one core; with int8 (--variant int8) 1.9 GB and 11 s. --features keeps what scripts/align.py and
scripts/learn.py learn on; --ray hands the cases to a Ray cluster whose machines see archive and pack at the same paths.
The library tells a case's patient (a keyed hash), sex, age and day, by its DICOM header or --reports, and its report;
what of it a pack must not hold is named by --leave-out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voxct.corpora.ct_rate.tables import Tables, open_table, read_row
from voxct.corpora.journal import Journal, OtherModel, Row
from voxct.corpora.progress import Progress
from voxct.corpora.refusals import Refusal, write_refusals
from voxct.library.archive import Case, list_cases
from voxct.library.describe import add_leave_out, drop_fields
from voxct.library.details import PATIENTS_KEY, DetailSources
from voxct.library.encoder import choose_variant, read_manifest
from voxct.library.features import FeatureStore
from voxct.library.publish import publish_library
from voxct.library.ray_workers import embed_by_ray
from voxct.library.workers import WorkRules, check_pack, embed_cases

PROVENANCE = "The labels table given to build_library; who or what made it is not recorded."
CT_RATE_PROVENANCE = "CT-RATE's labels, inferred from the reports by RadBERT, not read from the volumes."
NO_LABELS = "The cases carry no labels."


@dataclass(frozen=True)
class Config:
    volumes: Path
    pack: Path
    labels: Path | None = None
    """CSV with VolumeName and the 18 findings, as CT-RATE's."""
    reports: Path | None = None
    """CSV with id and any of report, patient, sex, age, date."""
    workers: int = 1
    threads: int = 1
    variant: str | None = None
    volumes_url: str | None = None
    """Folder from which the app may fetch the files, relative to its own address."""
    provenance: str | None = None
    journal: Path | None = None
    """What is embedded already; beside the pack by default."""
    features: Path | None = None
    """Folder for the mean tokens (voxct/library/features.py)."""
    keep_tokens: bool = False
    ray: str | None = None
    """Of a Ray cluster: host:port, auto, or local for one on this machine; --workers 0 uses all of its cores."""
    leave_out: Sequence[str] = ()
    """Fields that the pack does not tell of its cases; the features keep them, on this machine."""

    def __post_init__(self) -> None:
        if self.volumes_url and ("//" in self.volumes_url or ":" in self.volumes_url):
            raise ValueError("--volumes-url is a folder on the app's own origin, such as archive/")
        if self.keep_tokens and self.features is None:
            raise ValueError("--keep-tokens needs --features, the folder that keeps them")

    @property
    def folder_url(self) -> str | None:
        return f"{self.volumes_url.rstrip('/')}/" if self.volumes_url else None

    @property
    def rules(self) -> WorkRules:
        has = self.features is not None
        return WorkRules(self.pack, self.variant, self.workers, self.threads, features=has, tokens=self.keep_tokens)

    @property
    def details(self) -> DetailSources:
        key = self.features / PATIENTS_KEY if self.features else self.kept_in.with_suffix(".key")
        return DetailSources(key, self.reports, lambda line: print(line, file=sys.stderr))

    @property
    def kept_in(self) -> Path:
        return self.journal or self.pack.with_name(f"{self.pack.name}-library.jsonl")


def main(config: Config) -> dict:
    """Returns the manifest's library section."""
    manifest = read_manifest(config.pack)
    root = config.volumes.resolve()
    cases, refusals = list_cases(root)
    cases = label_cases(cases, config.labels)
    if not cases:
        raise ValueError(f"{config.volumes} holds no NIfTI file and no CT series")
    trunk, head = choose_variant(manifest, config.variant)
    made_by = {"trunk": trunk["sha256"], "head": head["sha256"], "input": manifest["ct"]["input"]}
    store = FeatureStore(config.features, made_by, config.keep_tokens) if config.features else None
    rows = embed_new(cases, Journal(config.kept_in, made_by), config, store)
    refusals += [Refusal(case.id, rows[case.id].refused) for case in cases if rows[case.id].refused]
    report = config.kept_in.with_suffix(".refused.jsonl")
    print(f"{write_refusals(report, refusals)} refused: {report}", file=sys.stderr)
    embedded = [(case, rows[case.id].embedding) for case in cases if rows[case.id].embedding is not None]
    if not embedded:
        raise ValueError(f"no volume of {config.volumes} can be embedded: see {report}")
    details = config.details.gather([case for case, _ in embedded])
    if store:
        store.publish(root, [case for case, _ in embedded], details)
    provenance = choose_provenance(config, cases)
    told = {name: drop_fields(detail, config.leave_out) for name, detail in details.items()}
    library = publish_library(config.pack, root, embedded, provenance, config.folder_url, told)
    print(f"{len(embedded)} cases in {config.pack / 'manifest.json'}", file=sys.stderr)
    return library


def embed_new(cases: list[Case], journal: Journal, config: Config, store: FeatureStore | None) -> dict[str, Row]:
    """By case id, of all cases: those that the journal (and the store) hold unchanged, and the others now."""
    rows = {row.name: row for row in journal.rows()}
    new = [case for case in cases if not is_done(case, rows, store)]
    if new:
        check_pack(config.rules)
    progress = Progress("cases", len(cases), len(cases) - len(new))
    with journal:
        for row in choose_engine(config)(new, config.rules):
            if store:
                store.keep(row)
            journal.add(row)
            rows[row.name] = replace(row, mean=None, tokens=None)
            if row.refused:
                print(Refusal(row.name, row.refused), file=sys.stderr, flush=True)
            progress.add(refused=row.refused is not None)
    progress.show()
    return rows


def is_done(case: Case, rows: dict[str, Row], store: FeatureStore | None) -> bool:
    row = rows.get(case.id)
    if row is None or row.about.get("stamp") != case.stamp:
        return False
    return store is None or row.refused is not None or store.has(case)


def choose_engine(config: Config) -> Callable[[list[Case], WorkRules], Iterator[Row]]:
    if config.ray is None:
        return embed_cases
    return lambda cases, rules: embed_by_ray(cases, rules, config.ray)


def label_cases(cases: list[Case], table: Path | None) -> list[Case]:
    """Labels by VolumeName: the case's id or its last part. Without a table, what CT-RATE's own tables said stays."""
    if table is None:
        return cases
    read = Tables()
    columns, lines = open_table(table)
    for line in lines:
        read_row(read, columns, line)
    if not read.labels:
        raise ValueError(f"{table} has no column VolumeName with the 18 findings beside it")
    return [replace(case, labels=read.labels.get(case.id, read.labels.get(Path(case.id).name))) for case in cases]


def choose_provenance(config: Config, cases: list[Case]) -> str:
    if config.provenance:
        return config.provenance
    if all(case.labels is None for case in cases):
        return NO_LABELS
    return PROVENANCE if config.labels else CT_RATE_PROVENANCE


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--volumes", type=Path, required=True, help="archive: NIfTI files, DICOM folders, or CT-RATE")
    parser.add_argument("--pack", type=Path, required=True, help="folder with manifest.json; its library is replaced")
    parser.add_argument("--labels", type=Path, help="CSV with VolumeName and the 18 findings")
    parser.add_argument("--reports", type=Path, help="CSV with id and any of report, patient, sex, age, date")
    parser.add_argument("--workers", type=int, default=1, help="processes; 0: this one")
    parser.add_argument("--threads", type=int, default=1, help="of each worker")
    parser.add_argument("--variant", help="of the pack's CT graphs; fp32 where there is one")
    parser.add_argument("--volumes-url", help="same-origin folder with the files, e.g. archive/")
    parser.add_argument("--provenance", help="in words: where the labels come from")
    parser.add_argument("--journal", type=Path, help="default: beside the pack, <pack>-library.jsonl")
    parser.add_argument("--features", type=Path, help="folder for the mean tokens: what align and learn work on")
    parser.add_argument("--keep-tokens", action="store_true", help="and every token (float16), for attention pooling")
    parser.add_argument(
        "--ray", metavar="ADDRESS", help="Ray cluster: host:port, auto, or local (requirements-ray.txt)"
    )
    add_leave_out(parser)
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    try:
        main(parse_arguments())
    except KeyboardInterrupt:
        sys.exit("stopped: start again to go on where it was")
    except (ValueError, OtherModel, FileNotFoundError, RuntimeError) as error:
        sys.exit(f"error: {error}")
