from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from voxct.speech.export import export_speech, list_operators, measure_parity
from voxct.speech.losses import (
    MarginHead,
    contrastive_loss,
    ctc_loss,
    states_agree,
    three_way,
    to_margins,
)
from voxct.speech.model import SpeechConfig, SpeechEncoder
from voxct.speech.projection import Projection, StateReader
from voxct.speech.targets import make_teacher
from voxct.speech.thresholds import choose_thresholds

TINY = SpeechConfig(mel_bins=32, width=32, blocks=1, heads=2, kernel=5, queries=2, dimension=16)


def make_encoder() -> SpeechEncoder:
    torch.manual_seed(0)
    return SpeechEncoder(TINY).eval()


def make_clips(*lengths: int) -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    envelope = lambda n: np.abs(np.sin(np.arange(n) / 900))  # noqa: E731
    return [(rng.standard_normal(n) * 0.1 * envelope(n)).astype(np.float32) for n in lengths]


def test_padding_in_a_batch_changes_nothing():
    encoder, clips = make_encoder(), make_clips(16_000, 23_457)
    audio = torch.zeros(2, 23_457)
    for row, clip in zip(audio, clips, strict=True):
        row[: len(clip)] = torch.from_numpy(clip)
    with torch.no_grad():
        embeddings, log_probs = encoder(audio, torch.tensor([16_000, 23_457]))
        for i, clip in enumerate(clips):
            alone, letters = encoder(torch.from_numpy(clip)[None])
            assert (embeddings[i] - alone[0]).abs().max() < 1e-5
            assert (log_probs[i, : letters.shape[1]] - letters[0]).abs().max() < 1e-4


def test_export_agrees_with_pytorch_at_every_length_and_uses_no_stft(tmp_path: Path):
    encoder, file = make_encoder(), tmp_path / "tiny.onnx"
    export_speech(encoder, file)
    worst = measure_parity(encoder, file, make_clips(4_000, 16_001, 48_333, 192_000))
    assert worst["embedding"] < 1e-4
    assert worst["log_probs"] < 1e-3
    assert not {"STFT", "DFT"} & list_operators(file)


def test_margins_are_differences_of_cosines():
    prompts = torch.nn.functional.normalize(torch.randn(18, 2, 16), dim=-1)
    margins = to_margins(prompts[:, 0], prompts)
    assert torch.allclose(margins.diagonal(), 1 - (prompts[:, 0] * prompts[:, 1]).sum(-1), atol=1e-5)


def test_margin_head_calls_present_absent_and_nothing():
    calls = MarginHead()(torch.tensor([[0.6, -0.6, 0.0]])).argmax(-1)
    assert calls.tolist() == [[1, 2, 0]]


def test_three_way_loss_prefers_the_truth():
    states = torch.tensor([[1, -1, 0]])
    right = torch.tensor([[[0.0, 5, 0], [0, 0, 5], [5, 0, 0]]])
    assert three_way(right, states, 3, 4) < 0.1 < three_way(right.flip(1), states, 3, 4)


def test_clips_without_letters_do_not_break_the_ctc_loss():
    log_probs = torch.log_softmax(torch.randn(2, 20, 29), -1).requires_grad_()
    loss = ctc_loss(log_probs, torch.tensor([20, 20]), torch.tensor([3, 4, 5]), torch.tensor([3, 0]))
    loss.backward()
    assert torch.isfinite(loss)
    assert torch.isfinite(log_probs.grad).all()


def test_scans_agree_with_what_was_said_unless_a_stated_finding_differs():
    states = torch.tensor([[1, 0, -1], [0, 0, 0]])
    labels = torch.tensor([[1, 1, 0], [1, 0, 1], [0, 0, 0]])
    assert states_agree(states, labels).tolist() == [[True, False, False], [True, True, True]]


def test_contrastive_loss_is_small_when_speech_meets_its_own_scans():
    axes, scale = torch.eye(6), torch.tensor(3.0)
    agree = torch.eye(6, dtype=torch.bool)
    assert contrastive_loss(axes, axes, agree, scale) < 1e-3
    assert contrastive_loss(axes, axes.roll(1, 0), agree, scale) > 5


def test_thresholds_keep_false_mentions_within_the_limit():
    rng = np.random.default_rng(2)
    states = rng.choice([-1, 0, 1], (400, 18), p=[0.05, 0.9, 0.05])
    margins = states * 0.5 + rng.normal(0, 0.05, states.shape)
    silent = rng.normal(0, 0.05, (300, 18))
    chosen = choose_thresholds(margins, states, silent, 0.01)
    assert (silent >= chosen["present"]).any(1).mean() <= 0.01
    assert (silent <= chosen["absent"]).any(1).mean() <= 0.01
    assert chosen["present"] == pytest.approx(0.3, abs=0.15)
    assert chosen["absent"] == pytest.approx(-0.3, abs=0.15)


def test_a_teacher_that_contradicts_the_text_is_replaced_by_the_stated_prompts():
    prompts = np.eye(36, dtype=np.float32).reshape(18, 2, 36)
    states = np.zeros((3, 18), np.int8)
    states[0, 2], states[1, 2] = 1, -1
    states = np.pad(states, ((0, 1), (0, 0)))
    lines = [SimpleNamespace(kind=kind) for kind in ("finding", "negative", "talk", "other")]
    sentences = np.stack([prompts[2, 0]] * 4)
    teacher = make_teacher(sentences, prompts, SimpleNamespace(states=states, utterances=lines))
    assert teacher.sentences[:2].argmax(1).tolist() == [4, 5]
    assert teacher.taught.tolist() == [True, True, False, True]
    assert torch.allclose(teacher.nothing.norm(), torch.tensor(0.5))


def test_a_projection_that_adopts_the_prompts_points_to_what_it_calls():
    projection = Projection(8, 36)
    projection.adopt_prompts(torch.eye(36).view(18, 2, 36), torch.zeros(36))
    calls = torch.tensor([20.0, 0, 0]).repeat(2, 18, 1)
    calls[:, 5] = torch.tensor([0, 0, 20.0])
    embedding, _ = projection(torch.randn(2, 8), calls)
    assert embedding.argmax(1).tolist() == [11, 11]


def test_a_prototype_casts_no_margin_on_another_finding():
    torch.manual_seed(3)
    prompts = torch.nn.functional.normalize(torch.randn(18, 2, 64), dim=-1)
    projection = Projection(8, 64)
    projection.adopt_prompts(prompts, torch.randn(64))
    margins = to_margins(projection.prototypes.weight.T, prompts).view(18, 2, 18)
    off = margins * (1 - torch.eye(18))[:, None, :]
    assert off.abs().max() < 1e-4
    assert torch.allclose(margins[:, 0].diagonal(), to_margins(prompts[:, 0], prompts).diagonal(), atol=1e-4)
    assert to_margins(projection.prototypes.bias[None], prompts).abs().max() < 1e-4


def test_a_denial_counts_only_where_the_finding_is_spoken():
    reader = StateReader(2)
    frames = torch.zeros(1, 10, 2)
    frames[0, 2, 0], frames[0, 7, 1] = 1, 1
    reader.spot.weight.data.zero_()
    reader.spot.weight.data[4, 0], reader.spot.weight.data[9, 1] = 20, 20
    reader.affirm = torch.nn.Linear(2, 1)
    reader.affirm.weight.data, reader.affirm.bias.data = torch.tensor([[5.0, -5.0]]), torch.zeros(1)
    calls = reader(frames, None)[0].argmax(-1)
    assert calls[4] == 1
    assert calls[9] == 2
    assert calls[0] == 0
