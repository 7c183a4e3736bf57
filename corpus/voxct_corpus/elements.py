"""DICOM files byte by byte: what a sound library would never write is what the corpus is for."""

import struct
import zlib
from collections.abc import Mapping, Sequence

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"

UNDEFINED = 0xFFFFFFFF
PIXEL_DATA = 0x7FE00010

LONG_VRS = frozenset(["OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UN", "UT", "UC", "UR", "SV", "UV"])
NUMBERS = {"US": "H", "SS": "h", "UL": "I", "SL": "i", "FD": "d", "FL": "f", "UV": "Q", "SV": "q", "OV": "Q", "OL": "I"}

Value = bytes | str | Sequence
Elements = Mapping[int, tuple[str, Value]]


class Undefined(bytes):
    """A value of undefined length: it ends by its own delimiter, as encapsulated pixel data does."""


def join(*values: float | str) -> str:
    """Values of a multi-valued text element."""
    return "\\".join(value if isinstance(value, str) else f"{value:.10g}" for value in values)


def to_bytes(vr: str, value: Value, syntax: str) -> bytes:
    if isinstance(value, bytes):
        return value + b"\0" * (len(value) % 2)
    if isinstance(value, str):
        text = value.encode("latin-1")
        return text + (b"\0" if vr == "UI" else b" ") * (len(text) % 2)
    if vr == "SQ":
        return b"".join(write_item(item, syntax) for item in value)
    order = ">" if syntax == BIG_ENDIAN else "<"
    return struct.pack(f"{order}{len(value)}{NUMBERS[vr]}", *value)


def write_element(tag: int, vr: str, value: Value, syntax: str, length: int | None = None) -> bytes:
    """One element; `length` overrides the true length of its value."""
    order = ">" if syntax == BIG_ENDIAN else "<"
    content = to_bytes(vr, value, syntax)
    count = len(content) if length is None else length
    if isinstance(value, Undefined):
        count = UNDEFINED
    head = struct.pack(f"{order}HH", tag >> 16, tag & 0xFFFF)
    if syntax == IMPLICIT:
        return head + struct.pack("<I", count) + content
    if vr in LONG_VRS:
        return head + vr.encode() + b"\0\0" + struct.pack(f"{order}I", count) + content
    return head + vr.encode() + struct.pack(f"{order}H", count & 0xFFFF) + content


def write_item(elements: Elements, syntax: str) -> bytes:
    content = write_elements(elements, syntax)
    order = ">" if syntax == BIG_ENDIAN else "<"
    return struct.pack(f"{order}HHI", 0xFFFE, 0xE000, len(content)) + content


def write_elements(elements: Elements, syntax: str) -> bytes:
    return b"".join(write_element(tag, *elements[tag], syntax) for tag in sorted(elements))


def write_meta(syntax: str | None, sop_class: str = "1.2.840.10008.5.1.4.1.1.2", instance: str = "1.2.3") -> bytes:
    """Preamble and group 2; without a transfer syntax where `syntax` is None."""
    meta = {0x00020001: ("OB", b"\0\1"), 0x00020002: ("UI", sop_class), 0x00020003: ("UI", instance)}
    if syntax is not None:
        meta[0x00020010] = ("UI", syntax)
    meta[0x00020012] = ("UI", "1.2.826.0.1.3680043.9.9999.1")
    body = write_elements(meta, EXPLICIT)
    return b"\0" * 128 + b"DICM" + write_element(0x00020000, "UL", [len(body)], EXPLICIT) + body


def write_file(
    elements: Elements, syntax: str = EXPLICIT, named: str | None = "", body_syntax: str | None = None
) -> bytes:
    """
    A whole file. `named` is the transfer syntax that group 2 names ("" for the true one, None for none at all),
    `body_syntax` the one that the body is written in where the two differ.
    """
    written = body_syntax or (syntax if syntax in (IMPLICIT, BIG_ENDIAN) else EXPLICIT)
    body = write_elements(elements, written)
    if syntax == DEFLATED:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = packer.compress(body) + packer.flush()
        body += b"\0" * (len(body) % 2)
    return write_meta(syntax if named == "" else named) + body


def fragment(content: bytes) -> bytes:
    """A fragment of encapsulated pixel data."""
    even = content + b"\0" * (len(content) % 2)
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(even)) + even


DELIMITER = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


def encapsulate(frames: Sequence[Sequence[bytes]], offsets: bool = False) -> Undefined:
    """
    Value of encapsulated pixel data with its delimiter: of each frame its fragments, after a table of offsets that is
    empty unless asked for.
    """
    written = [b"".join(fragment(part) for part in parts) for parts in frames]
    table = b""
    if offsets:
        starts = [sum(len(frame) for frame in written[:n]) for n in range(len(written))]
        table = struct.pack(f"<{len(starts)}I", *starts)
    return Undefined(fragment(table) + b"".join(written) + DELIMITER)
