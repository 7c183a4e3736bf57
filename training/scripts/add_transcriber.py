"""Gives a pack that is built already the transcriber of export_whisper.py; packs beside it that share its speech, too.

python scripts/add_transcriber.py --pack ../public/models/phantom-mini --whisper runs/whisper
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.pack.card import TRANSCRIBER
from voxct.pack.files import PackFolder
from voxct.pack.rewrite import list_sharing, rewrite_pack
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
    rewrite_pack(config.pack, lambda manifest: manifest | {"speech": manifest["speech"] | section}, TRANSCRIBER)
    sharing = list_sharing(config.pack)
    for folder in sharing:
        rewrite_pack(folder, lambda manifest: manifest | {"speech": share_speech(config.pack)}, TRANSCRIBER)
    return [config.pack.name, *(folder.name for folder in sharing)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--whisper", type=Path, default=Path("runs/whisper"))
    try:
        print(" ".join(main(Config(**vars(parser.parse_args())))))
    except ValueError as error:
        sys.exit(f"add_transcriber: {error}")
