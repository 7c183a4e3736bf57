"""What is typed into a search field, and what it states: bare words, "cases with …", two findings, one without another.

Findings come by the pack's own words (voxct/pack/spoken.py, synonyms.py). What a pack does not know states nothing:
other diseases, and sentences whose nouns are no words of its.
"""

from __future__ import annotations

import itertools
import random

from voxct.findings import FINDING_IDS, FINDING_LABELS
from voxct.pack.spoken import SPOKEN
from voxct.pack.synonyms import SYNONYMS
from voxct.text.statuses import STATUSES, StatusText, to_status_row

NONSENSE = "nonsense"
_PATTERN_SIGNS = set("~*!>")
ASK = (
    "{}|{}|{}|{}|cases with {}|case of {}|find cases with {}|find cases like {}|patients with {}"
    "|show me patients with {}|similar cases with {}"
    "|a patient with {}|scans with {}|who else has {}|any {}|anyone with {}|chest ct with {}"
).split("|")
WHERE = (
    "on the left|on the right|bilateral|in the right upper lobe|in the left lower lobe|in the right middle lobe"
    "|at the bases|at both bases|in both lungs|in the lingula|at the left apex|in the upper lobes|basal|apical"
).split("|")
HOW = (
    "small|large|mild|moderate|severe|extensive|new|old|chronic|focal|diffuse|multiple|left|right|bilateral|minimal"
    "|subtle|marked|6 mm|12 mm|three centimeter"
).split("|")
SAME = "unchanged|no change|stable|no larger than before|not new|unchanged from before|persistent|larger than before"
SAME_AS_EVER = SAME.split("|")
NO_MATTER = (
    "infection|tamponade|edema|pneumothorax|fracture|symptoms|fever|pain|contrast|bleeding|invasion|cavitation|motion"
    "|embolism|mucus plugging|septation"
).split("|")
ELSEWHERE = (
    "pneumothorax|pulmonary embolism|pulmonary embolus|rib fracture|aortic aneurysm|aortic dissection|thyroid nodule"
    "|liver cyst|liver lesion|gallstones|kidney stone|renal cyst|adrenal adenoma|breast mass|scoliosis"
    "|vertebral fracture|splenomegaly"
    "|ascites|inguinal hernia|umbilical hernia|sinusitis|brain tumor|appendicitis|covid|tuberculosis"
    "|asthma|hypertension|diabetes|normal chest|normal lungs|clear lungs|no findings|nothing abnormal|healthy patient"
    "|young patient|old man|female patient|noisy scan|motion artifact|pregnancy|hip fracture|meniscus tear"
).split("|")
UNSURE = (
    "possible {}|suspected {}|probable {}|questionable {}|{} cannot be excluded|maybe {}|rule out {}|{} is suspected"
)
UNSURE_OF = UNSURE.split("|")
GONE = "resolved {}|{} has resolved|previous {}|history of {}|no longer any {}|former {}".split("|")
NONE = "no {}|without {}|cases without {}|absent {}|patients without {}|no sign of {}|free of {}".split("|")
BOTH = "{} and {}|{} with {}|{}, {}|{} plus {}|{} as well as {}|{} & {}".split("|")
BUT = (
    "{} without {}|{} but no {}|{}, no {}|{} and no {}|{} with no {}|{} in the absence of {}|{} without any {}"
    "|{}. No {}|{} not {}|{}, without {}|{} but without {}|{}, but no {}|{} no {}"
).split("|")
NOT_BUT = (
    "no {} but {}|no {}, {}|no {}. {}|no {}, but {}|without {} but with {}|not {} but {}|no {}, there is {}".split("|")
)
FORMS = (NONSENSE, "bare", "both", "same", "but", "but other", "other not", "none", "unsure", "gone")
WEIGHTS = (15, 30, 10, 5, 12, 12, 7, 7, 7, 5)
UNKNOWN_FRAMES = (
    "{0} around the {1}|{0} in the {1}|the {0} of the {1}|{0} {1} {2}|a {0} {1}|no {0} in the {1}|thick {0}|large {0}"
    "|small {0} on the left|left {0}|right {0}|old {0}|new {0} in the right {1}|{0} collapsed on the {1}|{0} plugs"
    "|{0} with {1} and {2}|enlarged {0}|calcified {0}|dilated {0}|{0} thickening|{0} mass|{0} line|{0} wall|{0} valve"
    "|find cases like {0}|cases with {0}|patients with {0} and {1}|show me {0}|hello {0}|torn {0} with thick {1}"
    "|{0} promised to repair the {1} by {2}|{0} window|bread and {0}|{0}"
).split("|")


def list_names() -> list[list[str]]:
    """The words for each finding: label, synonyms and the phrases that need no pattern."""
    rows = zip(FINDING_IDS, FINDING_LABELS, strict=True)
    return [[label.lower(), *SYNONYMS[finding], *spell(SPOKEN[finding]["affirms"])] for finding, label in rows]


def spell(phrases: tuple[str, ...]) -> list[str]:
    plain = [phrase for phrase in phrases if not _PATTERN_SIGNS & set(phrase)]
    return [" ".join(words) for phrase in plain for words in itertools.product(*(p.split("|") for p in phrase.split()))]


def draw_queries(count: int, seed: int) -> list[StatusText]:
    """In shares of WEIGHTS."""
    source, names = random.Random(seed), list_names()
    return [draw_query(source, names) for _ in range(count)]


def draw_query(source: random.Random, names: list[list[str]]) -> StatusText:
    first, second = source.sample(range(len(names)), 2)
    name, other = (draw_name(source, names[n]) for n in (first, second))
    form = source.choices(FORMS, WEIGHTS)[0]
    if form == NONSENSE:
        return draw_unknown(source)
    text, states = write_query(source, form, name, other)
    told = {FINDING_IDS[n]: status for n, status in zip((first, second), states, strict=False)}
    return StatusText(text, to_status_row(told), "query")


def draw_name(source: random.Random, names: list[str]) -> str:
    """Half of the time the label; other words in the plural, too."""
    name = names[0] if source.random() < 0.4 else source.choice(names)
    if source.random() > 0.25 or name.endswith(("s", "ing", "y", "ia")):
        return name
    return f"{name}es" if name.endswith(("x", "ch")) else f"{name}s"


def draw_unknown(source: random.Random) -> StatusText:
    """Of kind "nonsense" where its words are none: they must not enter the list of words."""
    if source.random() < 0.4:
        return StatusText(source.choice(ASK).format(source.choice(ELSEWHERE)), to_status_row({}), "query")
    words = (draw_nonsense(source) for _ in range(3))
    return StatusText(source.choice(UNKNOWN_FRAMES).format(*words), to_status_row({}), NONSENSE)


def draw_nonsense(source: random.Random) -> str:
    """Letters that are no word of the list."""
    return "".join(source.choice("bcdfghjklmnpqrstvwxz") + source.choice("aeiou") for _ in range(4)) + "q"


def write_query(source: random.Random, form: str, name: str, other: str) -> tuple[str, tuple[str, ...]]:
    """The query, and the statuses of `name` and `other` in it."""
    _, present, absent, uncertain, resolved = STATUSES
    described = f"{source.choice(HOW)} {name}" if source.random() < 0.5 else f"{name} {source.choice(WHERE)}"
    shown = source.choice((name, name, described))
    match form:
        case "bare":
            return source.choice(ASK).format(shown), (present,)
        case "both":
            return source.choice(ASK).format(source.choice(BOTH).format(shown, other)), (present, present)
        case "same":
            return f"{shown}, {source.choice(SAME_AS_EVER)}", (present,)
        case "but":
            return source.choice(ASK).format(source.choice(BUT).format(shown, source.choice(NO_MATTER))), (present,)
        case "but other":
            return source.choice(ASK).format(source.choice(BUT).format(shown, other)), (present, absent)
        case "other not":
            return source.choice(NOT_BUT).format(other, shown), (present, absent)
    frames, status = {"none": (NONE, absent), "unsure": (UNSURE_OF, uncertain), "gone": (GONE, resolved)}[form]
    return source.choice(frames).format(name), (status,)
