"""public/models/packs.json: the packs among which the app lets the user choose, the first by default."""

import json
from pathlib import Path

from voxct.pack.card import TEXTS
from voxct.pack.rules import list_files


def list_built(models: Path) -> dict[str, dict]:
    """{folder name: manifest} of the packs that lie there."""
    return {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(models.glob("*/manifest.json"))
    }


def write_packs(models: Path, first: str) -> None:
    built = list_built(models)
    order = sorted((pack for pack in built if pack in TEXTS), key=lambda pack: (pack != first, pack))
    packs = [
        {"id": pack, "title": TEXTS[pack].menu, "line": TEXTS[pack].line, "bytes": count_download(built[pack])}
        for pack in order
    ]
    content = {"schema": "voxct-packs/1", "packs": packs}
    (models / "packs.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def count_download(manifest: dict) -> int:
    """What a browser without a GPU fetches at once: of each graph the first variant for wasm, and every other file but
    the transcriber's, which come when somebody speaks.
    """
    speech = {key: value for key, value in manifest.get("speech", {}).items() if key != "transcriber"}
    manifest = manifest | {"speech": speech}
    graphs = [manifest["ct"]["trunk"], manifest["ct"]["head"]]
    graphs += [part["encoder"] for part in (speech, manifest.get("text")) if part]
    unused = {
        variant["file"]
        for graph in graphs
        for variant in graph
        if variant is not next(v for v in graph if "wasm" in v["providers"])
    }
    return sum(entry["bytes"] for entry in list_files(manifest) if entry["file"] not in unused)
