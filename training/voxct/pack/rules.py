"""Contradictions between a manifest's fields; the browser refuses the same ones (src/domain/model/manifestRules.ts)."""

import itertools
import math
import re
from pathlib import Path

from voxct.pack.files import describe_file

FLOAT_BYTES = 4
FINDING_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
INPUT_FIELDS = {
    "trilinear": {"spacingMm", "sizeRounding", "padValue", "cropRule"},
    "area": {"foregroundHu"},
}
ITEM_BYTES = {"file": 4, "int8-file": 1, "int16-file": 2}


def find_contradictions(manifest: dict) -> list[str]:
    """Empty for a sound manifest."""
    return [
        *check_findings(manifest["findings"]),
        *check_figures(manifest["evaluation"], manifest["findings"]),
        *check_scored(manifest),
        *check_input(manifest["ct"]["input"]),
        *check_ct(manifest["ct"], manifest["embedding"]["dimension"]),
        *check_sizes(manifest),
        *(check_probe("speech", manifest["speech"]["parity"], manifest["embedding"]["dimension"])
          if "speech" in manifest else []),
        *check_language(manifest.get("speech", {})),
        *check_transcriber(manifest.get("speech", {}).get("transcriber")),
        *check_library(manifest["library"]),
        *check_labels(manifest["library"]["cases"], len(manifest["findings"])),
        *check_text(manifest.get("text"), manifest["embedding"]["dimension"]),
    ]  # fmt: skip


def check_transcriber(section: dict | None) -> list[str]:
    if section is None:
        return []
    parity, contexts = section["parity"], section["contextsSeconds"]
    ids = {
        "start": section["start"],
        "end": [section["end"]],
        "prompt": section["prompt"],
        "parity": parity["expected"],
    }
    wrong = [
        f"speech.transcriber.{name}: has an id beyond tokens.count"
        for name, given in ids.items()
        if any(one >= section["tokens"]["count"] for one in given)
    ]
    if any(b <= a for a, b in itertools.pairwise(contexts)):
        wrong.append("speech.transcriber.contextsSeconds: does not rise")
    stored = parity["input"]
    if stored["bytes"] != math.prod(stored["shape"]) * ITEM_BYTES[stored["kind"]]:
        wrong.append("speech.transcriber.parity.input: the length is not that of the shape")
    for part in ("encoder", "decoder"):
        if not any("wasm" in variant["providers"] for variant in section[part]):
            wrong.append(f"speech.transcriber.{part}: no variant is meant for wasm")
    return wrong


def check_findings(findings: list[dict]) -> list[str]:
    wrong = [f"findings: {f['id']!r} is no id" for f in findings if not FINDING_ID.fullmatch(f["id"])]
    wrong += [f"{f['id']}.label: is empty" for f in findings if not f["label"].strip()]
    for field in ("id", "label"):
        names = [f[field].strip() for f in findings]
        wrong += [f"findings: {field} {name} is there twice" for name in set(names) if names.count(name) > 1]
    for f in findings:
        wrong += [
            f"{f['id']}.thresholds.{kind}: absent above present"
            for kind, pair in f["thresholds"].items()
            if pair["absent"] > pair["present"]
        ]
    return wrong


def check_scored(manifest: dict) -> list[str]:
    """What scores findings, and findings, are there together or not at all."""
    if manifest["findings"]:
        return [] if "prompts" in manifest else ["prompts: are missing, though there are findings"]
    wrong = [f"{name}: is of no finding" for name in ("prompts", "classifier") if name in manifest]
    scored = [name for name in ("speech", "text") if "leastScore" in manifest.get(name, {})]
    return wrong + [f"{name}.leastScore: is of no finding" for name in scored]


def check_input(given: dict) -> list[str]:
    """The fields of one way of resampling, and none of the other."""
    way = given.get("interpolation")
    if way not in INPUT_FIELDS:
        return [f"ct.input.interpolation: {way!r} is unknown"]
    own = INPUT_FIELDS[way]
    foreign = set().union(*INPUT_FIELDS.values()) - own
    wrong = [f"ct.input.{name}: is missing" for name in sorted(own) if given.get(name) is None]
    wrong += [f"ct.input.{name}: is of another interpolation" for name in sorted(foreign & given.keys())]
    if given["huClip"][0] >= given["huClip"][1]:
        wrong.append("ct.input.huClip: its lower bound is not below its upper one")
    if min(given.get("spacingMm", [1])) <= 0:
        wrong.append("ct.input.spacingMm: is not positive")
    if given["huDivisor"] == 0:
        wrong.append("ct.input.huDivisor: is 0")
    return wrong


def check_figures(figures: list[dict], findings: list[dict]) -> list[str]:
    known = {f["id"] for f in findings}
    strange = {one["finding"] for one in figures if "finding" in one} - known
    return [f"evaluation: there is no finding {name}" for name in sorted(strange)]


def check_labels(cases: list[dict], count: int) -> list[str]:
    """Labels of a case are one a finding."""
    wrong = [case["id"] for case in cases if len(case.get("labels", [0] * count)) != count]
    return [f"library.cases {name}: labels are not {count}" for name in wrong]


def check_ct(ct: dict, dimension: int) -> list[str]:
    wrong = check_probe("ct", ct["parity"], dimension)
    if any(size % tokens for size, tokens in zip(ct["input"]["shape"], ct["tokenGrid"], strict=True)):
        wrong.append("ct.tokenGrid: does not divide the input")
    probe = ct["parity"]["input"]
    if math.prod(probe["shape"]) * math.prod(probe.get("repeat", [])) != math.prod(ct["input"]["shape"]):
        wrong.append("ct.parity: not the input's size")
    for variant in ct["trunk"]:
        wrong += check_parts([variant, *variant.get("next", [])], ct["tokenGrid"][0])
    for name in ("trunk", "head"):
        if not any("wasm" in variant["providers"] for variant in ct[name]):
            wrong.append(f"ct.{name}: no wasm variant")
    return wrong


def check_parts(parts: list[dict], slices: int) -> list[str]:
    """Of one variant of the trunk; slices: tokens along the first spatial axis."""
    uneven = [part["file"] for part in parts if slices % part.get("slabs", 1)]
    wrong = [f"ct.trunk {file}: slabs do not divide {slices}" for file in uneven]
    if len({"work" in part for part in parts}) > 1:
        wrong.append(f"ct.trunk {parts[0]['file']}: work stands at some parts only")
    return wrong


def check_library(library: dict) -> list[str]:
    if "table" in library and library["cases"]:
        return ["library.cases: not empty beside a table"]
    return [] if "embeddings" in library or not count_cases(library) else ["library.embeddings: missing"]


def count_cases(library: dict) -> int:
    return library["table"]["count"] if "table" in library else len(library["cases"])


def check_text(text: dict | None, dimension: int) -> list[str]:
    if text is None:
        return []
    wrong = [] if len(text["parity"]["expected"]) == dimension else [f"text.parity.expected: not {dimension} numbers"]
    if not any("wasm" in variant["providers"] for variant in text["encoder"]):
        wrong.append("text.encoder: no wasm variant")
    return wrong


def check_probe(name: str, probe: dict, dimension: int) -> list[str]:
    given = probe["input"]
    wrong = [] if len(probe["expected"]) == dimension else [f"{name}.parity.expected: not {dimension} numbers"]
    if math.prod(given["shape"]) * ITEM_BYTES[given["kind"]] != given["bytes"]:
        wrong.append(f"{name}.parity: bytes do not fit the shape")
    return wrong


def check_sizes(manifest: dict) -> list[str]:
    row = manifest["embedding"]["dimension"] * FLOAT_BYTES
    findings = len(manifest["findings"])
    expected = {}
    if "prompts" in manifest:
        expected["prompts"] = (manifest["prompts"], findings * 2 * 2 * row)
    if "embeddings" in manifest["library"]:
        expected["library"] = (manifest["library"]["embeddings"], count_cases(manifest["library"]) * row)
    if "classifier" in manifest:
        expected["classifier"] = (manifest["classifier"]["weights"], findings * (row + FLOAT_BYTES))
    if "reading" in manifest.get("speech", {}):
        expected["speech.reading"] = (manifest["speech"]["reading"], (2 * findings + 1) * row)
    wrong = []
    if "outOfDistribution" in manifest:
        section = manifest["outOfDistribution"]
        if "statistics" in section:
            width = manifest["embedding"]["dimension"] if section.get("space") == "embedding" else None
            size = count_statistics(section, manifest["ct"], width) * FLOAT_BYTES
            expected["outOfDistribution"] = (section["statistics"], size)
        wrong = check_regions(section, manifest["ct"]["tokenGrid"])
    return wrong + [f"{name}: {entry['bytes']} bytes, not {size}" for name, (entry, size) in expected.items()
                    if entry["bytes"] != size]  # fmt: skip


def count_statistics(section: dict, ct: dict, width: int | None = None) -> int:
    """Mean and matrix: inverse covariance of the mean token, or the projection of the regions' mean tokens."""
    d = math.prod(section.get("regions", [1])) * (width or ct["tokenDimension"])
    return d + section.get("components", d) * d


def check_regions(section: dict, grid: list[int]) -> list[str]:
    if ("statistics" in section) != ("limit" in section):
        return ["outOfDistribution: statistics and limit go together"]
    if section.get("space", "tokens") not in ("tokens", "embedding"):
        return ["outOfDistribution.space: is neither tokens nor embedding"]
    if section.get("space") == "embedding" and "regions" in section:
        return ["outOfDistribution.regions: an embedding has no regions"]
    if "regions" in section and "statistics" not in section:
        return ["outOfDistribution: regions belong with statistics"]
    if section.get("body", "chest") not in ("chest", "any"):
        return ["outOfDistribution.body: is neither chest nor any"]
    if ("regions" in section) != ("components" in section):
        return ["outOfDistribution: regions and components go together"]
    if any(size % parts for size, parts in zip(grid, section.get("regions", [1, 1, 1]), strict=True)):
        return ["outOfDistribution.regions: do not divide the token grid"]
    return []


def check_language(speech: dict) -> list[str]:
    """The transcript's words are spelled with the letters of the alphabet, a space between."""
    spells = " " in speech.get("alphabet", [])
    return ["speech.language: needs an alphabet with a space"] if "language" in speech and not spells else []


def check_files(manifest: dict, folder: Path) -> list[str]:
    """Every file named anywhere in the manifest lies in the folder (or in the named one beside it) as described."""
    wrong = []
    for entry in list_files(manifest):
        path = locate(entry, folder)
        if not path.exists() or describe_file(path) != {key: entry[key] for key in ("file", "bytes", "sha256")}:
            wrong.append(f"{entry['file']}: missing or other content")
    return wrong


def locate(entry: dict, folder: Path) -> Path:
    return (folder.parent / entry["pack"] if "pack" in entry else folder) / entry["file"]


def count_bytes(manifests: dict[str, dict]) -> int:
    """Of several packs together, by folder name; a shared file counts once."""
    files = {
        (entry.get("pack", name), entry["file"]): entry["bytes"]
        for name, manifest in manifests.items()
        for entry in list_files(manifest)
    }
    return sum(files.values())


def list_files(part: object) -> list[dict]:
    if isinstance(part, list):
        return [entry for item in part for entry in list_files(item)]
    if isinstance(part, dict):
        own = [part] if {"file", "bytes", "sha256"} <= part.keys() else []
        return own + [entry for item in part.values() for entry in list_files(item)]
    return []
