"""Names of patients as a library may carry them: keyed hashes, which nobody without the key can try out."""

from __future__ import annotations

import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path

KEY_BYTES = 32
DIGITS = 16
"""64 bits: of a million patients two share a pseudonym with a chance of 3e-8."""
NOBODY = frozenset(
    {"anonymous", "anonymized", "anonymised", "anonym", "anon", "deidentified", "removed", "unknown", "none", "na",
     "null", "nn", "xxx", "0"}
)  # fmt: skip
"""What de-identification writes for everybody: it makes no two scans one patient's."""


class Pseudonyms:
    """patient's id -> "p-" and 16 hexadecimal digits of HMAC-SHA-256, the same in every run that has the key. The key
    lies in a file that only its owner may read; it is made when somebody is named first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def key(self) -> bytes:
        if not self.path.exists():
            make_key(self.path)
        return read_key(self.path)

    def name(self, patient: str) -> str | None:
        """None for what names nobody. Case and spaces around count for nothing. ValueError: the file holds no key."""
        plain = " ".join(patient.split()).casefold()
        if "".join(letter for letter in plain if letter.isalnum()) in NOBODY | {""}:
            return None
        return f"p-{hmac.new(self.key, plain.encode(), 'sha256').hexdigest()[:DIGITS]}"


def make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(KEY_BYTES)}\n")


def read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="utf-8").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} holds no key: delete it, and patients get other pseudonyms")
    return key
