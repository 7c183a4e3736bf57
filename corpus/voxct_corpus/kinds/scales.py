"""Numbers that are no HU, sides that are turned, and sound beside scans."""

import struct

import numpy as np

from ..corpus import Corpus, kind
from ..scan import AIR_HU, Format, stack
from ..source import chest, texture
from .nifti import placed, write


@kind("5.1 scales that are no HU")
def scales(corpus: Corpus) -> None:
    for name, change in {
        "twice": lambda hu: hu - 1024,
        "not-at-all": lambda hu: hu + 1024,
        "halved": lambda hu: hu // 2,
        "thousandfold-air-zero": lambda hu: (hu + 1000) // 8,
    }.items():
        item = corpus.item(f"scale-{name}")
        scan = stack(item.rng, chest, count=8, format=Format(16, 16, True, 1, 0), columns=48, rows=48)
        shown = np.clip(change(scan.hu.astype(int)), -32768, 32767).astype(np.int16)
        item.add(scan.but(hu=shown).plain()).opens(scan, hu=shown, optional=True, quiet=False)
        if shown.min() < AIR_HU:
            item.opens(scan, hu=np.maximum(shown, AIR_HU).astype(np.int16), optional=True, quiet=False)
        item.tells(*item.files, any_name=True, says="hounsfield|HU|scale")
    item = corpus.item("scale-twice-nifti")
    scan = placed(item.rng, (-1, 0, 0), (0, -1, 0), columns=48, rows=48)
    shown = (scan.hu.astype(int) - 1024).astype(np.int16)
    item.add({"scan/a.nii": write(scan, shown)}).opens(scan, hu=shown, optional=True, quiet=False).tells(
        "scan/a.nii", says="hounsfield|HU|scale"
    )
    item.opens(scan, hu=np.maximum(shown, AIR_HU).astype(np.int16), optional=True, quiet=False)
    item = corpus.item("scale-mr-with-nan-background")
    scan = placed(item.rng, (-1, 0, 0), (0, -1, 0), columns=48, rows=48)
    data = np.abs(scan.hu.astype("<f4")) / 3 + item.rng.uniform(0, 60, scan.hu.shape).astype("<f4")
    data[scan.hu < -950] = np.nan
    shown = np.where(np.isnan(data), -1024, np.floor(np.nan_to_num(data) + 0.5)).astype(np.int16)
    item.add({"scan/a.nii": write(scan, data)}).opens(scan, hu=shown, tolerance=1, optional=True, quiet=False).tells(
        "scan/a.nii", says="hounsfield|HU|scale"
    )
    for name in ("plain", "bright", "contrast"):
        item = corpus.item(f"scale-sound-{name}")
        scan = stack(item.rng, chest, count=8, format=Format(16, 16, True, 1, 0), columns=48, rows=48)
        if name == "contrast":
            scan = scan.but(hu=np.where((scan.hu > 20) & (scan.hu < 60), scan.hu + 200, scan.hu).astype(np.int16))
        if name == "bright":
            hu = scan.hu.copy()
            hu[:, 20:23, 20:23] = 3000
            scan = scan.but(hu=hu)
        item.add(scan.plain()).opens(scan)


def wav(samples: np.ndarray, channels: int = 1, rate: int = 16_000, byte_rate: int | None = None) -> bytes:
    data = np.asarray(samples, "<i2").tobytes()
    true_rate = rate * channels * 2
    form = struct.pack("<HHIIHH", 1, channels, rate, byte_rate or true_rate, channels * 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )


@kind("6 sound beside scans")
def sounds(corpus: Corpus) -> None:
    tone = np.round(8000 * np.sin(np.arange(16_000) * 0.2))
    contents = {
        "take.wav": wav(np.zeros(16_000)),
        "opposite-phase.wav": wav(np.stack([tone, -tone], axis=1), channels=2),
        "wrong-byte-rate.wav": wav(tone, byte_rate=8),
        "soft.wav": wav(np.round(tone / 800)),
        "TAKE.WAV": wav(np.zeros(16_000)),
        "take.webm": b"\x1a\x45\xdf\xa3" + bytes(400),
        "take.mp4": struct.pack(">I", 24) + b"ftypisom" + bytes(400),
        "take.m4a": struct.pack(">I", 24) + b"ftypM4A " + bytes(400),
        "take.ogg": b"OggS" + bytes(400),
        "take.mp3": b"ID3\x03" + bytes(400),
        "take.flac": b"fLaC" + bytes(400),
    }
    for name, content in contents.items():
        item = corpus.item(f"sound-{name.replace('.', '-')}{'-upper' if name.isupper() else ''}-alone")
        item.add({f"folder/{name}": content})
        item.recordings = [f"folder/{name}"]
        item = corpus.item(f"sound-{name.replace('.', '-')}{'-upper' if name.isupper() else ''}-beside-a-scan")
        scan = stack(item.rng, texture, count=6)
        item.add(scan.plain()).opens(scan).add({f"folder/{name}": content})
        item.recordings = [f"folder/{name}"]
