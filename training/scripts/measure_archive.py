"""The learning curve of scripts/align.py on phantoms: what it prints stands in RESULTS.md, "Measured apart".

python -m scripts.measure_archive --features FEATURES --beside BUNDLED_FEATURES --sizes 25,50,100,200,300
FEATURES: phantoms by the encoder under test (scripts/embed_features.py). --beside: the same phantoms by the bundled
pack (scripts/build_library.py --features), for its row. It shows that the code learns, and says nothing of patients.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from scripts.align import BUNDLED
from scripts.export_ct_clip import start_clock
from voxct.archive.curve import Phantoms, Scored, measure_size, open_phantoms, score
from voxct.archive.features import ArchiveFeatures, read_archive
from voxct.archive.text_space import BundledSpace, open_bundled

HEAD = (
    "| cases | AUROC, written prompts | AUROC, spoken prompts | 95 % (written) | Recall@5, report to scan | pooling |\n"
    "|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Config:
    features: Path
    sizes: tuple[int, ...] = (25, 50, 100, 200, 300)
    held_out: int = 100
    draws: int = 3
    beside: Path | None = None
    pack: Path = BUNDLED


def main(config: Config) -> str:
    """The table, in Markdown."""
    say, space = start_clock(), open_bundled(config.pack)
    archive = read_archive(config.features)
    phantoms = open_phantoms(archive, space)
    room = len(archive) - config.held_out
    lines = []
    for size in config.sizes:
        if size > room:
            say(f"{size} cases: left out, {room} are there beside the {config.held_out} held out")
            continue
        scored = measure_size(phantoms, space, size, config.held_out, config.draws, say)
        lines.append(to_line(str(size), scored))
        say(lines[-1])
    rows = np.arange(room, len(archive))
    if config.beside:
        lines.append(to_line("bundled encoder", [score_beside(config.beside, archive, phantoms, space, rows)]))
    return "\n".join([HEAD, *lines])


def score_beside(
    folder: Path, archive: ArchiveFeatures, phantoms: Phantoms, space: BundledSpace, rows: np.ndarray
) -> Scored:
    """Raises ValueError where the folder lacks one of the phantoms."""
    other = read_archive(folder)
    places = {line["id"]: row for row, line in enumerate(other.index)}
    missing = [archive.index[row]["id"] for row in rows if archive.index[row]["id"] not in places]
    if missing or other.embeddings is None:
        raise ValueError(f"{folder} lacks {missing[0] if missing else 'embeddings.npy'}")
    embeddings = np.zeros((len(archive), other.embeddings.shape[1]), np.float32)
    embeddings[rows] = other.embeddings[[places[archive.index[row]["id"]] for row in rows]]
    return score(phantoms, embeddings, space, rows, "–")


def to_line(name: str, scored: list[Scored]) -> str:
    """Means over the draws, with their range; the interval is the first draw's."""

    def tell(values: list[float]) -> str:
        span = f" ({min(values):.3f} to {max(values):.3f})" if len(values) > 1 else ""
        return f"{np.mean(values):.3f}{span}"

    low, high = scored[0].interval
    poolings = ", ".join(sorted({each.pooling for each in scored}))
    columns = [tell([getattr(each, key) for each in scored]) for key in ("written", "spoken", "recall")]
    return f"| {name} | {columns[0]} | {columns[1]} | {low:.3f} to {high:.3f} | {columns[2]} | {poolings} |"


def parse_arguments() -> Config:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--sizes", default="25,50,100,200,300", help="cases that the archive brings")
    parser.add_argument("--held-out", type=int, default=100, help="the last cases, of which the figures are")
    parser.add_argument("--draws", type=int, default=3, help="of each size")
    parser.add_argument("--beside", type=Path, help="the same phantoms by the bundled pack")
    parser.add_argument("--pack", type=Path, default=BUNDLED, help="whose text space it is")
    given = vars(parser.parse_args())
    return Config(**given | {"sizes": tuple(int(size) for size in given["sizes"].split(","))})


if __name__ == "__main__":
    try:
        print(main(parse_arguments()))
    except (ValueError, FileNotFoundError) as error:
        sys.exit(f"error: {error}")
