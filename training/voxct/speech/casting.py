"""Who speaks in which split: training, validation and test share no voice but for what `draw_voice` says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voxct.speech.voices import Voice

ESPEAK_ACCENTS = ["en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-us-nyc", "en", "en-029"]
ESPEAK_TRAIN = (
    "Alex Alicia Andrea Andy Annie Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael Mike Nguyen "
    "RicishayMax RicishayMax2 Storm Tweaky adam anika announcer antonio aunty belinda benjamin boris caleb david ed "
    "edward f1 f2 f3 f4 f5 grandma grandpa gustave iven iven2 john kaukovalta linda m1 m2 m3 m4 m5 m6 m7 m8 marcelo "
    "max michel miguel norbert pablo paul pedro rob robert sandro shelby steph steph2 travis zac"
).split()
# Kept from training: an accent and four speakers of espeak and a Czech diphone voice for validation; for the test the
# whole engine Pico, and of every other engine a voice: espeak's Klatt family, flite's kal16, festival's ked.
ESPEAK_VALIDATION_ACCENT = "en-gb-x-gbcwmd"
ESPEAK_VALIDATION = ["edward2", "quincy", "steph3", "victor"]
ESPEAK_TEST = ["klatt", "klatt2", "klatt3", "klatt4", "klatt5", "klatt6"]
DIPHONE_TRAIN = [
    "czech_dita",
    "czech_krb",
    "czech_ph",
    "lp_diphone",
    "pc_diphone",
    "suo_fi_lj_diphone",
    "hy_fi_mv_diphone",
]
DIPHONE_VALIDATION = ["czech_machac"]
FLITE_SHARE = 0.75
FLITE_TRAIN_HZ = {"awb": 130.0, "rms": 105.0, "slt": 175.0}

# Natural voices: American (a), British (b), Spanish (e), French (f), Hindi (h), Italian (i), Japanese (j),
# Brazilian (p) and Chinese (z) speakers, female or male by the second letter.
KOKORO_TRAIN = (
    "af_alloy af_aoede af_bella af_heart af_jessica af_nicole af_river af_sarah af_sky "
    "am_adam am_echo am_fenrir am_liam am_michael am_puck bf_alice bf_emma bf_isabella bm_daniel bm_george "
    "ef_dora ff_siwis hf_alpha hm_omega hm_psi im_nicola jf_alpha jf_gongitsune jm_kumo pf_dora pm_alex "
    "zf_xiaobei zf_xiaoxiao zm_yunjian zm_yunxi zm_yunyang"
).split()
KOKORO_VALIDATION = ["af_kore", "bm_fable", "if_sara"]
KOKORO_TEST = ["af_nova", "am_onyx", "bm_lewis", "hf_beta", "am_eric", "bf_lily", "em_alex", "zf_xiaoni"]

# One fixed way of speaking for each voice of a split, for spoken prompts.
VALIDATION_VOICES = [
    *(Voice("espeak", f"{ESPEAK_VALIDATION_ACCENT}+{name}", 1.0, 50.0) for name in ESPEAK_VALIDATION),
    *(Voice("diphone", name, 1.0, 1.0) for name in DIPHONE_VALIDATION),
]
TEST_VOICES = [
    Voice("pico", "en-US", 1.0, 1.0),
    Voice("pico", "en-GB", 1.0, 1.0),
    Voice("flite", "kal16", 1.0, 105.0),
    Voice("festival", "ked_diphone", 1.0, 0),
    *(Voice("espeak", f"en-us+{name}", 1.0, 50.0) for name in ESPEAK_TEST),
]
NATURAL_TEST_VOICES = [Voice("kokoro", name, 1.0, 1.0) for name in KOKORO_TEST] + [Voice("piper", "joe", 1.0, 1.0)]
# Share of the test's utterances by engine.
TEST_SHARES = {"pico": 0.4, "flite": 0.2, "festival": 0.2, "espeak": 0.2}


def draw_voice(split: str, rng: np.random.Generator) -> Voice:
    """A random voice of a split: train, train2, train3, validation, validation2, test (the first), test2."""
    drawers = {
        "train": draw_first_training_voice,
        "train2": draw_training_voice,
        "train3": draw_training_voice,
        "validation": draw_first_validation_voice,
        "validation2": draw_validation_voice,
        "test": draw_first_test_voice,
        "test2": draw_test_voice,
    }
    return drawers[split](rng)


def draw_training_voice(rng: np.random.Generator) -> Voice:
    """More engines and wider ranges than the first corpus."""
    engine = rng.choice(["espeak", "flite", "festival", "diphone"], p=[0.3, 0.3, 0.06, 0.34])
    if engine == "espeak":
        return draw_espeak(rng, (0.75, 1.4), (0, 99))
    if engine == "flite":
        return draw_flite(rng, (0.75, 1.4), (0.65, 1.6))
    if engine == "festival":
        return Voice("festival", "cmu_us_slt_arctic_hts", rng.uniform(0.8, 1.3), 0)
    return Voice("diphone", str(rng.choice(DIPHONE_TRAIN)), rng.uniform(0.8, 1.25), rng.uniform(0.75, 1.3))


def draw_validation_voice(rng: np.random.Generator) -> Voice:
    """Voices that training never hears: one of VALIDATION_VOICES, half the time a diphone voice."""
    if rng.random() < 0.5:
        return Voice("diphone", str(rng.choice(DIPHONE_VALIDATION)), rng.uniform(0.9, 1.15), rng.uniform(0.9, 1.15))
    return draw_kept_espeak(rng)


def draw_test_voice(rng: np.random.Generator) -> Voice:
    """A voice that neither training nor validation hears."""
    engine = rng.choice(list(TEST_SHARES), p=list(TEST_SHARES.values()))
    if engine == "pico":
        return Voice("pico", str(rng.choice(["en-US", "en-GB"])), rng.uniform(0.9, 1.15), rng.uniform(0.9, 1.1))
    return draw_test_voice_of(engine, rng)


def draw_first_training_voice(rng: np.random.Generator) -> Voice:
    """The training voices of the first corpus."""
    engine = rng.choice(["espeak", "flite", "festival"], p=[0.56, 0.36, 0.08])
    if engine == "espeak":
        return draw_espeak(rng, (0.8, 1.35), (10, 90))
    if engine == "flite":
        return draw_flite(rng, (0.8, 1.3), (0.75, 1.35))
    return Voice("festival", "cmu_us_slt_arctic_hts", rng.uniform(0.85, 1.2), 0)


def draw_first_validation_voice(rng: np.random.Generator) -> Voice:
    """About a third kept voices; else voices of the training with texts of their own."""
    return draw_kept_espeak(rng) if rng.random() < 0.35 else draw_first_training_voice(rng)


def draw_first_test_voice(rng: np.random.Generator) -> Voice:
    """The test voices of the first corpus."""
    return draw_test_voice_of(rng.choice(["flite", "festival", "espeak"], p=[0.4, 0.35, 0.25]), rng)


def draw_natural_voice(split: str, rng: np.random.Generator) -> Voice:
    """A Kokoro voice of `train` or `validation`, or a natural voice of `test`, at .8 to 1.25 of its own pace."""
    stretch = float(np.exp(rng.uniform(np.log(0.8), np.log(1.25))))
    if split == "test":
        return replace(NATURAL_TEST_VOICES[rng.integers(len(NATURAL_TEST_VOICES))], stretch=stretch)
    names = {"train": KOKORO_TRAIN, "validation": KOKORO_VALIDATION}[split]
    return Voice("kokoro", names[rng.integers(len(names))], stretch, 1.0)


def draw_espeak(rng: np.random.Generator, stretch: tuple[float, float], pitch: tuple[float, float]) -> Voice:
    name = f"{rng.choice(ESPEAK_ACCENTS)}+{rng.choice(ESPEAK_TRAIN)}"
    return Voice("espeak", name, rng.uniform(*stretch), rng.uniform(*pitch))


def draw_flite(rng: np.random.Generator, stretch: tuple[float, float], factor: tuple[float, float]) -> Voice:
    name = str(rng.choice(list(FLITE_TRAIN_HZ)))
    return Voice("flite", name, rng.uniform(*stretch), FLITE_TRAIN_HZ[name] * rng.uniform(*factor))


def draw_kept_espeak(rng: np.random.Generator) -> Voice:
    name = f"{ESPEAK_VALIDATION_ACCENT}+{rng.choice(ESPEAK_VALIDATION)}"
    return Voice("espeak", name, rng.uniform(0.85, 1.2), rng.uniform(20, 80))


def draw_test_voice_of(engine: str, rng: np.random.Generator) -> Voice:
    if engine == "flite":
        return Voice("flite", "kal16", rng.uniform(0.9, 1.15), rng.uniform(85, 125))
    if engine == "festival":
        return Voice("festival", "ked_diphone", rng.uniform(0.9, 1.15), 0)
    return Voice("espeak", f"en-us+{rng.choice(ESPEAK_TEST)}", rng.uniform(0.9, 1.2), rng.uniform(30, 70))


def draw_quick_voice(rng: np.random.Generator) -> Voice:
    """flite three times in four, otherwise espeak-ng: a tenth of a natural voice's work, for variety of words."""
    pace = (0.8, 1.35)
    return draw_flite(rng, pace, (0.7, 1.5)) if rng.random() < FLITE_SHARE else draw_espeak(rng, pace, (10, 90))
