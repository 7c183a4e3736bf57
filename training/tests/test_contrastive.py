"""The parts of contrastive training: losses, codebook, batches, checkpoints, journals."""

import json
import math

import numpy as np
import pytest
import torch

from voxct.contrastive.batches import plan_batches
from voxct.contrastive.checkpoints import read_random_state, restore_random_state, save_atomically
from voxct.contrastive.codebook import train_codebook
from voxct.contrastive.losses import distil, info_nce
from voxct.contrastive.validation import recall_figures, to_score, zero_shot_figures
from voxct.corpora.journal import Journal, OtherModel, Row
from voxct.corpora.progress import Progress
from voxct.ctclip.reference import VectorQuantize


def units(n: int, d: int, seed: int) -> torch.Tensor:
    return torch.nn.functional.normalize(torch.randn(n, d, generator=torch.Generator().manual_seed(seed)), dim=-1)


def test_info_nce_is_the_mean_of_both_directions_cross_entropy():
    first, second, scale = units(5, 8, 1), units(5, 8, 2), torch.tensor(1.3)
    logits = (first @ second.T * math.exp(1.3)).numpy()
    rows = [-logits[n, n] + np.log(np.exp(logits[n]).sum()) for n in range(5)]
    columns = [-logits[n, n] + np.log(np.exp(logits[:, n]).sum()) for n in range(5)]
    assert float(info_nce(first, second, torch.arange(5), scale)) == pytest.approx(np.mean(rows + columns), abs=1e-6)


def test_another_reconstruction_of_the_same_scan_is_no_negative_on_either_side():
    first, second, scale = units(4, 8, 3), units(4, 8, 4), torch.tensor(1.0)
    logits = first @ second.T * math.e
    logits[2, 3] = logits[3, 2] = -torch.inf
    rows = torch.arange(4)
    cross_entropy = torch.nn.functional.cross_entropy
    expected = (cross_entropy(logits, rows) + cross_entropy(logits.T, rows)) / 2
    scans = torch.tensor([0, 1, 2, 2])
    assert float(info_nce(first, second, scans, scale)) == pytest.approx(float(expected), abs=1e-6)
    twin = second.clone()
    twin[3] = first[2]  # the other reconstruction's report fits volume 2 better than its own
    alone, paired = (info_nce(first, twin, each, scale) for each in (torch.arange(4), scans))
    assert paired < alone


def test_distillation_is_one_minus_the_mean_cosine():
    first = units(3, 6, 5)
    assert float(distil(first, first)) == pytest.approx(0, abs=1e-6)
    assert float(distil(first, -first)) == pytest.approx(2, abs=1e-6)


def test_the_training_codebook_answers_as_the_reference_and_passes_gradients_on():
    torch.manual_seed(0)
    reference = VectorQuantize(16, 6)
    reference._codebook.embed.mul_(0.5)
    x = torch.randn(2, 3, 6)
    expected = reference(x)
    trained = train_codebook(reference)
    assert list(trained.state_dict()) == list(reference.state_dict())
    assert torch.equal(trained.eval()(x), expected)
    before = trained._codebook.embed.clone()
    moved = x.clone().requires_grad_()
    out = trained.train()(moved)
    assert torch.allclose(out, expected, atol=1e-6)
    out.sum().backward()
    assert torch.equal(moved.grad, torch.ones_like(x))
    assert not torch.equal(trained._codebook.embed, before)
    assert float(trained._codebook.cluster_size.sum()) == pytest.approx(6 * 0.2)


def test_a_code_moves_to_the_mean_direction_of_its_tokens():
    quantize = train_codebook(VectorQuantize(2, 2)).train()
    quantize._codebook.embed.copy_(torch.tensor([[[1.0, 0.0], [0.0, 1.0]]]))
    tokens = torch.tensor([[2.0, 0.2], [3.0, -0.3 + 0.6]])
    quantize(tokens)
    mean = torch.nn.functional.normalize(torch.nn.functional.normalize(tokens, dim=-1).sum(0), dim=0)
    assert torch.allclose(quantize._codebook.embed[0, 0], 0.8 * torch.tensor([1.0, 0.0]) + 0.2 * mean, atol=1e-6)
    assert torch.allclose(quantize._codebook.embed[0, 1], torch.tensor([0.0, 1.0]), atol=1e-6)


def test_an_epoch_takes_every_scan_once_and_processes_share_it():
    scans = ["a", "a", "b", "c", "c", "c", "d", "e", "f"]
    plans = [plan_batches(scans, 1, 7, rank, 2) for rank in range(2)]
    seen = [index for step in range(3) for plan in plans for index in plan.batch_at(step)]
    assert sorted(scans[index] for index in seen) == ["a", "b", "c", "d", "e", "f"]
    picked = {plans[0].batch_at(step)[0] for step in range(300)}
    assert {0, 1, 3, 4, 5} <= picked
    assert list(plans[0].from_step(5, 9)) == [plans[0].batch_at(step) for step in range(5, 9)]


def test_too_few_scans_for_a_batch_are_an_error_that_says_so():
    with pytest.raises(ValueError, match="2 scans fill no batch of 2 on 2"):
        plan_batches(["a", "b", "b"], 2, 1, 0, 2)


def test_random_numbers_go_on_where_they_stopped(tmp_path):
    save_atomically(tmp_path / "state.pt", read_random_state())
    expected = (torch.rand(3), np.random.rand(3))  # noqa: NPY002
    restore_random_state(torch.load(tmp_path / "state.pt", weights_only=False))
    assert torch.equal(torch.rand(3), expected[0])
    assert np.array_equal(np.random.rand(3), expected[1])  # noqa: NPY002


def test_a_save_that_fails_leaves_the_last_checkpoint(tmp_path):
    save_atomically(tmp_path / "checkpoint.pt", {"step": 1})
    with pytest.raises(Exception, match="pickle"):
        save_atomically(tmp_path / "checkpoint.pt", {"step": lambda: None})
    assert torch.load(tmp_path / "checkpoint.pt", weights_only=True) == {"step": 1}


def test_validation_figures_leave_out_scans_without_labels():
    prompts = np.zeros((18, 2, 18), np.float32)
    prompts[:, 0], prompts[:, 1] = np.eye(18), -np.eye(18)
    labels = [tuple(int(n == f) for f in range(18)) for n in range(6)]
    images = np.array([np.array(row, float) for row in labels])
    figures = zero_shot_figures(images, prompts, [*labels[:5], None])
    assert (figures["labelled"], figures["mean_auroc"]) == (5, 1.0)
    assert zero_shot_figures(images, prompts, [None] * 6)["mean_auroc"] is None
    recall = recall_figures(images, images)
    assert (recall["gallery"], recall["recall"]["5"], recall["median_rank"]) == (6, 1.0, 1.0)
    assert to_score(recall) == 1.0 and to_score(figures | recall) == 1.0
    assert to_score(recall_figures(images, np.roll(images, 1, 0))) < 0.6
    json.dumps(figures | recall, allow_nan=False)


def test_a_journal_survives_a_cut_line_and_refuses_another_model(tmp_path):
    path, vector = tmp_path / "j.jsonl", np.arange(3, dtype=np.float32)
    with Journal(path, {"model": "a"}) as journal:
        journal.add(Row("one", vector, about={"labels": [1, 0]}))
        journal.add(Row("two", refused="is not a chest"))
    with path.open("a") as file:
        file.write('{"name": "thr')
    assert [row.name for row in Journal(path, {"model": "a"}).rows()] == ["one", "two"]
    with Journal(path, {"model": "a"}) as journal:
        journal.add(Row("three", vector))
    rows = list(Journal(path, {"model": "a"}).rows())
    assert [row.name for row in rows] == ["one", "two", "three"]
    assert np.array_equal(rows[0].embedding, vector) and rows[0].about == {"labels": [1, 0]}
    assert rows[1].refused == "is not a chest"
    with pytest.raises(OtherModel, match="delete it"):
        list(Journal(path, {"model": "b"}).rows())


def test_progress_tells_rate_and_time_left_without_what_was_done_before():
    progress = Progress("volumes", 100, before=40)
    for number in range(10):
        progress.add(refused=number == 3)
    assert progress.describe(20.0) == "50 of 100 volumes · 0.50/s · 2 min left · 1 refused"
