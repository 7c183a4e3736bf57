import torch

from voxct.ct.augment import augment_volumes, shift_volume
from voxct.ct.calibration import calibrate_finding
from voxct.ct.losses import case_presence, contrast_reports, dense_presence, ground_directions, match_crops, zero_shot
from voxct.ct.objective import to_positive_weight
from voxct.ct.replicas import Replicas

SCALE, ZERO = torch.tensor(10.0), torch.tensor(0.0)


def test_dense_loss_falls_when_tokens_are_right():
    shares = torch.zeros(1, 2, 2, 2, 18, dtype=torch.uint8)
    shares[0, 0, 0, 0, 3] = 200
    right = torch.where(shares > 0, 6.0, -6.0)
    assert dense_presence(right, shares, torch.ones(18)) < 0.1 * dense_presence(-right, shares, torch.ones(18))


def test_rare_findings_get_the_larger_weight():
    shares = torch.zeros(4, 3, 3, 3, 18, dtype=torch.uint8)
    shares[:, 0, 0, 0, 1] = 9
    shares[:, :2, :, :, 2] = 9
    weight = to_positive_weight(shares)
    assert weight[0] == 30 and 1 <= weight[2] < weight[1] < 30


def test_zero_shot_loss_wants_the_embedding_on_the_right_prompts():
    prompts = torch.eye(36).view(18, 2, 36)
    labels = torch.zeros(1, 18)
    labels[0, 4] = 1
    chosen = torch.where(labels[0, :, None] > 0, prompts[:, 0], prompts[:, 1]).sum(0, keepdim=True)
    embedding = torch.nn.functional.normalize(chosen, dim=-1)
    assert zero_shot(embedding, prompts, labels, SCALE, ZERO) < 0.1
    assert zero_shot(-embedding, prompts, labels, SCALE, ZERO) > 2


def test_contrast_counts_all_reports_with_equal_labels_as_right():
    labels = torch.tensor([[1.0, 0.0]])
    reports = torch.eye(3)
    report_labels = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    both = torch.nn.functional.normalize(torch.tensor([[1.0, 1.0, 0.0]]), dim=-1)
    other = torch.tensor([[0.0, 0.0, 1.0]])
    assert contrast_reports(both, labels, reports, report_labels, SCALE) < 1
    assert contrast_reports(other, labels, reports, report_labels, SCALE) > 5


def test_crops_that_say_nothing_do_not_count_and_contradictions_do():
    labels = torch.zeros(1, 18)
    crop_states = torch.zeros(2, 18, dtype=torch.int64)
    crop_states[1, 0] = 1
    embedding, crops = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    assert match_crops(embedding, labels, crops, crop_states, SCALE, ZERO) > 9
    assert match_crops(embedding, labels, crops[:1], crop_states[:1], SCALE, ZERO) == 0


def test_grounding_loss_sees_where_the_heat_lies():
    tokens = torch.zeros(1, 2, 2, 2, 4)
    tokens[0, 1, 0, 1, 0] = 5
    shares = torch.zeros(1, 2, 2, 2, 18, dtype=torch.uint8)
    shares[0, 1, 0, 1, 7] = 100
    weight = torch.eye(4).expand(2, 2, 4, 4)
    directions = torch.zeros(18, 4)
    directions[7, 0] = 1
    assert ground_directions(tokens, weight, directions, shares, 1.0) < 0.1
    assert ground_directions(-tokens, weight, directions, shares, 1.0) > 2


def test_shifts_move_without_wrapping_and_augmentation_stays_in_range():
    volume = torch.full((1, 4, 6, 6), 0.5)
    moved = [shift_volume(volume, torch.Generator().manual_seed(seed)) for seed in range(20)]
    assert all(m.shape == volume.shape for m in moved)
    assert any((m == -1).any() for m in moved)
    augmented = augment_volumes(volume[None], torch.Generator().manual_seed(0))
    assert augmented.shape == (1, 1, 4, 6, 6) and augmented.abs().max() <= 1


def test_two_replicas_give_the_gradient_of_the_whole_batch():
    torch.manual_seed(0)
    model, data = torch.nn.Linear(3, 1), torch.randn(8, 3)
    model(data).square().mean().backward()
    expected = model.weight.grad.clone()
    model.zero_grad()

    def work(replica: torch.nn.Module, index: int) -> dict[str, float]:
        loss = replica(data[4 * index : 4 * index + 4]).square().mean()
        loss.backward()
        return {"loss": loss.item()}

    replicas = Replicas(model, 2)
    replicas.step(work)
    assert torch.allclose(model.weight.grad, expected, atol=1e-6)
    with torch.no_grad():
        model.weight.zero_()
    assert replicas.all[1].weight.abs().max() == 0


def test_thresholds_are_ordered_and_calibration_rises_with_the_score():
    torch.manual_seed(0)
    labels = torch.randint(0, 2, (400,)).numpy()
    margins = (0.1 * labels + 0.1 * torch.randn(400).numpy()).astype("float32")
    c = calibrate_finding(labels, margins, 10.0)
    assert c.slope > 0 and c.absent <= c.present
    assert (margins[labels == 1] < c.absent).mean() < 0.11


def test_the_loudest_tokens_of_a_case_decide():
    quiet, labels = torch.full((2, 3, 3, 3, 18), -6.0), torch.zeros(2, 18)
    labels[0, 9] = 1
    right, wrong = quiet.clone(), quiet.clone()
    right[0, :, 0, 0, 9] = 6
    wrong[0, :, 0, 0, 9] = 6
    wrong[1, :, 0, 0, 4] = 6
    losses = [float(case_presence(logits, labels, torch.zeros(18))) for logits in (right, quiet, wrong)]
    assert losses[0] < 0.1 * losses[1] and losses[0] < 0.1 * losses[2]
