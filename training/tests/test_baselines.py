"""The supervised baseline and CT-CLIP's fine-tunes."""

from pathlib import Path

import numpy as np
import pytest
import torch

from voxct.ct.config import CtTowerConfig
from voxct.ct.ctclip import CtClipImage
from voxct.data.chunks import Case, Chunk
from voxct.data.shuffled import ShuffledCases
from voxct.finetune.lipro import LiPro, compute_lipro_logits, train_lipro
from voxct.finetune.vocabfine import VocabFineConfig, tune_with_prompts, vocabfine_loss
from voxct.graph_rows import write_splits
from voxct.metrics import mean_auroc
from voxct.rows import read_row
from voxct.supervised.network import PlainCnn, to_label_weights
from voxct.supervised.training import SupervisedConfig, SupervisedTrainer, compute_logits

SHAPE = (8, 12, 12)


def make_chunk(n: int, seed: int) -> Chunk:
    """Finding f brightens the volume's slice f % 8: learnable from labels alone."""
    source = np.random.default_rng(seed)
    labels = source.integers(0, 2, (n, 18))
    volumes = source.integers(-30, 30, (n, *SHAPE)).astype(np.int16)
    for f in range(8):
        volumes[:, f] += (60 * labels[:, f])[:, None, None].astype(np.int16)
    labels[:, 8:] = labels[:, :1]
    cases = tuple(Case(seed * 1000 + i, tuple(row.tolist()), (), "") for i, row in enumerate(labels))
    return Chunk(f"train-{seed}", volumes.astype(np.int8), np.zeros((n, 1, 1, 1, 18), np.uint8), cases)


def test_every_case_is_drawn_once_a_round():
    chunks = [make_chunk(5, 1), make_chunk(3, 2)]
    cases = ShuffledCases(chunks, seed=0)
    drawn = [cases.draw(4) for _ in range(4)]
    volumes = torch.cat([volumes for volumes, _ in drawn])
    assert volumes.shape == (16, 1, *SHAPE) and volumes.dtype == torch.int8
    everything = np.concatenate([chunk.volumes for chunk in chunks])
    for half in (volumes[:8], volumes[8:]):
        assert sorted(v.tobytes() for v in half[:, 0].numpy()) == sorted(v.tobytes() for v in everything)


def test_the_plain_cnn_gives_eighteen_logits_and_depends_on_the_volume():
    torch.manual_seed(0)
    network = PlainCnn((4, 8)).eval()
    volumes = torch.rand(2, 1, *SHAPE)
    logits = network(volumes)
    assert logits.shape == (2, 18) and not torch.allclose(logits[0], logits[1])


def test_label_weights_are_negatives_by_positives_and_stay_finite_without_positives():
    labels = torch.tensor([[1, 1, 0], [0, 0, 0], [0, 0, 0], [1, 0, 0]])
    assert to_label_weights(labels).tolist() == [1.0, 3.0, 3.0]


def test_the_baseline_learns_and_comes_back_at_its_best_validation(tmp_path: Path):
    torch.manual_seed(0)
    config = SupervisedConfig(max_steps=60, batch_size=8, warmup_steps=5, widths=(8, 16), rate=5e-3)
    train, validation = [make_chunk(64, 1)], [make_chunk(40, 2)]
    network, best = SupervisedTrainer(train, validation, config, tmp_path, seed=1).run()
    again = mean_auroc(validation[0].labels, compute_logits(network, validation))
    assert again == pytest.approx(best["mean_auroc"], abs=1e-4) and again > 0.6


def test_vocabfine_punishes_the_sentence_that_does_not_fit():
    prompts = torch.eye(36).view(18, 2, 36)
    embedding = (prompts[:, 0] * 1.0).sum(0, keepdim=True)
    present, absent = torch.ones(1, 18), torch.zeros(1, 18)
    right = vocabfine_loss(embedding, prompts, present, scale=3.0)
    wrong = vocabfine_loss(embedding, prompts, absent, scale=3.0)
    expected = torch.sigmoid(torch.tensor(3.0))
    assert right.item() == pytest.approx((1 - expected.item()) ** 2, abs=1e-6)
    assert wrong.item() == pytest.approx(expected.item() ** 2, abs=1e-6)


def test_vocabfine_lowers_its_loss_on_the_cases_that_it_sees(tmp_path: Path):
    torch.manual_seed(0)
    config = CtTowerConfig(
        shape=SHAPE, patch=(2, 3, 3), width=16, spatial_layers=1, temporal_layers=1, heads=2, head_width=8,
        feed_forward=24, bias_width=8, latent=12,
    )  # fmt: skip
    tower, chunk = CtClipImage(config), make_chunk(8, 3)
    prompts = torch.nn.functional.normalize(torch.randn(18, 2, 12), dim=-1)
    volumes, labels = torch.from_numpy(chunk.volumes)[:, None].float() / 127, torch.from_numpy(chunk.labels)
    before = vocabfine_loss(tower(volumes), prompts, labels, 5.0).item()
    tuning = VocabFineConfig(rate=2e-3, max_steps=25, warmup_steps=2)
    report = tune_with_prompts(tower, prompts, 5.0, [chunk], [chunk], tuning, tmp_path / "log.json", seed=1)
    assert report["steps"] == 25
    assert vocabfine_loss(tower.eval()(volumes), prompts, labels, 5.0).item() < before - 0.01


def test_lipro_is_relu_dropout_and_one_layer_of_the_papers_size():
    head = LiPro(512, 18)
    assert sum(p.numel() for p in head.parameters()) == 9234
    head.eval()
    negative = -torch.rand(1, 512)
    assert torch.allclose(head(negative)[0], head.classifier.bias)


def test_lipro_learns_a_direction_and_keeps_its_best_epoch():
    torch.manual_seed(0)
    embeddings = torch.nn.functional.normalize(torch.randn(1500, 24), dim=-1)
    labels = (embeddings[:, :18] > 0.1).long()
    head, best = train_lipro((embeddings[:1200], labels[:1200]), (embeddings[1200:], labels[1200:]), 1, 30, rate=0.1)
    again = mean_auroc(labels[1200:].numpy(), compute_lipro_logits(head, embeddings[1200:]))
    assert best["mean_auroc"] > 0.95 and again == pytest.approx(best["mean_auroc"], abs=1e-4)


def test_a_split_without_chunks_is_left_out_and_a_written_one_is_kept(tmp_path: Path, monkeypatch):
    chunk = make_chunk(6, 4)
    monkeypatch.setattr("voxct.graph_rows.list_chunks", lambda folder, split: ["x"] * (split == "internal"))
    monkeypatch.setattr("voxct.graph_rows.load_split", lambda folder, split: [chunk])
    scored = []

    def score(chunks):
        scored.append(len(chunks))
        return chunks[0].labels + 0.5, None

    assert write_splits(tmp_path / "row", tmp_path, score) == {"internal": {"n": 6, "mean_auroc": 1.0}}
    assert write_splits(tmp_path / "row", tmp_path, score) == {} and scored == [1]
    assert write_splits(tmp_path / "row", tmp_path, score, again=True)["internal"]["n"] == 6
    (tmp_path / "row" / "row.json").write_text(
        '{"id":"a","group":"radclip","title":"","paper":"","seed":1,"command":""}'
    )
    assert list(read_row(tmp_path / "row")[1]) == ["internal"]
