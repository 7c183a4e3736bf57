"""English read by diphone voices of other languages: a strong accent, and the sound of LPC diphones.

Festival's English front end gives phones and stress; each is written in the phones of a Czech, Italian or Finnish
voice, with a rule-made rhythm and melody. No English diphone voice is used, since those are kept for the test.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voxct.speech.festival_diphones import read_diphones

Rng = np.random.Generator

# Voice: (phone set, group file below festival's voices, mean F0 in Hz).
ACCENT_VOICES = {
    "czech_dita": ("czech", "czech/czech_dita/group/dita.group", 190),
    "czech_krb": ("czech", "czech/czech_krb/group/krb.group", 150),
    "czech_machac": ("czech", "czech/czech_machac/group/machac.group", 110),
    "czech_ph": ("czech", "czech/czech_ph/group/ph.group", 105),
    "lp_diphone": ("italian", "italian/lp_diphone/group/lp_diphone.group", 185),
    "pc_diphone": ("italian", "italian/pc_diphone/group/pc_diphone.group", 115),
    "suo_fi_lj_diphone": ("finnish", "finnish/suo_fi_lj_diphone/group/ljlpc.group", 185),
    "hy_fi_mv_diphone": ("finnishMv", "finnish/hy_fi_mv_diphone/group/mvlpc.group", 105),
}
VOICES_FOLDER = Path("/usr/share/festival/voices")

# English phone -> ways to say it, best first; one way is one or two phones. "#" is silence in every set.
_SAME = {p: [p] for p in "b d f g k l m n p r s t v z".split()}
_CZECH = _SAME | {
    "aa": ["a:", "a"], "ae": ["e", "e:", "a"], "ah": ["a"], "ao": ["o:", "o"], "aw": ["a u"], "ax": ["e", "a"],
    "axr": ["e r"], "ay": ["a j"], "ch": ["c~"], "dh": ["d", "z"], "dx": ["d", "t"], "eh": ["e"], "el": ["e l"],
    "em": ["e m"], "en": ["e n"], "er": ["e r", "o r"], "ey": ["e j", "e:"], "hh": ["h"], "ih": ["i"], "iy": ["i:"],
    "jh": ["dz~"], "ng": ["n", "n g"], "ow": ["o u", "o:"], "oy": ["o j"], "sh": ["s~"], "th": ["t", "s"],
    "uh": ["u"], "uw": ["u:"], "w": ["v", "u"], "y": ["j"], "zh": ["z~"],
}  # fmt: skip
_ITALIAN = _SAME | {
    "aa": ["a1", "a"], "ae": ["E1", "a1"], "ah": ["a1", "a"], "ao": ["O1", "O"], "aw": ["a1 u"], "ax": ["e", "a"],
    "axr": ["e r"], "ay": ["a1 i"], "ch": ["tS"], "dh": ["d"], "dx": ["d", "t"], "eh": ["E1"], "el": ["e l"],
    "em": ["e m"], "en": ["e n"], "er": ["E1 r", "e r"], "ey": ["e1 i"], "hh": ["", "k"], "ih": ["i"], "iy": ["i1"],
    "jh": ["dZ"], "ng": ["n", "n g"], "ow": ["o1 u", "o1"], "oy": ["o1 i"], "sh": ["S", "tS", "s"],
    "th": ["t", "f"], "uh": ["u"], "uw": ["u1"], "w": ["w", "u", "v"], "y": ["j", "i"], "zh": ["Z", "dZ"],
}  # fmt: skip
_FINNISH = _SAME | {
    "aa": ["a"], "ae": ["@", "e"], "ah": ["a"], "ao": ["o"], "aw": ["a u"], "ax": ["e", "a"], "axr": ["7 r", "e r"],
    "ay": ["a i"], "ch": ["t s"], "dh": ["d", "t"], "dx": ["d", "t"], "eh": ["e"], "el": ["e l"], "em": ["e m"],
    "en": ["e n"], "er": ["7 r", "7"], "ey": ["e i"], "hh": ["h"], "ih": ["i"], "iy": ["i:", "i"], "jh": ["d s"],
    "ng": ["N", "n"], "ow": ["o u", "o"], "oy": ["o i"], "sh": ["s"], "th": ["t", "s"], "uh": ["u"],
    "uw": ["u:", "u"], "w": ["v", "u"], "y": ["j", "i"], "z": ["s"], "zh": ["s"],
}  # fmt: skip
_FINNISH_MV = _FINNISH | {"sh": ["S", "s"], "ch": ["t S", "t s"], "jh": ["d S", "d s"], "zh": ["S"], "w": ["w", "v"]}
PHONES = {"czech": _CZECH, "italian": _ITALIAN, "finnish": _FINNISH, "finnishMv": _FINNISH_MV}

VOWELS = frozenset("aa ae ah ao aw ax axr ay eh el em en er ey ih iy ow oy uh uw".split())
# Mean durations in seconds; what is not named lasts 0.075.
SECONDS = {
    "aa": 0.12, "ae": 0.125, "ah": 0.085, "ao": 0.12, "aw": 0.165, "ax": 0.058, "axr": 0.1, "ay": 0.155, "ch": 0.12,
    "dh": 0.05, "dx": 0.035, "eh": 0.095, "el": 0.1, "em": 0.1, "en": 0.1, "er": 0.12, "ey": 0.14, "f": 0.1,
    "ih": 0.07, "iy": 0.1, "l": 0.065, "n": 0.065, "ow": 0.14, "oy": 0.18, "s": 0.105, "sh": 0.115, "th": 0.09,
    "uh": 0.075, "uw": 0.11, "v": 0.06, "w": 0.06, "y": 0.06, "b": 0.07, "d": 0.06, "g": 0.07,
}  # fmt: skip


@dataclass(frozen=True)
class Phone:
    """One English phone of the front end: name ("pau" is a pause) and whether its syllable is stressed."""

    name: str
    stressed: bool


FRONT_END = """
(voice_cmu_us_slt_arctic_hts)
(define (front text)
  (let ((u (eval (list 'Utterance 'Text text))))
    (Initialize u) (Text u) (Token_POS u) (Token u) (POS u) (Phrasify u) (Word u) (Pauses u) (Intonation u) (PostLex u)
    (format t "UTTERANCE\\n")
    (mapcar
      (lambda (s) (format t "%s %s\\n" (item.name s) (item.feat s "R:SylStructure.parent.stress")))
      (utt.relation.items u 'Segment))))
"""


def to_phones(texts: list[str]) -> list[list[Phone]]:
    """English phones of each text, by festival's lexicon and letter-to-sound rules."""
    plain = [re.sub(r'[\\"]', " ", text) for text in texts]
    out = run_festival(FRONT_END + "\n".join(f'(front "{text}")' for text in plain))
    utterances: list[list[Phone]] = []
    for line in out.splitlines():
        if line.startswith("UTTERANCE"):
            utterances.append([])
        elif utterances and len(parts := line.split()) == 2:
            utterances[-1].append(Phone(parts[0], parts[1] == "1"))
    return utterances


def to_segments(phones: list[Phone], voice: str, stretch: float, pitch: float, rng: Rng) -> list[tuple]:
    """(foreign phone, seconds, F0 in Hz) for a voice: `stretch` > 1 is slower, `pitch` a factor on its own F0."""
    phone_set, group, middle_hz = ACCENT_VOICES[voice]
    table, diphones = PHONES[phone_set], read_diphones(VOICES_FOLDER / group)
    out: list[tuple] = [("#", 0.1, 0.0)]
    base = middle_hz * pitch * rng.uniform(0.9, 1.1)
    fall, lift = rng.uniform(0.05, 0.25), rng.uniform(0.0, 0.25)
    for place, phone in enumerate(phones):
        if phone.name == "pau":
            out.append(("#", rng.uniform(0.08, 0.3), 0.0))
            continue
        names = choose_way(out[-1][0], table.get(phone.name, [phone.name]), diphones, rng)
        final = place + 2 >= len(phones) or phones[place + 1].name == "pau"
        seconds = SECONDS.get(phone.name, 0.075) * stretch * np.exp(rng.normal(0, 0.12))
        seconds *= (1.15 if phone.stressed else 0.9) * (1.3 if final else 1.0)
        accent = lift * (phone.stressed and phone.name in VOWELS) * rng.uniform(0.3, 1)
        hz = base * (1 + accent) * (1 - fall * (place / len(phones) - 0.5)) * (0.85 if final else 1)
        out += [(name, max(0.03, seconds / len(names)), hz) for name in names]
    return [*out, ("#", 0.1, 0.0)]


def choose_way(before: str, ways: list[str], diphones: frozenset, rng: Rng) -> list[str]:
    """The phones of one way whose diphones exist after `before`; the first way nearly always, where it can be said."""
    spoken = [way.split() for way in ways]
    known = [w for w in spoken if all(pair in diphones for pair in zip([before, *w], w, strict=False))]
    offered = known or spoken
    return offered[0] if rng.random() < 0.85 else offered[rng.integers(len(offered))]


def speak_accent_batch(jobs: list[tuple], folder: Path, rng: Rng) -> list[Path]:
    """jobs (text, voice name, stretch, pitch factor) -> one WAV file each, missing where festival failed."""
    utterances = to_phones([text for text, *_ in jobs])
    lines, files = [], [folder / f"{i}.wav" for i in range(len(jobs))]
    by_voice = sorted(range(len(jobs)), key=lambda i: jobs[i][1])
    last = None
    for i in by_voice:
        _, voice, stretch, pitch = jobs[i]
        if voice != last:
            lines.append(f"(voice_{voice})")
            last = voice
        segments = to_segments(utterances[i], voice, stretch, pitch, rng)
        spelt = " ".join(f"({n} {s:.4f} (0.0 {hz:.1f}))" if hz else f"({n} {s:.4f})" for n, s, hz in segments)
        lines.append(f'(utt.save.wave (utt.synth (Utterance Segments ({spelt}))) "{files[i]}" \'riff)')
    run_festival("\n".join(lines))
    return files


def run_festival(script: str) -> str:
    """Standard output of festival for a script; an error in one line ends the script, which is not raised."""
    with tempfile.NamedTemporaryFile("w", suffix=".scm", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(["festival", "-b", file.name], capture_output=True, check=False)
    return done.stdout.decode("latin1")
