"""The shipped speech graph as a row (speech-bundled), and the text tower's embeddings of the written reports.

python scripts/embed_bundled.py --graph runs/speech2/speech.onnx

Writes <rows>/speech-bundled/{<split>.npz, row.json, reports-<split>.npz, alignment.json} and
<rows>/text-report/reports-<split>.npz.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import train_alignment
from embed_spoken import SPLITS, measure_alignment, save_reports
from make_spoken_reports import read_cases
from store_frames import corpus_clips, report_windows

from voxct.alignment.scans import load_or_encode, to_margins
from voxct.alignment.spoken import speak_prompts, to_prompt_rows
from voxct.data.chunks import list_chunks
from voxct.metrics import mean_auroc
from voxct.rows import RowCard, write_row, write_row_json
from voxct.speech.casting import TEST_VOICES, VALIDATION_VOICES
from voxct.speech.corpus import Corpus
from voxct.speech.listener import Listener
from voxct.text.teacher import load_text_teacher

ROW = "speech-bundled"
NOTES = "The encoder of the pack: letters, three-way answers, prompts and InfoNCE; more supervision than SpeechCT-CLIP."


@dataclass(frozen=True)
class Config:
    graph: Path
    base: train_alignment.Config
    corpus: Path = Path("data/speech")
    sentences: str = "test"
    spoken: Path = Path("data/spoken")
    parts: tuple[str, ...] = ("text", "scores", "alignment", "reports")


def main(config: Config) -> None:
    parts: dict[str, Callable[[Config], None]] = {
        "text": embed_texts, "scores": score_prompts, "alignment": align, "reports": embed_reports
    }  # fmt: skip
    for part in config.parts:
        parts[part](config)


def hear_all(graph: Path, clips: Iterable[tuple[np.ndarray, dict]]) -> tuple[np.ndarray, list[dict]]:
    """Embeddings [clips, d] and descriptions."""
    listener, embeddings, about = Listener(graph), [], []
    for audio, description in clips:
        embeddings.append(listener.hear(audio).embedding)
        about.append(description)
    return np.stack(embeddings).astype(np.float32), about


def embed_texts(config: Config) -> None:
    teacher = load_text_teacher(config.base.text)
    for split in SPLITS:
        cases = [case for path in list_chunks(config.base.data, split) for case in read_cases(path)]
        latents = teacher.encode([report for _, report in cases], 64).numpy()
        save_reports(
            config.base.rows / "text-report" / f"reports-{split}.npz", latents, [{"seed": s} for s, _ in cases]
        )


def score_prompts(config: Config) -> None:
    base, folder = config.base, config.base.rows / ROW
    for split in ("validation", *SPLITS):
        voices = VALIDATION_VOICES if split == "validation" else TEST_VOICES
        embeddings, about = hear_all(config.graph, speak_prompts(voices))
        prompts = to_prompt_rows(embeddings, [clip["prompt"] for clip in about])
        kept = base.out / f"{base.ct.parent.name}-{split}.npz"
        scans = load_or_encode(kept, base.rows / "ctclip-s1", base.ct, base.data, split)
        scores = to_margins(scans.embeddings, prompts)
        write_row(folder, split, scans.labels, scores, scans.seeds, scans.embeddings)
        print(ROW, split, mean_auroc(scans.labels, scores), flush=True)
    command = f"python scripts/embed_bundled.py --graph {config.graph}"
    write_row_json(folder, RowCard(ROW, "bundled", "Bundled speech encoder", "this project", 7, command, NOTES))


def align(config: Config) -> None:
    """The same sentences in the same order as the stored frames, which measure_alignment takes its texts from."""
    embeddings, _ = hear_all(config.graph, corpus_clips(Corpus(config.corpus, config.sentences)))
    figures = measure_alignment(torch.from_numpy(embeddings), config.base)
    (config.base.rows / ROW / "alignment.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(ROW, json.dumps(figures), flush=True)


def embed_reports(config: Config) -> None:
    for split in SPLITS:
        save_reports(
            config.base.rows / ROW / f"reports-{split}.npz",
            *hear_all(config.graph, report_windows(config.spoken, split)),
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=Path("runs/speech2/speech.onnx"))
    parser.add_argument("--sentences", default="test")
    parser.add_argument("--parts", nargs="+", default=["text", "scores", "alignment", "reports"])
    torch.set_num_threads(1)
    given = parser.parse_args()
    base = train_alignment.Config("")
    main(Config(given.graph, base, sentences=given.sentences, parts=tuple(given.parts)))
