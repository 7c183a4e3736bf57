"""OpenAI's Whisper base -> a pack's transcriber: graphs of encoder and decoder, tokens, transcriber.json, report.json.

python scripts/fetch_whisper.py --out ../../whisper-base
python scripts/export_whisper.py --whisper ../../whisper-base --tuned runs/whisper-tuned/decoder.pt --out runs/whisper

report.json compares the graphs with transformers on the repository's clip and what can be made of it, and on the
recordings where they are at hand: cosine of the encoder's states, whether the same tokens come, words wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

import numpy as np

from voxct.pack.files import PackFolder, describe_file
from voxct.speech.alphabet import word_errors
from voxct.speech.recordings import read_clip, vary_clip
from voxct.speech.whisper.contexts import pad_to_context
from voxct.speech.whisper.decoder_graph import write_decoder_graph
from voxct.speech.whisper.encoder_graph import write_encoder_graph
from voxct.speech.whisper.greedy import GreedyWriter, count_most, cut_at_pauses
from voxct.speech.whisper.peaks import measure_peaks
from voxct.speech.whisper.published import read_published
from voxct.speech.whisper.reference import Reference
from voxct.speech.whisper.section import PROMPT, SECTION_FILE, build_transcriber
from voxct.speech.whisper.spelling import to_words
from voxct.speech.whisper.tuning.mix import mix_tuned
from voxct.speech.whisper.vocabulary import Vocabulary, load_vocabulary, read_suppressed

SHIPPED = "int8"
VARIANTS = ("fp32", SHIPPED)
LEAST_COSINE = {"fp32": 0.9999, "int8": 0.998}
"""Of any window; the faint and the reversed clip are the lowest, recorded speech lies above .9995."""


@dataclass(frozen=True)
class Config:
    whisper: Path
    out: Path
    clip: Path = ROOT / "fixtures/golden/speech/clip.wav"
    recordings: Path = ROOT / "../shared/data"
    tuned: Path | None = None
    share: float = 1.0


def main(config: Config) -> dict:
    """Writes out/ (shipped files, transcriber.json, report.json) and out/fp32; returns the report. ValueError where the
    encoder's states are not PyTorch's."""
    tensors, vocabulary = read_published(config.whisper), load_vocabulary(config.whisper)
    if config.tuned:
        tensors = mix_tuned(tensors, config.tuned, config.share)
    pack, clip = PackFolder(config.out), read_clip(config.clip)
    files = write_graphs(config.out, tensors, vocabulary, clip)
    suppressed = read_suppressed(config.whisper / "config.json")
    reference = Reference(tensors, vocabulary, suppressed)
    writers = {
        (variant, bool(prompt)): GreedyWriter(*files[variant].values(), vocabulary, prompt)
        for variant in VARIANTS
        for prompt in ("", PROMPT)
    }
    clips = {f"clip {n}": (one, None) for n, one in enumerate(vary_clip(clip))} | read_recordings(config.recordings)
    report = {
        "tokens": len(vocabulary.published),
        "bytes": {part: path.stat().st_size for part, path in files[SHIPPED].items()},
        "parity": {variant: compare(writers[variant, False], reference, clips) for variant in VARIANTS},
        "wordErrors": {
            f"{variant}{' with prompt' if prompted else ''}": count_errors(writer, clips)
            for (variant, prompted), writer in writers.items()
        },
    }
    (config.out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for variant, least in LEAST_COSINE.items():
        if not report["parity"][variant]["lowestCosine"] >= least:
            raise ValueError(f"the {variant} encoder disagrees with PyTorch; see report.json")
    graphs = {part: {SHIPPED: describe_file(path)} for part, path in files[SHIPPED].items()}
    section = build_transcriber(pack, vocabulary, graphs, writers[SHIPPED, not config.tuned], clip)
    (config.out / SECTION_FILE).write_text(json.dumps(section, indent=1) + "\n", encoding="utf-8")
    return report


def write_graphs(out: Path, tensors: dict, vocabulary: Vocabulary, clip: np.ndarray) -> dict[str, dict[str, Path]]:
    """{variant: {"encoder", "decoder"}}"""
    peaks = measure_peaks(tensors, [pad_to_context(one) for one in vary_clip(clip)])
    files = {}
    for variant in VARIANTS:
        folder = out if variant == SHIPPED else out / variant
        files[variant] = {part: folder / f"whisper-{part}-{variant}.onnx" for part in ("encoder", "decoder")}
        write_encoder_graph(tensors, files[variant]["encoder"], variant, peaks)
        write_decoder_graph(tensors, vocabulary, files[variant]["decoder"], variant)
    return files


def read_recordings(folder: Path) -> dict[str, tuple[np.ndarray, str | None]]:
    """{name: (sound, words or None)}; empty where there is no such folder."""
    table = folder / "speech/transcripts.tsv"
    if not table.exists():
        return {}
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name: (read_clip(folder / "speech" / name), words) for name, words in lines}


def compare(writer: GreedyWriter, reference: Reference, clips: dict) -> dict:
    """Of every window: cosine of all states together, and whether the very tokens of the reference are written."""
    cosines, same, lost = [], 0, 0
    for clip, _ in clips.values():
        for piece in cut_at_pauses(clip):
            audio, most = pad_to_context(piece), count_most(piece)
            states, theirs = writer.encode(audio), reference.encode(audio)
            cosines.append(float((states * theirs).sum() / np.linalg.norm(states) / np.linalg.norm(theirs)))
            wanted = reference.write(theirs, writer.prompt.tolist(), most)
            same += writer.write(states, most).ids == wanted
            lost += -1 in wanted
    return {
        "windows": len(cosines),
        "lowestCosine": min(cosines),
        "medianCosine": float(np.median(cosines)),
        "sameTokens": same,
        "windowsWithCutTokens": lost,
    }


def count_errors(writer: GreedyWriter, clips: dict) -> dict:
    """Edits and words, numbers and units in one spelling, by folder of the recordings."""
    found: dict[str, list[int]] = {}
    for name, (clip, words) in clips.items():
        if words is None:
            continue
        edits, count = word_errors(to_words(words), to_words(writer.transcribe(clip)))
        sums = found.setdefault(name.rpartition("/")[0] or "others", [0, 0])
        sums[0] += edits
        sums[1] += count
    return {name: {"edits": edits, "words": words, "rate": edits / words} for name, (edits, words) in found.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--whisper", type=Path, required=True, help="folder of fetch_whisper.py or openai/whisper-base")
    parser.add_argument("--out", type=Path, default=Path("runs/whisper"))
    parser.add_argument("--clip", type=Path, default=Config.clip)
    parser.add_argument("--recordings", type=Path, default=Config.recordings)
    parser.add_argument("--tuned", type=Path, help="decoder.pt of tune_whisper.py")
    parser.add_argument("--share", type=float, default=Config.share, help="of the way from the published to the tuned")
    try:
        print(json.dumps(main(Config(**vars(parser.parse_args()))), indent=1))
    except ValueError as error:
        sys.exit(f"export_whisper: {error}")
