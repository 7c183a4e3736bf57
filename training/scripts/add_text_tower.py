"""Gives a pack that is built already a text tower, so that typed sentences search it; packs beside it share it.

python scripts/add_text_tower.py --pack ../public/models/phantom-mini --tower runs/typed-tower
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.pack.card import TEXT_TOWER
from voxct.pack.files import PackFolder
from voxct.pack.packs import write_packs
from voxct.pack.rewrite import list_sharing, rewrite_pack
from voxct.pack.sections import mark_files
from voxct.text.pack_section import build_text
from voxct.text.pack_space import open_pack_space
from voxct.text.status_tower import load_status_tower


@dataclass(frozen=True)
class Config:
    pack: Path
    tower: Path


def main(config: Config) -> dict:
    """Rewrites manifests, model cards and packs.json; the report, with the packs that have the tower now."""
    teacher = load_status_tower(config.tower, open_pack_space(config.pack))
    section, report = build_text(PackFolder(config.pack), teacher)
    rewrite_pack(config.pack, lambda manifest: manifest | {"text": section}, TEXT_TOWER)
    shared = mark_files(section, config.pack.name)
    sharing = list_sharing(config.pack)
    for folder in sharing:
        rewrite_pack(folder, lambda manifest: manifest | {"text": shared}, TEXT_TOWER)
    write_packs(config.pack.parent, config.pack.name)
    return report | {"packs": [config.pack.name, *(folder.name for folder in sharing)]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--tower", type=Path, default=Path("runs/typed-tower"))
    try:
        print(json.dumps(main(Config(**vars(parser.parse_args()))), indent=1))
    except ValueError as error:
        sys.exit(f"add_text_tower: {error}")
