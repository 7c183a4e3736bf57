"""The pack that an archive's own head makes of another one's trunk: written beside, checked, moved when it is whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voxct.archive.attention_head import write_attention_head
from voxct.archive.card import write_card
from voxct.archive.features import ArchiveFeatures, UnsuitableFeatures
from voxct.archive.text_space import drop_siblings
from voxct.astra.manifest import WITHOUT_ARCHIVE, WITHOUT_FINDINGS, WITHOUT_GUARD
from voxct.ct.calibration import FindingCalibration
from voxct.ct.guard import fit_guard, to_region_means
from voxct.ctclip.pack_folder import finish
from voxct.ctclip.session import StagedSession
from voxct.library.describe import FIELDS
from voxct.library.encoder import choose_variant
from voxct.library.probe import read_probe
from voxct.library.publish import NAMED_IN_TITLE
from voxct.pack.figures import Figure
from voxct.pack.files import PackFolder
from voxct.pack.linear_head import LinearHead, write_linear_head
from voxct.pack.rules import check_files, find_contradictions, list_files, locate
from voxct.pack.sections import build_out_of_distribution, to_numbers

LEAST_FOR_GUARD = 30
WHOLE = (1, 1, 1)
"""The guard of an archive looks at the mean over all tokens: what is kept of every scan."""
OPENED = (".nii", ".nii.gz")
"""One file each, which the app opens by its path; a DICOM series is many."""
HEAD_COSINE, HEAT_GAP = 0.9999, 2e-3
LIBRARY_FIELDS = ("id", "title", "labels", "open", "scan", *FIELDS)


@dataclass(frozen=True)
class Told:
    """What the new pack says of itself. identity: id, title, description, …; figures: on the test patients."""

    identity: dict
    figures: list[Figure]
    provenance: str


@dataclass(frozen=True)
class Head:
    """linear: W and mean; query: of attention pooling, or None."""

    linear: LinearHead
    query: NDArray[np.float32] | None = None


def check_source(manifest: dict, folder: Path, features: ArchiveFeatures) -> None:
    """The features must be this trunk's. Raises UnsuitableFeatures."""
    width = manifest["ct"]["tokenDimension"]
    if features.means.shape[1] != width:
        found = features.means.shape[1]
        raise UnsuitableFeatures(f"{folder}: features of {found} numbers, the pack's tokens have {width}")
    trunks = [entry["sha256"] for entry in manifest["ct"]["trunk"]]
    made = folder / "features.json"
    if made.is_file() and json.loads(made.read_text(encoding="utf-8"))["madeBy"]["trunk"] not in trunks:
        raise UnsuitableFeatures(f"{folder} holds features of another pack's trunk: embed the archive with this pack")
    model = folder / "model.json"
    if model.is_file() and json.loads(model.read_text(encoding="utf-8")).get("input") != manifest["ct"]["input"]:
        raise UnsuitableFeatures(f"{folder} holds features made by other input rules than the pack's")


def copy_trunk(source: Path, manifest: dict, pack: PackFolder) -> dict:
    """The manifest's ct without its head, the files copied here."""
    ct = {key: value for key, value in manifest["ct"].items() if key != "head"}
    for entry in list_files(ct):
        to = pack.folder / entry["file"]
        if not to.exists():
            shutil.copyfile(locate(entry, source), to)
    return drop_siblings(ct)


def build_ct(source: Path, manifest: dict, pack: PackFolder, head: Head) -> dict:
    """The new head, and the self-test's answer with it. Raises ValueError where the written graph says otherwise."""
    ct = copy_trunk(source, manifest, pack)
    grid, path = tuple(ct["tokenGrid"]), pack.folder / "ct-head-aligned.onnx"
    providers = ("webgpu", "wasm")
    if head.query is None:
        entry = write_linear_head(path, head.linear, grid, providers)
    else:
        entry = write_attention_head(path, head.linear, head.query, grid, providers)
    ct["head"] = [entry]
    trunk, _ = choose_variant({"ct": ct})
    session = StagedSession(pack.folder, trunk, entry, threads=1)
    tokens = session.encode(read_probe(ct["parity"]["input"], pack.folder, ct["input"]["shape"]))
    expected = embed_tokens(head, tokens[0])
    check_head(session, tokens, expected)
    ct["parity"] = {**ct["parity"], "expected": to_numbers(expected)}
    return ct


def embed_tokens(head: Head, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """[*grid, D] -> [dimension], in float64."""
    flat = tokens.reshape(-1, tokens.shape[-1]).astype(np.float64)
    if head.query is None:
        return head.linear.embed(flat.mean(0))
    pull = flat @ head.query
    weights = np.exp(pull - pull.max())
    return head.linear.embed(weights @ flat / weights.sum())


def check_head(session: StagedSession, tokens: NDArray[np.float32], expected: NDArray[np.float32]) -> None:
    embedding, heat = session.look(tokens, expected[None])
    cosine, total = float(embedding[0] @ expected), float(heat.sum())
    if cosine < HEAD_COSINE or abs(total - cosine) > HEAT_GAP:
        raise ValueError(f"the new head's graph disagrees with what was learnt: cosine {cosine:.5f}, heat {total:.5f}")


def build_library(
    pack: PackFolder, features: ArchiveFeatures, embeddings: NDArray[np.float32], labels: NDArray[np.int64] | None,
    findings: list[dict], told: Told, former: dict, leave_out: Collection[str] = (),
) -> dict:  # fmt: skip
    """labels [n, F] of 1, 0 and -1, which becomes null; a case of which all are unknown goes without."""
    lines = []
    for row, line in enumerate(features.index):
        case = {key: line[key] for key in LIBRARY_FIELDS if key in line and key not in ("labels", *leave_out)}
        if "open" not in case and (opened := to_open(line)):
            case["open"] = opened
        if labels is not None and (labels[row] >= 0).any():
            case["labels"] = [int(value) if value >= 0 else None for value in labels[row]]
        lines.append({**case, "title": to_title(line["id"], case.get("labels"), findings)})
    table = pack.write("library.jsonl", "".join(f"{json.dumps(x, ensure_ascii=False)}\n" for x in lines).encode())
    library = {
        "embeddings": pack.write_floats("library.bin", embeddings),
        "labelProvenance": told.provenance,
        "table": {**table, "count": len(lines)},
        "cases": [],
    }
    return library | ({"volumesUrl": former["volumesUrl"]} if "volumesUrl" in former else {})


def to_open(line: dict) -> dict | None:
    """How the app gets a case whose index does not say so: features of phantoms, and of files."""
    if "seed" in line:
        return {"kind": "phantom", "seed": line["seed"]}
    file = line.get("file", "")
    return {"kind": "file", "path": file} if file.endswith(OPENED) else None


def to_title(name: str, labels: list[int | None] | None, findings: list[dict]) -> str:
    """ "no finding" only where each is known to be absent."""
    names = [f["label"].lower() for f, present in zip(findings, labels or [], strict=False) if present]
    if labels is None or (not names and None in labels):
        return name
    more = f" and {len(names) - NAMED_IN_TITLE} more" if len(names) > NAMED_IN_TITLE else ""
    return f"{name}: {', '.join(names[:NAMED_IN_TITLE]) or 'no finding'}{more}"


def keep_guard(folder: Path, source: dict, pack: PackFolder) -> dict | None:
    """The source's, where it has one of scans and not of the app's phantoms."""
    guard = source.get("outOfDistribution", {})
    if "statistics" not in guard or guard.get("phantomsOnly", False):
        return None
    shutil.copyfile(locate(guard["statistics"], folder), pack.folder / guard["statistics"]["file"])
    return drop_siblings(guard)


def build_guard(pack: PackFolder, features: ArchiveFeatures, train: NDArray, held_out: NDArray) -> dict | None:
    """None where the archive has too few scans to say what is unlike them."""
    if len(train) < LEAST_FOR_GUARD or len(held_out) < 2:
        return None
    grid = (1, 1, 1, features.means.shape[1])
    means = np.stack([to_region_means(row.reshape(grid), WHOLE) for row in features.means])
    of_phantoms = all("seed" in features.index[row] for row in [*train, *held_out])
    return build_out_of_distribution(pack, fit_guard(means[train], means[held_out], WHOLE), of_phantoms)


def set_calibration(findings: list[dict], fitted: list[FindingCalibration]) -> list[dict]:
    return [
        {
            **finding,
            "calibration": {"slope": c.slope, "offset": c.offset},
            "thresholds": {**finding["thresholds"], "ct": {"present": c.present, "absent": c.absent}},
            "prevalence": c.prevalence,
        }
        for finding, c in zip(findings, fitted, strict=True)
    ]


def drop_lifted(manifest: dict) -> list[str]:
    """The limits without those of the source that what was learnt has lifted."""
    lifted = [WITHOUT_FINDINGS, WITHOUT_ARCHIVE, *([WITHOUT_GUARD] if "outOfDistribution" in manifest else [])]
    return [limit for limit in manifest["limits"] if limit not in lifted]


def write_pack(out: Path, manifest: dict, staging: Path) -> dict:
    """Checks what was staged and puts it in place; returns the manifest as it is read from there."""
    manifest = manifest | {"limits": drop_lifted(manifest)}
    content = json.dumps(manifest, indent=1, ensure_ascii=False)
    manifest = json.loads(content)
    wrong = find_contradictions(manifest) + check_files(manifest, staging)
    if wrong:
        raise ValueError("the pack would contradict itself: " + "; ".join(wrong))
    write_card(staging / "README.md", manifest)
    (staging / "manifest.json").write_text(content + "\n", encoding="utf-8")
    finish(staging, out)
    return manifest
