"""Numbers, units and sentences of dictated words as Whisper writes them."""

import pytest

from voxct.speech.whisper.spelling import to_words
from voxct.speech.whisper.tuning.written import to_written


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("six millimeter nodule", "6 mm nodule."),
        ("two point five by three centimeters", "2.5 by 3 cm."),
        ("on series four image one hundred fifty one", "On series 4 image 151."),
        ("number is four five six", "Number is four five six."),
        ("twenty two by eighteen millimeters", "22 by 18 mm."),
        ("one hundred and five hounsfield units", "105 hounsfield units."),
        ("one or two nodules period", "One or two nodules period."),
        ("No effusion, uh,", "No effusion, uh,"),
    ],
)
def test_writes_figures_where_a_unit_follows_or_ten_is_reached(spoken, written):
    assert to_written([spoken]) == written


def test_means_the_same_words_whichever_way_they_are_written():
    spoken = ["nodule of twenty two by eighteen millimeters", "about one point five centimeters on image ninety nine"]
    assert to_words(to_written(spoken)) == to_words(" ".join(spoken))


def test_puts_clauses_one_behind_the_other():
    assert to_written(["no effusion", "Heart is large."]) == "No effusion. Heart is large."
    with pytest.raises(ValueError, match="no words"):
        to_written([" "])
