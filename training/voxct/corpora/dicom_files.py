"""What a file of an archive is: DICOM with or without preamble, a companion, or one that can't be used, and why."""

import re
from pathlib import Path

import pydicom
from pydicom.dataset import FileDataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from voxct.corpora.refusals import Refused
from voxct.pack.weights_file import name_other_content

PREAMBLE = 132
VALUE_REPRESENTATION = re.compile(rb"UL|UI|CS|DA|TM|OB|SH|LO|PN|DT|AE")
META_GROUP, FIRST_GROUP = 0x0002, 0x0008
LAST_ELEMENT = 0x0070
LONGEST_FIRST = 128
"""Bytes of the first element of a plausible bare file; src/domain/volume/dicom/sniffDicom.ts has the same rules."""
COMPANIONS = (
    ".csv", ".tsv", ".txt", ".json", ".jsonl", ".xml", ".md", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".html", ".htm",
    ".xls", ".xlsx", ".doc", ".docx", ".yml", ".yaml", ".log", ".sh", ".py", ".exe", ".inf", ".ini", ".npy", ".npz",
)  # fmt: skip
"""Endings of what lies beside scans and is none."""
COMPANION_NAMES = ("dicomdir", "thumbs.db", "license", "licence", "readme", "lockfile")
ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar")


def read_head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(PREAMBLE)


def is_dicom(path: Path) -> bool:
    head = read_head(path)
    return head[128:] == b"DICM" or is_bare(head)


def is_bare(head: bytes) -> bool:
    """An old export without preamble begins with an element of group 0002 or 0008, of either byte order."""
    return any(begins_element(head, order) for order in ("little", "big"))


def begins_element(head: bytes, order: str) -> bool:
    if len(head) < 16:
        return False
    group, element = (int.from_bytes(head[at : at + 2], order) for at in (0, 2))
    if group not in (META_GROUP, FIRST_GROUP) or element > LAST_ELEMENT:
        return False
    if VALUE_REPRESENTATION.fullmatch(head[4:6]):
        return True
    length = int.from_bytes(head[4:8], order)
    return order == "little" and group == FIRST_GROUP and length <= LONGEST_FIRST and length % 2 == 0


def is_companion(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith(".") or name.endswith(COMPANIONS) or path.stem.lower() in COMPANION_NAMES


def explain_no_scan(path: Path) -> str:
    """Of a file that is neither DICOM nor NIfTI nor a companion."""
    if path.name.lower().endswith(ARCHIVES):
        return "is an archive: unpack it"
    other = name_other_content(path)
    if other:
        return other.replace("not the weights", "no scan")
    if path.stat().st_size < PREAMBLE:
        return f"is no DICOM file: it ends after {path.stat().st_size} bytes"
    return "is neither DICOM nor NIfTI, or damaged at its start"


def read_dataset(path: Path, **options) -> FileDataset:
    """As pydicom.dcmread, also without preamble; a bare file gets the transfer syntax in which it was read. Raises
    Refused, with the file's name."""
    try:
        read = pydicom.dcmread(path, force=is_bare(read_head(path)), **options)
    except (OSError, EOFError, ValueError, AttributeError, TypeError, pydicom.errors.InvalidDicomError) as error:
        raise Refused(f"{path.name} can't be read ({' '.join(str(error).split())[:160]})") from error
    if "TransferSyntaxUID" not in read.file_meta:
        implicit, little = read.original_encoding
        plain = ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian
        read.file_meta.TransferSyntaxUID = plain if little else ExplicitVRBigEndian
    return read
