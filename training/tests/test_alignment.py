"""Rows 4 and 6: losses against direct definitions, pairs, stored frames, windows, a run of a few steps."""

import json

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from voxct.alignment.acula import Acula, draw_spans
from voxct.alignment.encoder import AlignedEncoder, frozen_trunk
from voxct.alignment.frames import FrameStore, store_frames
from voxct.alignment.language_model import load_language_model, save_language_model, train_language_model
from voxct.alignment.losses import cosine_distance, debiased_linear_cka, info_nce, linear_cka
from voxct.alignment.pairs import PairMaker, Scans
from voxct.alignment.spoken import join_sentences, mean_by_owner, split_report, to_prompt_rows, windows_of
from voxct.alignment.training import Aligner, Recipe, train_alignment
from voxct.speech.model import SpeechConfig, SpeechEncoder
from voxct.speech.voices import Voice

CONFIG = SpeechConfig(mel_bins=64, width=16, blocks=2, heads=2, kernel=3, queries=2, dimension=128)


def unit(rows: int, width: int, seed: int) -> torch.Tensor:
    return F.normalize(torch.randn(rows, width, generator=torch.Generator().manual_seed(seed)), dim=-1)


def test_linear_cka_is_the_normalised_hsic_of_the_gram_matrices():
    x, y = torch.randn(40, 5), torch.randn(40, 7)
    y[:, :3] += x[:, :3]
    centre = torch.eye(40) - 1 / 40
    first, second = centre @ x @ x.T @ centre, centre @ y @ y.T @ centre
    direct = (first * second).sum() / (first.norm() * second.norm())
    assert float(linear_cka(x, y)) == pytest.approx(float(direct), abs=1e-5)
    turned = torch.linalg.qr(torch.randn(5, 5))[0]
    assert float(linear_cka(x, 3 * x @ turned)) == pytest.approx(1, abs=1e-5)


def test_debiased_cka_of_unrelated_latents_is_near_zero_where_the_biased_one_is_not():
    x, y = torch.randn(60, 64), torch.randn(60, 64)
    assert float(linear_cka(x, y)) > 0.3
    assert abs(float(debiased_linear_cka(x, y))) < 0.1
    assert float(debiased_linear_cka(x, x)) == pytest.approx(1, abs=1e-6)


def test_info_nce_is_symmetric_and_leaves_false_negatives_out():
    speech, ct, scale = unit(6, 8, 1), unit(6, 8, 2), torch.tensor(5.0).log()
    alone = torch.eye(6, dtype=torch.bool)
    assert float(info_nce(speech, ct, alone, scale)) == pytest.approx(
        float(info_nce(ct, speech, alone, scale)), abs=1e-6
    )
    logits = 5 * speech @ ct.T
    direct = -(logits.log_softmax(1).diagonal() + logits.log_softmax(0).diagonal()).mean() / 2
    assert float(info_nce(speech, ct, alone, scale)) == pytest.approx(float(direct), abs=1e-5)
    everything = torch.ones(6, 6, dtype=torch.bool)
    assert float(info_nce(speech, ct, everything, scale)) == pytest.approx(0, abs=1e-6)


def make_store(folder, clips: int = 12) -> FrameStore:
    torch.manual_seed(0)
    trunk = frozen_trunk(SpeechEncoder(CONFIG).eval())
    rng = np.random.default_rng(0)
    states = [{"cardiomegaly": "present"}, {"cardiomegaly": "absent"}, {"emphysema": "present"}, {}]
    sounds = [(rng.standard_normal(4000 + 900 * i).astype(np.float32) * 0.1,
               {"text": f"sentence {i}", "states": states[i % 4]}) for i in range(clips)]  # fmt: skip
    assert store_frames(trunk, iter(sounds), folder / "train", batch_seconds=1.0) == clips
    return FrameStore(folder / "train")


def make_scans() -> Scans:
    labels = torch.randint(0, 2, (50, 18), generator=torch.Generator().manual_seed(3))
    return Scans(unit(50, 128, 4), labels)


def test_stored_frames_are_those_that_leave_the_last_block_and_clips_are_joined(tmp_path):
    torch.manual_seed(0)
    whole = SpeechEncoder(CONFIG).eval()
    store, leaving = make_store(tmp_path), []
    whole.last_norm.register_forward_pre_hook(lambda _, given: leaving.append(given[0]))
    audio = torch.from_numpy(np.random.default_rng(0).standard_normal(4000).astype(np.float32) * 0.1)[None]
    with torch.no_grad():
        whole.encode(whole.logmel(audio), None)
    frames, _ = store.batch([[0]])
    assert torch.allclose(frames, leaving[0], atol=0.05)
    joined, mask = store.batch([[0, 3], [5]])
    assert mask.sum(1)[:, 0].tolist() == [store.counts[0] + store.counts[3], store.counts[5]]
    assert joined.shape[1] == mask.shape[1]


def test_further_blocks_begin_as_identity(tmp_path):
    frames, mask = make_store(tmp_path).batch([[0], [5]])
    assert torch.equal(AlignedEncoder(CONFIG, 2).refine(frames, mask), frames)


def test_padding_does_not_change_an_embedding(tmp_path):
    store = make_store(tmp_path)
    encoder = AlignedEncoder(CONFIG, 1).eval()
    with torch.no_grad():
        alone = encoder(*store.batch([[0]]))
        padded = encoder(*store.batch([[0], [11]]))[:1]
    assert torch.allclose(alone, padded, atol=1e-5)


def test_every_pair_agrees_with_its_scan_and_what_states_nothing_has_none(tmp_path):
    store, scans = make_store(tmp_path), make_scans()
    pairs = next(iter(PairMaker(store, torch.randn(12, 128), scans, 8, 0.0, 1)))
    assert len(pairs.clips) == 8 and pairs.agree.diagonal().all()
    silent = torch.tensor([not store.about[row[0]]["states"] for row in pairs.clips])
    assert (pairs.stating == ~silent).all() and len(pairs.ct) == int(pairs.stating.sum())
    assert torch.allclose(pairs.text.norm(dim=1), torch.ones(8), atol=1e-5)


def test_joined_utterances_never_contradict_each_other(tmp_path):
    maker = PairMaker(make_store(tmp_path), torch.randn(12, 128), make_scans(), 12, 1.0, 1)
    for row in maker.rows(np.arange(12)):
        states = maker.states[row]
        assert (states.sum(0).abs() == states.abs().sum(0)).all()


def run_losses(tmp_path, recipe: Recipe) -> tuple[Aligner, list[dict]]:
    torch.manual_seed(5)
    maker = PairMaker(make_store(tmp_path), torch.randn(12, 128), make_scans(), 8, 0.3, 1)
    torch.manual_seed(5)
    encoder = AlignedEncoder(CONFIG, 1)
    acula = Acula(torch.randn(12, 10), 128, CONFIG.width) if recipe.cka else None
    aligner, lines = Aligner(encoder, recipe, acula), []
    train_alignment(aligner, maker, lines.append, every=2)
    return aligner, lines


def test_a_distillation_of_zero_is_the_naive_row(tmp_path):
    naive, lines = run_losses(tmp_path, Recipe(steps=4, warmup_steps=1))
    zero, _ = run_losses(tmp_path, Recipe(steps=4, warmup_steps=1, distillation=0.0))
    other, _ = run_losses(tmp_path, Recipe(steps=4, warmup_steps=1, distillation=3.0))
    assert "distillation" not in lines[0]
    for a, b in zip(naive.state_dict().values(), zero.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    assert any(not torch.equal(a, b) for a, b in zip(naive.parameters(), other.parameters(), strict=True))


def test_distillation_alone_brings_speech_to_its_text(tmp_path):
    recipe = Recipe(contrast=0.0, distillation=1.0, steps=60, warmup_steps=2, rate=3e-3)
    _, lines = run_losses(tmp_path, recipe)
    assert lines[-1]["distillation"] < 0.75 * lines[0]["distillation"]


def test_acula_losses_fall_and_leave_no_frame_unmasked_or_all_masked(tmp_path):
    recipe = Recipe(contrast=0.0, cka=1.0, masked=1.0, steps=60, warmup_steps=2, rate=3e-3)
    _, lines = run_losses(tmp_path, recipe)
    assert lines[-1]["cka"] < lines[0]["cka"] and lines[-1]["masked"] < lines[0]["masked"]
    assert 0.2 < float(draw_spans(64, 200).float().mean()) < 0.4


def test_cosine_distance_is_zero_for_equal_and_two_for_opposite():
    x = unit(4, 8, 1)
    assert float(cosine_distance(x, x)) == pytest.approx(0, abs=1e-6)
    assert float(cosine_distance(x, -x)) == pytest.approx(2, abs=1e-6)


def test_small_language_model_learns_and_comes_back_from_disk(tmp_path):
    texts = ["no pleural effusion is seen", "the heart is enlarged", "mild emphysema in both lungs"] * 4
    lines: list[dict] = []
    small = train_language_model(texts, 100, 1, lines.append, batch=8)
    assert small.perplexity(texts) < 3
    save_language_model(small, tmp_path)
    again = load_language_model(str(tmp_path))
    assert torch.allclose(again.encode(texts), small.encode(texts), atol=1e-6)
    padded = small.encode(["the heart is enlarged", "mild emphysema in both lungs"])[0]
    assert torch.allclose(padded, small.encode(["the heart is enlarged"])[0], atol=1e-5)


def test_a_hugging_face_model_that_cannot_be_had_says_why(tmp_path):
    with pytest.raises(ValueError, match=r"transformers|cannot be had"):
        load_language_model(f"hf:{tmp_path}/nothing")


def test_a_tiny_hugging_face_model_gives_one_latent_a_text(tmp_path):
    transformers = pytest.importorskip("transformers", reason="transformers is not installed: hf:NAME is untested here")
    tokenizers = pytest.importorskip("tokenizers")
    words = tokenizers.Tokenizer(tokenizers.models.WordLevel({"[UNK]": 0, "</s>": 1, "heart": 2}, "[UNK]"))
    words.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=words, unk_token="[UNK]", eos_token="</s>")
    fast.save_pretrained(tmp_path)
    transformers.GPT2Model(transformers.GPT2Config(vocab_size=3, n_embd=8, n_layer=1, n_head=2)).save_pretrained(
        tmp_path
    )
    assert load_language_model(f"hf:{tmp_path}").encode(["heart", "the heart"]).shape == (2, 8)


def test_windows_of_a_report_overlap_by_a_second_and_are_averaged():
    windows = windows_of(np.arange(16_000 * 30, dtype=np.float32))
    assert [len(window) / 16_000 for window in windows] == [12, 12, 8]
    assert windows[1][0] == 11 * 16_000
    rows = np.array([[1, 0], [0, 1], [0, 2]], np.float32)
    assert np.allclose(mean_by_owner(rows, np.array([0, 0, 1]), 2), [[2**-0.5, 2**-0.5], [0, 1]])


def test_reports_are_cut_into_sentences_and_joined_with_their_bounds():
    assert split_report("Heart of 1.5 cm. No effusion.  Is it? Yes") == [
        "Heart of 1.5 cm.",
        "No effusion.",
        "Is it?",
        "Yes",
    ]
    clips = [np.full(1600, 0.5, np.float32), np.full(800, -0.5, np.float32)]
    spoken = join_sentences(7, Voice("espeak", "en", 1, 50), clips)
    (first, last), (start, end) = spoken.bounds
    assert (first, last, start, end) == (0, 1600, 5600, 6400)
    assert (spoken.audio[start:end] < 0).all() and (spoken.audio[last:start] == 0).all()


def test_prompt_rows_are_unit_means_over_voices_in_the_order_of_the_prompts():
    embeddings = unit(72, 128, 9).numpy()
    rows = to_prompt_rows(embeddings, [i // 2 for i in range(72)])
    mean = embeddings[2:4].mean(0)
    assert rows.shape == (18, 2, 128)
    assert np.allclose(rows[0, 1], mean / np.linalg.norm(mean), atol=1e-6)


def test_store_names_texts_in_its_json(tmp_path):
    make_store(tmp_path)
    assert json.loads((tmp_path / "train.json").read_text())["about"][1]["text"] == "sentence 1"
