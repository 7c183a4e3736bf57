"""Figures of the shipped graphs on a fixed subset, for the test that goes through the browser's code."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from voxct.ct.session import CtSession
from voxct.ct.validation import to_prompt_margins
from voxct.data.chunks import Chunk, load_split, to_model_input
from voxct.metrics import mean_auroc

DIRECT_CASES = 40
"""Internal test cases 0 to 39: their seeds are as random as any others."""
SCAN_CASES = 3


def make_golden(pack: Path, manifest: dict, prompts: np.ndarray, root: Path) -> dict:
    """Renders the cases with the phantom generator itself. prompts [18, 2, d] as the CT is scored by."""
    session = CtSession(pack)
    return {
        "pack": f"{manifest['id']} {manifest['version']}",
        "trunkSha256": manifest["ct"]["trunk"][0]["sha256"],
        "headSha256": manifest["ct"]["head"][0]["sha256"],
        "direct": measure(session, render(root, "direct", DIRECT_CASES), prompts),
        "scan": measure(session, render(root, "scan", SCAN_CASES), prompts),
    }


def measure(session: CtSession, chunk: Chunk, prompts: np.ndarray) -> dict:
    """Margins [n, 18] and the mean AUROC over the findings that have both classes in the subset."""
    direction = np.ones((1, prompts.shape[-1]), np.float32)
    rows = (to_model_input(np.asarray(chunk.volumes[n : n + 1])) for n in range(len(chunk.cases)))
    embeddings = np.concatenate([session.look(session.encode(volume), direction)[0] for volume in rows])
    margins = to_prompt_margins(embeddings, prompts)
    auroc = mean_auroc(chunk.labels, margins)
    return {
        "seeds": chunk.seeds,
        "labels": chunk.labels.tolist(),
        "margins": [[round(float(value), 5) for value in row] for row in margins],
        "meanAuroc": None if np.isnan(auroc) else round(auroc, 5),
    }


def render(root: Path, path: str, count: int) -> Chunk:
    """Internal test cases 0 to count, read into memory."""
    with tempfile.TemporaryDirectory() as folder:
        command = [shutil.which("npx") or "npx", "tsx", "phantom/cli.ts", "volumes", "--split", "internal"]
        span = ["--from", "0", "--count", str(count), "--path", path, "--out", folder]
        subprocess.run(command + span, cwd=root, check=True, capture_output=True)
        chunk = load_split(Path(folder), "internal")[0]
        return Chunk(chunk.name, np.array(chunk.volumes), np.array(chunk.tokens), chunk.cases)


def write_golden(path: Path, golden: dict) -> None:
    """Compact rows: a case's 18 margins on one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(golden, separators=(",", ":")).replace("],[", "],\n[") + "\n", encoding="utf-8")
