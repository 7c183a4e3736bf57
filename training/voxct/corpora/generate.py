"""Small files in the layouts of CT-RATE and Speech-RATE, to try the training scripts without the corpora.

A body is an ellipse of soft tissue with two lungs, a spine and a heart; "Pleural effusion" and "Cardiomegaly" are
drawn, the other labels follow chance. Reports name the findings. Speech is a tone a word: told apart, not understood.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import nibabel
import numpy as np
import soundfile
from numpy.typing import NDArray

from voxct.findings import FINDING_IDS, FINDING_LABELS, list_prompts

LPS_TO_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])
RATE_HZ = 24000
CARDIOMEGALY, EFFUSION = FINDING_LABELS.index("Cardiomegaly"), FINDING_LABELS.index("Pleural effusion")


@dataclass(frozen=True)
class Body:
    """size and spacing along x (to the left), y (to the back), z (to the head)."""

    size: tuple[int, int, int] = (40, 40, 36)
    spacing_mm: tuple[float, float, float] = (9.0, 9.0, 9.0)


def draw_chest(labels: tuple[int, ...], seed: int, body: Body = Body()) -> NDArray[np.int16]:
    """HU [x, y, z]."""
    rng = np.random.default_rng(seed)
    x, y, z = np.meshgrid(*(np.linspace(-1, 1, n) for n in body.size), indexing="ij")
    hu = np.where((x / 0.85) ** 2 + (y / 0.65) ** 2 < 1, 40.0, -1000.0)
    for side in (-1, 1):
        lung = ((x - 0.4 * side) / 0.3) ** 2 + ((y + 0.02) / 0.45) ** 2 + (z / 0.9) ** 2 < 1
        hu[lung] = -850 + rng.normal(0, 20)
        if labels[EFFUSION]:
            hu[lung & (y > 0.1) & (z < 0)] = 10
    hu[
        ((x - 0.1) / (0.4 if labels[CARDIOMEGALY] else 0.2)) ** 2 + ((y + 0.2) / 0.25) ** 2 + ((z + 0.3) / 0.4) ** 2 < 1
    ] = 50
    hu[(x / 0.1) ** 2 + ((y - 0.5) / 0.1) ** 2 < 1] = 600
    return np.rint(hu + rng.normal(0, 10, hu.shape)).astype(np.int16)


def draw_head(body: Body = Body(spacing_mm=(6.0, 6.0, 6.0))) -> NDArray[np.int16]:
    """Brain in a skull, with a sinus: enough air and soft tissue for HU, too little lung for a chest."""
    x, y, z = np.meshgrid(*(np.linspace(-1, 1, n) for n in body.size), indexing="ij")
    radius = x**2 / 0.5 + y**2 / 0.7 + z**2 / 0.9
    hu = np.select([radius < 0.75, radius < 0.9, radius < 1.0], [35.0, 900.0, 30.0], -1000.0)
    hu[((x / 0.15) ** 2 + ((y + 0.6) / 0.15) ** 2 + (z / 0.15) ** 2) < 1] = -1000
    return np.rint(hu).astype(np.int16)


def write_nifti(
    path: Path, values: NDArray, spacing_mm: tuple[float, ...], codes: str = "LPS", blank: bool = False
) -> None:
    """values [x, y, z] in LPS order, stored in the order `codes`. blank: without orientation and spacing, as the
    original CT-RATE files can be.
    """
    lps = nibabel.Nifti1Image(values, LPS_TO_RAS @ np.diag([*spacing_mm, 1.0]))
    target = nibabel.orientations.axcodes2ornt(codes)
    image = lps.as_reoriented(nibabel.orientations.ornt_transform(nibabel.orientations.axcodes2ornt("LPS"), target))
    if blank:
        image = nibabel.Nifti1Image(np.asarray(image.dataobj), None)
    path.parent.mkdir(parents=True, exist_ok=True)
    nibabel.save(image, path)


def write_report(labels: tuple[int, ...]) -> tuple[str, str]:
    """Findings and impressions."""
    named = [label.lower() for label, present in zip(FINDING_LABELS, labels, strict=True) if present]
    findings = " ".join(f"There is {name}." for name in named) or "No finding in the chest."
    return findings, f"Impression: ({', '.join(named)})." if named else "Not given."


def write_speech(path: Path, text: str, seed: int) -> None:
    """16-bit, 24 kHz, 0.2 s a word, its pitch by the word."""
    rng = np.random.default_rng(seed)
    seconds = np.arange(int(0.2 * RATE_HZ)) / RATE_HZ
    pitches = [150 + sum(word.encode()) * 7 % 1500 for word in text.lower().split()]
    words = [0.3 * np.sin(2 * np.pi * pitch * seconds) * np.hanning(len(seconds)) for pitch in pitches]
    audio = np.concatenate(words) + rng.normal(0, 0.003, len(words) * len(seconds))
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.clip(audio, -1, 1), RATE_HZ, subtype="PCM_16")


def write_table(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def generate_corpus(
    root: Path,
    patients: dict[str, int],
    is_fixed: bool = True,
    speech: Path | None = None,
    reconstructions: int = 2,
    body: Body = Body(),
) -> list[str]:
    """patients: {"train": n, "valid": n}. Writes volumes, the three tables and, under `speech`, the spoken findings.
    Originals have blank headers, unscaled values and slope and intercept in the table. Returns the volumes' names.
    """  # fmt: skip
    names, tables = [], {"metadata": [], "reports": [], "labels": []}
    dataset = root / "dataset"
    for split, count in patients.items():
        for number in range(1, count + 1):
            scan = f"{split}_{number}_a"
            labels = draw_labels(number + 1000 * (split == "valid"))
            for reconstruction in range(1, reconstructions + 1):
                name = f"{scan}_{reconstruction}"
                folder = dataset / (f"{split}_fixed" if is_fixed else split) / f"{split}_{number}" / scan
                hu = draw_chest(labels, number * 10 + reconstruction, body)
                stored = hu if is_fixed else (hu.astype(np.int32) + 8192).astype(np.int16)
                write_nifti(folder / f"{name}.nii.gz", stored, body.spacing_mm, blank=not is_fixed)
                add_rows(tables, name, labels, body, is_fixed)
                if speech:
                    spoken = speech / "dataset" / split / f"{split}_{number}" / scan / f"{name}_findings.wav"
                    write_speech(spoken, write_report(labels)[0], len(names))
                names.append(name)
    for kind, rows in tables.items():
        write_table(dataset / kind / f"{kind}.csv", rows)
    return names


def draw_labels(seed: int) -> tuple[int, ...]:
    return tuple(int(x) for x in np.random.default_rng(seed).random(len(FINDING_LABELS)) < 0.35)


def add_rows(tables: dict[str, list[dict]], name: str, labels: tuple[int, ...], body: Body, is_fixed: bool) -> None:
    findings, impressions = write_report(labels)
    volume = {"VolumeName": f"{name}.nii.gz"}
    x, y, z = body.spacing_mm
    scaling = {"RescaleSlope": 1, "RescaleIntercept": 0 if is_fixed else -8192}
    tables["metadata"].append({**volume, **scaling, "XYSpacing": f"[{x}, {y}]", "ZSpacing": z})
    tables["reports"].append({**volume, "Findings_EN": findings, "Impressions_EN": impressions})
    tables["labels"].append({**volume, **dict(zip(FINDING_LABELS, labels, strict=True))})


def write_vocabulary(folder: Path) -> Path:
    """vocab.txt with every word of the generated reports and of the prompts."""
    words = {word for text in [*list_prompts(), *write_report((1,) * 18), "No finding in the chest Not given"]
             for word in re.findall(r"\w+|[^\w\s]", text.lower())}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(words)]
    (folder / "vocab.txt").write_text("".join(f"{token}\n" for token in tokens), encoding="utf-8")
    return folder


def speak_prompts(folder: Path) -> Path:
    """The 36 prompts as recordings, <finding id>_present.wav and _absent.wav."""
    names = [f"{finding}_{state}.wav" for finding in FINDING_IDS for state in ("present", "absent")]
    for seed, (name, text) in enumerate(zip(names, list_prompts(), strict=True)):
        write_speech(folder / name, text, seed)
    return folder
