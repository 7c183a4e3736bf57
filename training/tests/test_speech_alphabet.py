import numpy as np

from voxct.speech.alphabet import ALPHABET, BLANK, read_greedy, to_letters, to_targets, word_errors


def one_hot(path: list[int]) -> np.ndarray:
    return np.eye(len(ALPHABET))[path]


def test_greedy_reading_merges_repeats_and_drops_blanks():
    a, b = ALPHABET.index("a"), ALPHABET.index("b")
    assert read_greedy(one_hot([BLANK, a, a, BLANK, a, b, b, BLANK])) == "aab"


def test_greedy_reading_gives_back_a_spelt_text():
    targets = to_targets("No pleural effusion.")
    path = [step for letter in targets for step in (int(letter), BLANK)]
    assert read_greedy(one_hot(path)) == "no pleural effusion"


def test_letters_keep_apostrophes_and_lose_punctuation():
    assert to_letters("The  patient's X-ray, CT!") == "the patient's x ray ct"


def test_word_errors_count_the_shortest_edits():
    assert word_errors("no pleural effusion", "no plural effusion seen") == (2, 3)
    assert word_errors("a b c", "") == (3, 3)
