"""Gives the cases of a pack that is built already sex, age, date, patient and report.

And the pack the score below which speech says nothing.

npm run phantoms -- cases --split library --from 0 --count 240 --out training/data/cases.jsonl
python scripts/describe_library.py --pack ../public/models/phantom-mini --cases data/cases.jsonl \\
    --speech-least-score 0.3
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voxct.library.describe import describe_cases
from voxct.pack.packs import write_packs
from voxct.pack.rewrite import list_sharing, rewrite_pack

CARD = """## Similar cases

Each case of the library tells sex, age and the report that the generator wrote. Speech that states no finding more
firmly than {least} (said score), and whose words state none, is told to be like no case (`npm run measure:alike`)."""


def main(pack: Path, cases: Path, least: float) -> list[str]:
    """Rewrites manifests, model cards and packs.json; ids of the packs that were changed."""
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]

    def change(manifest: dict) -> dict:
        described = describe_cases(manifest, rows)
        return described | {"speech": described["speech"] | {"leastScore": least}}

    folders = [pack, *list_sharing(pack)]
    for folder in folders:
        rewrite_pack(folder, change, CARD.format(least=least))
    write_packs(pack.parent, pack.name)
    return [folder.name for folder in folders]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--speech-least-score", type=float, required=True)
    given = parser.parse_args()
    try:
        print(", ".join(main(given.pack, given.cases, given.speech_least_score)))
    except ValueError as error:
        sys.exit(f"describe_library: {error}")
