"""English text as IPA by espeak-ng, its punctuation kept for the prosody of neural voices."""

from __future__ import annotations

import re
import subprocess
from functools import lru_cache

_MARKS = re.compile(r"([,.;:!?]+)")
_JOINERS = re.compile("[_\u200d]")


@lru_cache(maxsize=4096)
def phonemise(text: str, accent: str) -> str:
    """The words of a text without punctuation as IPA with stress marks; `accent` is an espeak-ng voice.

    Raises CalledProcessError where espeak-ng has no such voice.
    """
    told = subprocess.run(
        ["espeak-ng", "-q", "--ipa=3", "-v", accent, "--", text], check=True, capture_output=True, text=True
    )
    return _JOINERS.sub("", " ".join(told.stdout.split()))


def phonemise_sentence(text: str, accent: str) -> str:
    """IPA of a sentence; every punctuation mark stands where it stood."""
    spoken = ""
    for part in _MARKS.split(text):
        if _MARKS.fullmatch(part):
            spoken += part[0]
        elif part.strip():
            spoken += (" " if spoken else "") + phonemise(part.strip(), accent)
    return spoken
