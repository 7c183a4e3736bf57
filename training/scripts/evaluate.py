"""Every figure of the project, from a pack's own graphs, the scans and the rows of the table: prints the table, writes
RESULTS.md and evaluation.json, which build_pack.py puts into the manifest.

python scripts/evaluate.py                                    # figures of the bundled pack, made again
python scripts/evaluate.py --onnx runs/ct2/onnx --tower runs/ct2/ct.pt     # of a run that is not packed yet
python scripts/evaluate.py --alone --onnx runs/radclip/onnx --card runs/radclip/card.json --row radclip-s1 \
    --out runs/evaluation-radclip
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

import numpy as np

from voxct.ct.evaluation import Looked, look_at_split
from voxct.ct.guard import GuardStatistics
from voxct.data.chunks import Chunk, list_chunks, load_split
from voxct.pack.figures import stamp_today, to_ct_figures, to_guard_figures, to_report_figures, to_rows
from voxct.pack.speech_figures import to_speech_figures
from voxct.results.ct import measure_ct
from voxct.results.document import keep_apart, to_document
from voxct.results.guard import GuardCounts, encode_strangers, fit_from, measure_guard
from voxct.results.source import CtSource, open_pack, open_pack_guard, open_run, read_commit
from voxct.results.table import measure_table
from voxct.rows import RowCard, write_row, write_row_json

SPLITS = ("validation", "internal", "external")
REPORT_TITLES = {
    "speech-bundled": "Spoken report to volume, bundled speech encoder",
    "text-report": "Written report to volume, text tower",
}


@dataclass(frozen=True)
class Config:
    pack: Path = ROOT / "public/models/phantom-mini"
    onnx: Path | None = None
    """Graphs of a run instead of the pack's; with its tower or card, for the logit scale."""
    tower: Path | None = None
    card: Path | None = None
    """In place of a tower: a JSON file with its logit_scale."""
    text: Path = Path("runs/text")
    scans: Path = Path("data/scans")
    train: Path = Path("data/train")
    """Train chunks, for the guard's statistics; a pack brings its own."""
    real: Path = ROOT / "../shared/data"
    """Real scans as strangers, where they are at hand."""
    rows: Path = Path("runs/rows")
    speech: Path = Path("runs/speech2")
    out: Path = Path("runs/evaluation")
    results: Path | None = Path("RESULTS.md")
    row: str = "ctclip-s1"
    """The encoder under test is also this row of the table."""
    alone: bool = False
    """Measure this encoder and write no table."""
    counts: GuardCounts = field(default_factory=GuardCounts)


def main(config: Config) -> dict:
    """Writes evaluation.json (and RESULTS.md), guard.npz and the row; returns the report."""
    source = open_source(config)
    cache = config.out / "cache" / source.key
    chunks = {split: load_split(config.scans, split) for split in SPLITS if list_chunks(config.scans, split)}
    looked = {split: look_at_split(source.session, parts, source.prompts, cache) for split, parts in chunks.items()}
    write_own_row(config, looked)
    stamp = stamp_today(to_command(config))
    report = {
        "command": stamp.command,
        "date": stamp.date,
        "commit": read_commit(ROOT),
        "key": source.key,
        "logit_scale": source.logit_scale,
        "ct": measure_ct(looked, source.logit_scale),
    }
    guard = find_guard(config, source, chunks, looked, cache)
    if guard:
        strangers = encode_strangers(
            source.session, chunks["internal"], config.real, read_ct_input(), config.counts, cache
        )
        tests = {split: each for split, each in looked.items() if split != "validation"}
        report["guard"] = measure_guard(guard, tests, strangers)
        np.savez(config.out / "guard.npz", **vars(guard))
    figures = to_ct_figures(report["ct"], stamp) + (to_guard_figures(report["guard"], stamp) if guard else [])
    if not config.alone:
        report |= measure_table(config.rows, looked, chunks, config.text)
        report["speech"] = load_spoken(config.speech)
        figures += to_report_figures(report["report_retrieval"], REPORT_TITLES, stamp)
        if report["speech"] is None:
            report["missing"].append("figures of the speech encoder (none that are newer than its graph)")
        else:
            figures += to_speech_figures(report["speech"], stamp_today("python scripts/export_speech.py"))
    report["figures"] = to_rows(figures)
    return write_report(config, report)


def open_source(config: Config) -> CtSource:
    if config.onnx is None:
        return open_pack(config.pack)
    return open_run(config.onnx, config.text, config.tower, config.card)


def find_guard(
    config: Config, source: CtSource, chunks: dict[str, list[Chunk]], looked: dict[str, Looked], cache: Path
) -> GuardStatistics | None:
    """The pack's own statistics; of a run, or of a pack without, they are fitted where train chunks are at hand."""
    packed = open_pack_guard(config.pack) if config.onnx is None else None
    if packed or not list_chunks(config.train, "train"):
        return packed
    return fit_from(source.session, config.train, chunks["validation"], looked["validation"], config.counts, cache)


def read_ct_input() -> dict:
    return json.loads((ROOT / "training/configs/ct_input.json").read_text(encoding="utf-8"))


def write_own_row(config: Config, looked: dict[str, Looked]) -> None:
    folder = config.rows / config.row
    for split, each in looked.items():
        write_row(folder, split, each.labels, each.margins, each.seeds, each.embeddings)
    if not (folder / "row.json").exists():
        group = config.row.split("-")[0]
        title, paper = {
            "ctclip": ("CT-CLIP, zero-shot, written prompts", "CT-CLIP, Hamamci et al., arXiv 2403.17834"),
            "radclip": ("RadCLIP, zero-shot", "Lu et al., arXiv 2403.09948"),
        }[group]
        write_row_json(folder, RowCard(config.row, group, title, paper, 1, to_command(config), "The bundled graphs."))


def load_spoken(speech: Path) -> dict | None:
    """What export_speech.py measured with voxct.speech.evaluation on the exported graph; None where the graph is newer,
    since the figures would be another encoder's."""
    path, graph = speech / "evaluation.json", speech / "speech.onnx"
    if not path.exists() or (graph.exists() and graph.stat().st_mtime > path.stat().st_mtime):
        return None
    report = json.loads(path.read_text(encoding="utf-8"))
    return report | read_transcripts(speech / "transcript.json", report)


def read_transcripts(path: Path, report: dict) -> dict:
    """Word error rates of the decoder that ships (evaluate_transcript.py), in place of those in the report."""
    if not path.exists():
        return {}
    test = json.loads(path.read_text(encoding="utf-8")).get(report["split"], {})
    rates = {
        condition: {"werDecoded": part["wer"], "werDecodedInterval": part["werInterval"]}
        for condition, part in test.items()
        if condition in report
    }
    return {condition: report[condition] | rate for condition, rate in rates.items()}


def write_report(config: Config, report: dict) -> dict:
    """The report as JSON holds it: keys are text."""
    report = json.loads(json.dumps(report))
    config.out.mkdir(parents=True, exist_ok=True)
    (config.out / "evaluation.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if config.results and not config.alone:
        config.results.write_text(to_document(report) + keep_apart(config.results), encoding="utf-8")
    return report


def to_command(config: Config) -> str:
    """By which anybody makes the same figures from the pack, once it is built of these graphs."""
    if config.row == Config.row:
        return "python scripts/evaluate.py"
    pack = {"radclip": "phantom-radclip"}[config.row.split("-")[0]]
    where = f"--pack ../public/models/{pack} --out runs/{config.out.name}"
    return f"python scripts/evaluate.py --alone --row {config.row} {where}"


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pack", "onnx", "tower", "card", "text", "scans", "train", "real", "rows", "speech", "out", "results"):
        parser.add_argument(f"--{name}", type=Path, default=getattr(Config, name))
    parser.add_argument("--row", default=Config.row)
    parser.add_argument("--alone", action="store_true")
    return Config(**vars(parser.parse_args()))


if __name__ == "__main__":
    written = main(parse_arguments())
    for row in written["figures"]:
        span = f", {row['interval'][0]} to {row['interval'][1]}" if "interval" in row else ""
        print(f"{row['name']}: {row['value']}{span} (chance {row['chance']}, N {row['n']}, {row['split']})")
    for line in written.get("missing", []):
        print(f"missing: {line}")
