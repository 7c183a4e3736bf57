"""One spelling for word error rates: numbers and units in words, no punctuation, no capitals.

"a 6 mm nodule, 2.5 x 3 cm" and "a six millimeter nodule two point five by three centimeters" become the same words.
"""

from __future__ import annotations

import re

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITS = {"mm": "millimeter", "cm": "centimeter", "ml": "milliliter", "cc": "milliliter", "hu": "hounsfield units",
         "kg": "kilogram", "%": "percent", "x": "by"}  # fmt: skip
PLURALS = {f"{unit}s": unit for unit in ("millimeter", "centimeter", "milliliter", "kilogram")}
SPELLINGS = {"mrs": "misses", "mr": "mister", "dr": "doctor", "okay": "ok", "grey": "gray", "oedema": "edema",
             "haemorrhage": "hemorrhage", "tumour": "tumor", "centre": "center"} | PLURALS  # fmt: skip
MOST = 9999
"""Longer numbers are read digit by digit."""
TOKEN = re.compile(r"\d+(?:\.\d+)?|%|[a-z']+")


def to_words(text: str) -> str:
    """Single spaces between lower-case words."""
    words: list[str] = []
    for token in TOKEN.findall(text.lower().replace("’", "'").replace("millimetre", "millimeter")):
        word = say_number(token) if token[0].isdigit() else UNITS.get(token, token)
        words += [SPELLINGS.get(one.strip("'"), one.strip("'")) for one in word.split()]
    return " ".join(word for word in words if word)


def say_number(token: str) -> str:
    """Digits with an optional fraction: "2.5" -> "two point five"."""
    whole, _, fraction = token.partition(".")
    spoken = say_whole(int(whole)) if int(whole) <= MOST else say_digits(whole)
    return f"{spoken} point {say_digits(fraction)}" if fraction else spoken


def say_digits(digits: str) -> str:
    return " ".join(SMALL[int(digit)] for digit in digits)


def say_whole(number: int) -> str:
    """0 to 9,999, without "and"."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f" {SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" {say_whole(number % 100)}" if number % 100 else ""
        return f"{SMALL[number // 100]} hundred{rest}"
    rest = f" {say_whole(number % 1000)}" if number % 1000 else ""
    return f"{say_whole(number // 1000)} thousand{rest}"
