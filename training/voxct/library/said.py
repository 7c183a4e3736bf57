"""Sex, age and day as headers and tables write them -> as a library has them (docs/MANIFEST.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

SEXES = {
    "f": "female", "female": "female", "w": "female", "woman": "female",
    "m": "male", "male": "male", "man": "male",
    "o": "other", "other": "other", "d": "other", "diverse": "other",
}  # fmt: skip
UNITS_PER_YEAR = {"D": 365.25, "W": 52.1775, "M": 12.0, "Y": 1.0}
"""Of DICOM's age string (PS3.5, AS), as src/domain/study/studyIdentity.ts counts them."""
OLDEST = 130
FIRST_CT = 1971
"""The year of the first CT of a patient: an earlier day is a placeholder."""


@dataclass(frozen=True)
class Said:
    """Texts of one case, empty where nothing is said."""

    patient: str = ""
    sex: str = ""
    age: str = ""
    birth_date: str = ""
    date: str = ""
    report: str = ""


def read_sex(text: str) -> str | None:
    return SEXES.get(text.strip().casefold())


def read_age(text: str) -> int | None:
    """Whole years of "045Y", "18M" or "45"; None for anything else."""
    said = re.fullmatch(r"(\d{1,3})([DWMY])", text.strip().upper())
    plain = re.fullmatch(r"(\d{1,3})(?:\.\d+)?", text.strip())
    years = int(int(said[1]) / UNITS_PER_YEAR[said[2]]) if said else int(plain[1]) if plain else None
    return years if years is not None and years <= OLDEST else None


def read_day(text: str, first_year: int = FIRST_CT) -> str | None:
    """ISO 8601 of 20190131, 2019-01-31 or DICOM's former 2019.01.31, a time of day behind it left out; None for what
    is no day, a former year, or an order of day and month that has to be guessed.
    """
    parts = re.fullmatch(r"(\d{4})([-.]?)(\d{2})\2(\d{2})(?:[T ].*)?", text.strip()) or re.fullmatch(
        r"(\d{4})()(\d{2})(\d{2})\d{2,6}(?:\.\d+)?.*", text.strip()
    )
    if parts is None:
        return None
    try:
        day = date(int(parts[1]), int(parts[3]), int(parts[4]))
    except ValueError:
        return None
    return day.isoformat() if day.year >= first_year else None


def count_years(birth: str, day: str | None) -> int | None:
    """Whole years from one day to another; None where either is unknown."""
    born = read_day(birth, first_year=1850)
    if born is None or day is None:
        return None
    years = (int(day.replace("-", "")) - int(born.replace("-", ""))) // 10_000
    return years if 0 <= years <= OLDEST else None
