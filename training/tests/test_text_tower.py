import random

import torch

from voxct.text.losses import align_to_prompts, contrast_equal_states, spread_prompts
from voxct.text.statements import Statement, draw_long_statement, drop_words, join_statements
from voxct.text.teacher import load_text_teacher, save_text_teacher
from voxct.text.tokenizer import WordTokenizer
from voxct.text.tower import TextTower, TextTowerConfig, to_padded_ids

WORDS = ["no", "pleural", "effusion", "is", "present", "lung"]


def small_tower(words: int) -> TextTower:
    torch.manual_seed(0)
    return TextTower(TextTowerConfig(words=words, width=16, heads=2, feed_forward=24, latent=12, window=3)).eval()


def states(**signs: int) -> tuple[int, ...]:
    return tuple(signs.get(f"f{index}", 0) for index in range(18))


def test_tokenizer_lowers_case_strips_punctuation_and_marks_unknown_words():
    tokenizer = WordTokenizer(["[PAD]", "[CLS]", "[UNK]", *WORDS])
    assert tokenizer.encode("No PLEURAL-effusion, zebra!", 10) == [1, 3, 4, 5, 2]


def test_tokenizer_survives_saving(tmp_path):
    tokenizer = WordTokenizer.build(["no effusion", "effusion present"], min_count=1)
    tokenizer.save(tmp_path / "t.json")
    assert WordTokenizer.load(tmp_path / "t.json").words == tokenizer.words


def test_latents_are_unit_and_blind_to_padding():
    tower = small_tower(9)
    alone = tower(to_padded_ids([[1, 3, 4]]))
    beside = tower(to_padded_ids([[1, 3, 4], [1, 3, 4, 5, 6, 7, 8]]))
    assert torch.allclose(alone.norm(dim=-1), torch.ones(1), atol=1e-5)
    assert torch.allclose(alone[0], beside[0], atol=1e-5)


def test_order_of_words_matters():
    tower = small_tower(9)
    with torch.no_grad():
        tower.layers[0].offset_bias.normal_()
    a, b = tower(to_padded_ids([[1, 3, 4, 5], [1, 5, 4, 3]]))
    assert (a - b).abs().max() > 1e-3


def test_joined_statements_never_contradict_themselves():
    pool = [Statement("a", states(f0=1)), Statement("b", states(f0=-1)), Statement("c", states(f1=-1))]
    assert join_statements(pool) == Statement("a c", states(f0=1, f1=-1))
    drawn = [draw_long_statement(pool, random.Random(seed)) for seed in range(20)]
    assert all(not ("a" in s.text and "b" in s.text) for s in drawn)


def test_negations_are_never_dropped():
    source = random.Random(0)
    assert all("no" in drop_words("there is no effusion", source, 0.9).split() for _ in range(30))


def test_contrast_is_lower_when_equal_claims_are_near():
    claims = torch.tensor([states(f0=1), states(f0=1), states(f1=1), states(f1=1)])
    near = torch.nn.functional.one_hot(torch.tensor([0, 0, 1, 1]), 4).float()
    far = torch.nn.functional.one_hot(torch.tensor([0, 1, 0, 1]), 4).float()
    assert contrast_equal_states(near, claims, 0.1) < 0.8 < contrast_equal_states(far, claims, 0.1)


def test_alignment_prefers_the_prompt_that_was_said():
    prompts = torch.eye(36).view(18, 2, 36)
    claims = torch.tensor([states(f2=1)])
    scale, offset = torch.tensor(10.0), torch.tensor(0.4)
    right = align_to_prompts(prompts[2, 0][None], prompts, claims, scale, offset)
    wrong = align_to_prompts(prompts[2, 1][None], prompts, claims, scale, offset)
    assert right < 0.1 * wrong
    assert spread_prompts(prompts) < 1e-6


def test_teacher_survives_saving_and_keeps_the_order_of_texts(tmp_path):
    tokenizer = WordTokenizer(["[PAD]", "[CLS]", "[UNK]", *WORDS])
    save_text_teacher(tmp_path, small_tower(len(tokenizer)), tokenizer, {})
    teacher = load_text_teacher(tmp_path)
    texts = ["no pleural effusion is present lung", "lung", "pleural effusion"]
    together = teacher.encode(texts, batch_size=2)
    assert torch.allclose(together, torch.cat([teacher.encode([text]) for text in texts]), atol=1e-5)
    assert teacher.encode_prompts().shape == (18, 2, 12)
