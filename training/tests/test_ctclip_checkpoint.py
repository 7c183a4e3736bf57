"""Which files are taken for CT-CLIP's checkpoint, and what is said of the others."""

from pathlib import Path

import pytest
import torch

from voxct.ctclip.checkpoint import UnsuitableCheckpoint, read_checkpoint
from voxct.ctclip.config import FULL, REDUCED
from voxct.ctclip.random_checkpoint import make_checkpoint
from voxct.ctclip.reference import CtClip, without_memory
from voxct.ctclip.sizes import infer_sizes


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkpoints")
    for kind in ("v2", "vocabfine", "lipro", "v1"):
        make_checkpoint(folder / f"{kind}.pt", REDUCED, kind, bodies=1)
    return folder


@pytest.fixture
def state(files):
    return torch.load(files / "v2.pt", weights_only=True)


def refuse(path, state) -> str:
    torch.save(state, path)
    with pytest.raises(UnsuitableCheckpoint) as caught:
        read_checkpoint(path)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


def test_sizes_come_from_the_shapes(files):
    assert read_checkpoint(files / "v2.pt").config == REDUCED


def test_sizes_of_the_released_checkpoint_come_from_its_shapes():
    with without_memory():
        state = CtClip(FULL).state_dict()
    assert infer_sizes(state) == FULL


def test_the_legacy_position_ids_are_tolerated_and_may_be_missing(files, state, tmp_path):
    assert "text_transformer.embeddings.position_ids" in state
    del state["text_transformer.embeddings.position_ids"]
    torch.save(state, tmp_path / "without.pt")
    assert read_checkpoint(tmp_path / "without.pt").state.keys() == read_checkpoint(files / "v2.pt").state.keys()


def test_tensors_stay_in_the_file(files):
    checkpoint = read_checkpoint(files / "v2.pt")
    model = checkpoint.to_reference()
    assert model.to_visual_latent.weight.data_ptr() == checkpoint.state["to_visual_latent.weight"].data_ptr()
    maps = Path("/proc/self/maps")
    assert not maps.exists() or str(files / "v2.pt") in maps.read_text()


def test_lipro_gives_its_head_and_the_model_beneath(files):
    lipro = read_checkpoint(files / "lipro.pt")
    assert (lipro.classifier.weight.shape, lipro.classifier.bias.shape) == ((18, REDUCED.latent), (18,))
    assert lipro.state.keys() == read_checkpoint(files / "v2.pt").state.keys()
    assert read_checkpoint(files / "vocabfine.pt").classifier is None


def test_version_one_is_refused_with_what_is_needed(files):
    with pytest.raises(UnsuitableCheckpoint, match=r"v1\.pt: a CT-CLIP checkpoint of version 1.*CT-CLIP_v2\.pt"):
        read_checkpoint(files / "v1.pt")


def test_every_missing_and_unexpected_key_is_listed_at_once(state, tmp_path):
    gone = ["temperature", "visual_transformer.vq._codebook.embed", "text_transformer.pooler.dense.bias"]
    for key in gone:
        del state[key]
    state |= {"visual_transformer.extra": torch.zeros(2, 3), "optimizer": torch.zeros(1)}
    said = refuse(tmp_path / "keys.pt", state)
    assert "5 differences" in said
    assert all(f"missing: {key}\n" in said + "\n" for key in gone)
    assert "unexpected: optimizer (1,)" in said and "unexpected: visual_transformer.extra (2, 3)" in said


def test_every_wrong_shape_is_listed_with_the_right_one(state, tmp_path):
    state["to_text_latent.weight"] = torch.zeros(5, 128)
    state["visual_transformer.enc_temporal_transformer.layers.2.1.q_scale"] = torch.ones(7)
    said = refuse(tmp_path / "shapes.pt", state)
    assert "wrong shape: to_text_latent.weight is (5, 128), not (64, 128)" in said
    assert "layers.2.1.q_scale is (7,), not (32,)" in said


def test_a_projection_of_no_square_grid_is_refused(state, tmp_path):
    state["to_visual_latent.weight"] = torch.zeros(64, 64 * 35)
    assert "no square grid" in refuse(tmp_path / "grid.pt", state)


def test_tensors_of_another_rank_are_refused(state, tmp_path):
    state["to_visual_latent.weight"] = torch.zeros(64)
    assert "unexpected rank: to_visual_latent.weight (64,)" in refuse(tmp_path / "rank.pt", state)


def test_a_codebook_without_directions_is_refused(state, tmp_path):
    state["visual_transformer.vq._codebook.embed"][0, 3] = 0
    assert "codebook" in refuse(tmp_path / "codebook.pt", state)


def test_a_classifier_of_other_findings_is_refused(files, tmp_path):
    state = torch.load(files / "lipro.pt", weights_only=True)
    state["classifier.bias"] = torch.zeros(14)
    assert "classifier.bias is (14,), not (18,)" in refuse(tmp_path / "lipro.pt", state)
    del state["classifier.bias"]
    assert "missing: classifier.bias" in refuse(tmp_path / "lipro.pt", state)


def test_other_files_are_refused_by_name(tmp_path):
    with pytest.raises(UnsuitableCheckpoint, match=r"none\.pt: there is no such file"):
        read_checkpoint(tmp_path / "none.pt")
    (tmp_path / "text.pt").write_text("not a checkpoint")
    with pytest.raises(UnsuitableCheckpoint, match=r"text\.pt: cannot be read"):
        read_checkpoint(tmp_path / "text.pt")
    assert "plain state dict" in refuse(tmp_path / "list.pt", [torch.zeros(1)])
    assert "missing: temperature" in refuse(tmp_path / "other.pt", {"weight": torch.zeros(2)})


def test_a_file_of_the_format_before_torch_1_6_is_read(files, state, tmp_path):
    torch.save(state, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    assert read_checkpoint(tmp_path / "old.pt").config == REDUCED
