"""Writes what the app's colour maps must be: DICOM's palettes as pydicom brings them (PS3.6, annex B)."""

import json
from pathlib import Path

import numpy as np
from pydicom import dcmread
from pydicom.data import get_palette_files

REPOSITORY = Path(__file__).resolve().parents[2]
PALETTES = {"hotIron": "hotiron", "pet": "pet", "hotMetalBlue": "hotmetalblue", "pet20": "pet20step"}


def read_palette(name: str) -> list[list[int]]:
    """Red, green and blue of the 256 grey levels, 0 to 255."""
    (path,) = (path for path in get_palette_files() if Path(path).name == f"{name}.dcm")
    dataset = dcmread(path)
    tables = [getattr(dataset, f"{channel}PaletteColorLookupTableData") for channel in ("Red", "Green", "Blue")]
    return [np.frombuffer(table, np.uint8).tolist() for table in tables]


def main() -> None:
    palettes = {app_id: read_palette(name) for app_id, name in PALETTES.items()}
    path = REPOSITORY / "fixtures/golden/colorMaps.json"
    path.write_text(json.dumps(palettes, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
