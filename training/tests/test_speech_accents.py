import numpy as np

from voxct.speech.accents import ACCENT_VOICES, PHONES, choose_way
from voxct.speech.casting import (
    DIPHONE_TRAIN,
    DIPHONE_VALIDATION,
    ESPEAK_TEST,
    ESPEAK_TRAIN,
    ESPEAK_VALIDATION,
    TEST_VOICES,
    draw_voice,
)
from voxct.speech.festival_diphones import read_diphones

ENGLISH = (
    "aa ae ah ao aw ax ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw v w y z zh".split()
)


def test_every_english_phone_has_a_way_in_every_phone_set():
    for table in PHONES.values():
        assert set(ENGLISH) <= set(table)


def test_a_way_that_the_voice_cannot_say_is_passed_over():
    diphones = frozenset({("a", "v"), ("#", "a")})
    rng = np.random.default_rng(1)
    assert {tuple(choose_way("a", ["u", "v"], diphones, rng)) for _ in range(50)} == {("v",)}


def test_diphones_are_read_up_to_the_end_of_the_index(tmp_path):
    file = tmp_path / "x.group"
    file.write_bytes(b"EST_File index\nEST_Header_End\na-b 1 2\n#-a 3 4\n\x00\x01-\x02binary")
    assert read_diphones(file) == {("a", "b"), ("#", "a")}


def test_splits_share_no_kept_voice():
    assert not set(ESPEAK_TRAIN) & set(ESPEAK_VALIDATION + ESPEAK_TEST)
    assert set(DIPHONE_TRAIN) | set(DIPHONE_VALIDATION) == set(ACCENT_VOICES)
    assert not set(DIPHONE_TRAIN) & set(DIPHONE_VALIDATION)
    rng = np.random.default_rng(2)
    kept = {(v.engine, v.name) for v in TEST_VOICES}
    heard = {
        (v.engine, v.name) for split in ("train", "train2", "validation", "validation2") for v in drawn(split, rng)
    }
    assert not kept & heard
    assert not any(engine == "pico" or name.startswith("kal") for engine, name in heard)
    assert {(v.engine, v.name) for v in drawn("test2", rng)} <= kept


def drawn(split: str, rng: np.random.Generator) -> list:
    return [draw_voice(split, rng) for _ in range(300)]
