"""Gives a pack that is built already the transcriber of export_whisper.py; packs beside it that share its speech, too.

python scripts/add_transcriber.py --pack ../public/models/phantom-mini --whisper runs/whisper
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.pack.card import TRANSCRIBER
from voxct.pack.files import PackFolder
from voxct.pack.rules import check_files, find_contradictions
from voxct.pack.sections import share_speech
from voxct.speech.whisper.section import add_transcriber


@dataclass(frozen=True)
class Config:
    pack: Path
    whisper: Path


def main(config: Config) -> list[str]:
    """Rewrites manifests and model cards; the packs that have it now."""
    section = add_transcriber(PackFolder(config.pack), config.whisper)
    if not section:
        raise ValueError(f"{config.whisper} holds no transcriber: run export_whisper.py first")
    rewrite(config.pack, lambda speech: speech | section)
    sharing = [path.parent for path in sorted(config.pack.parent.glob("*/manifest.json")) if shares(path, config.pack)]
    for folder in sharing:
        rewrite(folder, lambda _: share_speech(config.pack))
    return [config.pack.name, *(folder.name for folder in sharing)]


def shares(manifest: Path, pack: Path) -> bool:
    """Whether another pack's speech encoder lies in this one."""
    speech = json.loads(manifest.read_text(encoding="utf-8")).get("speech")
    return manifest.parent.name != pack.name and speech is not None and speech["encoder"][0].get("pack") == pack.name


def rewrite(folder: Path, change) -> None:
    """ValueError where the manifest would contradict itself or its files."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["speech"] = change(manifest["speech"])
    wrong = find_contradictions(manifest) + check_files(manifest, folder)
    if wrong:
        raise ValueError(f"{folder.name} would contradict itself: " + "; ".join(wrong))
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    card = folder / "README.md"
    text = card.read_text(encoding="utf-8")
    if TRANSCRIBER not in text:
        card.write_text(text.replace("\n## Limits\n", f"\n{TRANSCRIBER}\n\n## Limits\n", 1), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--whisper", type=Path, default=Path("runs/whisper"))
    try:
        print(" ".join(main(Config(**vars(parser.parse_args())))))
    except ValueError as error:
        sys.exit(f"add_transcriber: {error}")
