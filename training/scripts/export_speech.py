"""A speech encoder -> ONNX graphs from samples to embedding, with what a pack needs beside them.

python -m scripts.export_speech                       the bundled pack's own encoder, from its run (configs/speech.json)
python -m scripts.export_speech --encoder whisper --weights whisper-base --head head.pt --out speech
python -m scripts.export_speech --encoder whisper --weights speech-clip.pt --out speech     (of training, head included)
python -m scripts.export_speech --encoder wav2vec2 --weights wav2vec2-base --head head.pt --out speech
`--weights random` makes an encoder of full size that says nothing, to measure speed with.
`export_ct_clip --speech DIR` takes the folder into a pack.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.graph_variants import PROVIDERS
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.open_encoder import OpenEncoder
from voxct.speech.open_export import write_speech, write_spoken_prompts
from voxct.speech.recordings import list_prompt_files, read_clip, vary_clip
from voxct.speech.waveform.encoder import fold_positions
from voxct.speech.waveform.weights import open_waveform
from voxct.speech.whisper.config import WhisperSpeechConfig
from voxct.speech.whisper.weights import open_whisper
from voxct.speech.windows import WHISPER_RULE, WindowRule, rule_for

ENCODERS = ("voxct", "whisper", "wav2vec2")
LATENT = 512
"""Of CT-CLIP, where the encoder's head does not say otherwise."""


@dataclass(frozen=True)
class Config:
    """Of an encoder that people bring; sizes: of random weights."""

    encoder: str
    weights: str
    out: Path
    head: Path | None = None
    dimension: int = LATENT
    clips: Path = ROOT / "fixtures/golden/speech/clip.wav"
    spoken_prompts: Path | None = None
    variants: tuple[str, ...] = ("int8", "fp32")
    sizes: dict = field(default_factory=dict)


def main(config: Config) -> dict:
    """Writes speech.json, its files, spoken_prompts.npy where clips are given, report.json; returns the report."""
    check_variants(config.variants)
    clips = read_clips(config.clips)
    prompts = [read_clip(file) for file in list_prompt_files(config.spoken_prompts)] if config.spoken_prompts else []
    encoder = open_encoder(config)
    config.out.mkdir(parents=True, exist_ok=True)
    measured = write_speech(encoder, config.out, config.variants, clips)
    if prompts:
        write_spoken_prompts(encoder, config.out, prompts)
    report = {
        "encoder": config.encoder,
        "weights": config.weights,
        "dimension": encoder.dimension,
        "clips": len(clips),
        "variants": [asdict(each) for each in measured],
        "left out": sorted(set(config.variants) - list_shipped(config.out)),
    }
    (config.out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return report


def check_variants(variants: tuple[str, ...]) -> None:
    unknown = [variant for variant in variants if variant not in PROVIDERS]
    if unknown:
        raise ValueError(f"no variant {', '.join(unknown)}; there are {', '.join(PROVIDERS)}")
    if "fp32" not in variants:
        raise ValueError("the variants lack fp32, which runs where no other one passes its self-test")


def open_encoder(config: Config) -> OpenEncoder:
    if config.encoder == "whisper":
        module = open_whisper(config.weights, config.head, config.dimension, WhisperSpeechConfig(**config.sizes))
        samples = module.config.samples
        return OpenEncoder(module, module.config.dimension, rule_for(samples, SAMPLE_RATE_HZ), samples)
    waveform = fold_positions(open_waveform(config.weights, config.head, config.dimension, config.sizes))
    free = WindowRule(WHISPER_RULE.window_seconds, WHISPER_RULE.overlap_seconds)
    return OpenEncoder(waveform, waveform.head.projection.out_features, free)


def read_clips(path: Path) -> list:
    """A folder's WAV files, or one file and what can be made of it; the first is the pack's self-test."""
    if path.is_dir():
        files = sorted(path.glob("*.wav"))
        if not files:
            raise ValueError(f"{path}: no WAV file to compare the graphs with PyTorch on")
        return [read_clip(file) for file in files]
    return vary_clip(read_clip(path))


def list_shipped(folder: Path) -> set[str]:
    section = json.loads((folder / "speech.json").read_text(encoding="utf-8"))
    return {entry["variant"] for entry in section["encoder"]}


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", choices=ENCODERS, default="voxct")
    brought = parser.add_argument_group("whisper and wav2vec2 (HuBERT too)")
    brought.add_argument("--weights", help="Hugging Face folder or file, a file saved by training, or random")
    brought.add_argument("--head", type=Path, help="trained projection; without it the embedding means nothing")
    brought.add_argument("--out", type=Path, default=Path("runs/speech-open"))
    brought.add_argument("--dimension", type=int, default=LATENT, help="of a random head")
    brought.add_argument("--clips", type=Path, default=Config.clips, help="WAV file or folder for the parity check")
    brought.add_argument("--spoken-prompts", type=Path, help="folder of <finding>_present.wav and <finding>_absent.wav")
    brought.add_argument(
        "--variants", default="int8,fp32", help="in the order of trial, of int8, fp32, q8, q4 (speech runs on wasm)"
    )
    bundled = parser.add_argument_group("voxct")
    bundled.add_argument("--config", type=Path, default=ROOT / "training/configs/speech.json")
    bundled.add_argument("--no-evaluation", action="store_true", help="skip the test split: export and thresholds only")
    bundled.add_argument("--language", type=Path, help="word model of the decoder, for its word error rate")
    given = parser.parse_args()
    if given.encoder != "voxct" and not given.weights:
        parser.error(f"--encoder {given.encoder} needs --weights")
    return given


def export_given(given: argparse.Namespace) -> None:
    if given.encoder == "voxct":
        # Reads voices and corpora, which only this encoder's recipe has.
        from voxct.speech.bundled_export import export_bundled

        export_bundled(json.loads(given.config.read_text()), not given.no_evaluation, given.language)
        return
    logging.disable(logging.INFO)  # the exporter and the quantiser tell of every initializer
    names = ("encoder", "weights", "out", "head", "dimension", "clips", "spoken_prompts")
    chosen = {name: getattr(given, name) for name in names}
    print(json.dumps(main(Config(**chosen, variants=tuple(given.variants.split(",")))), indent=1))


if __name__ == "__main__":
    try:
        export_given(parse_arguments())
    except ValueError as error:
        sys.exit(f"export_speech: {error}")
