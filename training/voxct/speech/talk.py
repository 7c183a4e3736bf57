"""Everyday English and viewer commands that say no finding: what "nothing said" has to be learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

WORDS = Path(__file__).with_name("common_words.txt").read_text().split()

_SLOTS = {
    "day": "today|tomorrow|this morning|on monday|on friday|next week|tonight|at noon|in the evening|over the weekend",
    "sky": "sunny|cloudy|rainy|windy|cold and clear|foggy|warm|very hot|snowing in the hills|mild with light wind",
    "who": "my sister|the president|our neighbor|the committee|a young man|her teacher|the whole team|somebody"
    "|the driver|the company|my fellow citizens|the people of this country|a small group of students|the minister",
    "did": "said|decided|explained|asked|hoped|remembered|wrote|believed|announced|wondered",
    "what": "that the train was late|that it would rain|why the market closed|that the game is over|how the story ends"
    "|that taxes will rise|that peace is possible|where the keys are|that nobody should worry"
    "|what we can do for our country",
    "drink": "coffee|espresso|latte|cappuccino|green tea|hot chocolate|americano|orange juice|decaf coffee|mocha",
    "size": "small|medium|large|double|single|very big|tiny",
    "extra": "with milk|without sugar|with two sugars|with a bit of cream|with soy milk|extra hot"
    "|with low fat milk|to go",
    "number": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty five|a hundred|zero",
    "place": "in the kitchen|at the station|near the river|across the street|in paris|at school"
    "|in the office|by the sea",
    "thing": "the blue car|a new phone|the old piano|that photograph|the garden|this book|a warm coat"
    "|the meeting|the lecture|our holiday|the football match|a birthday cake|the window|the radio",
    "view": "axial|coronal|sagittal|three d|full screen",
    "window": "lung|bone|mediastinum|soft tissue|abdomen|brain|default",
    "side": "next|previous|last|first|upper|lower",
}
_TEMPLATES = [
    "the weather {day} will be {sky}",
    "it is {sky} {day} and {who} {did} {what}",
    "{who} {did} {what}",
    "in the news {day} {who} {did} {what}",
    "can i have a {size} {drink} {extra} please",
    "could you make me a {size} {drink} {extra}",
    "i would like {number} {drink} {extra} and a {size} {drink}",
    "{number} {number} {number} {number}",
    "the number is {number} {number} {number} {number} {number}",
    "ask not what {who} {did}",
    "we met {who} {place} {day}",
    "please leave {thing} {place}",
    "did you see {thing} {place} {day}",
    "there is {thing} {place}",
    "there is no {drink} {place}",
    "no {thing} was found {place}",
    "i am looking for {thing} {place}",
    "excuse me could you help me with {thing}",
    "hello how are you {day}",
    "ladies and gentlemen welcome {place}",
    "one moment please the phone is ringing",
    "testing testing {number} {number} {number}",
    "okay so where were we {day}",
]
_COMMANDS = [
    "{side} slice",
    "go to slice {number}",
    "scroll {number} slices down",
    "{window} window",
    "show the {window} window please",
    "{view} view",
    "switch to the {view} view",
    "zoom in",
    "zoom out",
    "reset the view",
    "undo",
    "start dictation",
    "stop dictation",
    "find similar patients",
    "show similar cases",
    "open the {side} case",
    "hide the heat map",
    "show the heat map",
    "measure this",
    "save the report",
]


def draw_command(rng: np.random.Generator) -> str:
    """A short spoken order to the viewer."""
    return _fill(str(rng.choice(_COMMANDS)), rng)


def draw_talk(rng: np.random.Generator) -> str:
    """One to three sentences of talk, or a run of common words in no order."""
    if rng.random() < 0.3:
        return " ".join(rng.choice(WORDS, rng.integers(3, 16)))
    sentences = []
    for _ in range(rng.integers(1, 4)):
        sentence = _fill(str(rng.choice(_TEMPLATES)), rng)
        if rng.random() < 0.4:
            sentence += " " + " ".join(rng.choice(WORDS, rng.integers(1, 5)))
        sentences.append(sentence)
    return ". ".join(sentences) + "."


def _fill(template: str, rng: np.random.Generator) -> str:
    while "{" in template:
        start, end = template.index("{"), template.index("}")
        choice = rng.choice(_SLOTS[template[start + 1 : end]].split("|"))
        template = template[:start] + str(choice) + template[end + 1 :]
    return template
