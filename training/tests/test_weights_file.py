"""What of other people's files of weights is read, and what is said of the rest in one line."""

import argparse
import os

import numpy as np
import pytest
import torch

from voxct.ctclip.checkpoint import UnsuitableCheckpoint, read_checkpoint
from voxct.ctclip.config import REDUCED
from voxct.ctclip.probe import list_parity_volumes
from voxct.ctclip.random_checkpoint import make_checkpoint
from voxct.ctclip.variants import expect
from voxct.pack.telling import refuse_alike
from voxct.pack.weights_file import UnsuitableWeights, read_weights

PLAIN = {"a.weight": torch.arange(6.0).view(2, 3), "b": torch.ones(2)}


def ddp(state: dict, prefix: str = "module.") -> dict:
    return {prefix + name: value for name, value in state.items()}


WRAPPED = {
    "plain": PLAIN,
    "DDP": ddp(PLAIN),
    "DDP twice": ddp(ddp(PLAIN)),
    "compiled": ddp(PLAIN, "_orig_mod."),
    "compiled under DDP": ddp(ddp(PLAIN, "_orig_mod.")),
    "Lightning": {"epoch": 3, "state_dict": ddp(PLAIN, "model."), "optimizer_states": [{"lr": 0.1}]},
    "model and optim": {"model": PLAIN, "optim": {"state": {0: {"step": torch.tensor(1)}}}, "step": 7},
    "model_state_dict": {"model_state_dict": ddp(PLAIN), "args": {"lr": 1e-4}},
    "nested": {"checkpoint": {"model": {"state_dict": PLAIN}}, "epoch": 1},
    "EMA beside the model": {"model": {name: value + 1 for name, value in PLAIN.items()}, "ema": PLAIN},
    "torch's AveragedModel": {"n_averaged": torch.tensor(4), **ddp(PLAIN)},
    "ema_pytorch": {
        "initted": torch.tensor(True),
        "step": torch.tensor(5),
        **ddp({name: value + 1 for name, value in PLAIN.items()}, "online_model."),
        **ddp(PLAIN, "ema_model."),
    },
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_tensors_are_found_under_what_wraps_them(kind, tmp_path):
    torch.save(WRAPPED[kind], tmp_path / "weights.pt")
    state = read_weights(tmp_path / "weights.pt")
    assert state.keys() == PLAIN.keys()
    assert all(torch.equal(state[name], value) for name, value in PLAIN.items())


def test_a_name_that_only_some_tensors_share_is_no_wrapper(tmp_path):
    state = {"model.a": torch.ones(1), "head": torch.ones(1)}
    torch.save(state, tmp_path / "weights.pt")
    assert read_weights(tmp_path / "weights.pt").keys() == state.keys()


CONTENTS = {
    "empty": (b"", "is empty"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 1770000000\n", "git-lfs pointer"),
    "page": (b"\n<!DOCTYPE html><html><title>Sign in</title></html>", "web page"),
    "page with a mark": (b"\xef\xbb\xbf<html lang='en'>", "web page"),
    "answer": (b'{"error":"Access to this model is restricted"}', "JSON"),
    "zeros": (bytes(4096), "zeros"),
    "text": (b"Access denied. You must be signed in.", "cannot be read|Python objects"),
    "cut off": (None, "cannot be read"),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_what_is_no_weights_is_named_in_one_line(kind, tmp_path):
    content, said = CONTENTS[kind]
    path = tmp_path / "weights.pt"
    if content is None:
        torch.save(PLAIN, path)
        content = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(content)
    with pytest.raises(UnsuitableWeights, match=said) as caught:
        read_weights(path)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 300


def test_a_file_with_python_objects_says_how_to_save_the_tensors_alone(tmp_path):
    torch.save({"model": PLAIN, "args": argparse.Namespace(lr=1)}, tmp_path / "trainer.pt")
    with pytest.raises(UnsuitableWeights, match=r"torch\.save\(torch\.load"):
        read_weights(tmp_path / "trainer.pt")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("kind", [torch.float32, torch.float16, torch.bfloat16])
def test_weights_that_are_no_finite_numbers_are_refused_by_name(value, kind, tmp_path):
    broken = {**PLAIN, "patch.weight": torch.ones(5, dtype=kind)}
    broken["patch.weight"][3] = value
    torch.save({"state_dict": broken}, tmp_path / "weights.pt")
    with pytest.raises(UnsuitableWeights, match=r"no finite numbers: patch\.weight \(1 of 5\)"):
        read_weights(tmp_path / "weights.pt")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    path = tmp_path_factory.mktemp("checkpoints") / "v2.pt"
    make_checkpoint(path, REDUCED, "v2", bodies=1)
    return path


WRAPS = [ddp, lambda state: {"model": state, "optim": {}}, lambda state: {"state_dict": ddp(state), "epoch": 2}]


@pytest.mark.parametrize("wrap", WRAPS)
def test_a_wrapped_ct_clip_is_the_released_one(released, wrap, tmp_path):
    torch.save(wrap(torch.load(released, weights_only=True)), tmp_path / "wrapped.pt")
    state = read_checkpoint(tmp_path / "wrapped.pt").state
    plain = read_checkpoint(released).state
    assert state.keys() == plain.keys() and all(torch.equal(state[k], plain[k]) for k in plain)


def test_a_ct_clip_with_a_nan_in_its_patch_embedding_is_refused(released, tmp_path):
    state = torch.load(released, weights_only=True)
    state["visual_transformer.to_patch_emb.2.weight"][0, 0] = float("nan")
    torch.save(state, tmp_path / "nan.pt")
    with pytest.raises(UnsuitableCheckpoint, match=r"nan\.pt: .*to_patch_emb\.2\.weight"):
        read_checkpoint(tmp_path / "nan.pt")


def test_another_models_weights_are_told_in_a_dozen_lines(tmp_path):
    torch.save({f"layer.{n}": torch.ones(1) for n in range(578)}, tmp_path / "other.pt")
    with pytest.raises(UnsuitableCheckpoint) as caught:
        read_checkpoint(tmp_path / "other.pt")
    assert len(str(caught.value).splitlines()) <= 15 and " more" in str(caught.value)


def test_an_encoder_that_sees_nothing_is_refused(released):
    model = read_checkpoint(released).to_reference()
    volumes = list_parity_volumes(REDUCED.shape, 2)
    directions = np.eye(1, REDUCED.latent, dtype=np.float32)
    assert len(expect(model, volumes, directions).embeddings) == 2
    model.visual_transformer.vq._codebook.embed[:] = model.visual_transformer.vq._codebook.embed[:, :1].clone()
    with pytest.raises(ValueError, match="same embedding: its weights see nothing"):
        expect(model, volumes, directions)


def test_activations_that_overflow_are_refused_although_the_weights_are_finite(released):
    model = read_checkpoint(released).to_reference()
    model.to_visual_latent.weight = torch.nn.Parameter(torch.full_like(model.to_visual_latent.weight, 3e38))
    with pytest.raises(ValueError, match="no finite number"):
        expect(model, list_parity_volumes(REDUCED.shape, 2), np.eye(1, REDUCED.latent, dtype=np.float32))


def test_parity_volumes_differ_from_one_another(released):
    volumes = list_parity_volumes(REDUCED.shape, 4)
    gaps = [np.abs(a - b).max() for n, a in enumerate(volumes) for b in volumes[n + 1 :]]
    assert min(gaps) > 0.1
    unit = [np.eye(3, dtype=np.float32)[n] for n in range(2)]
    with pytest.raises(ValueError, match="are the same volume"):
        refuse_alike([volumes[0], volumes[0].copy()], unit)
    with pytest.raises(ValueError, match="two or more parity volumes"):
        refuse_alike(volumes[:1], unit[:1])


def test_folders_and_missing_files_are_named(tmp_path):
    os.makedirs(tmp_path / "folder")
    with pytest.raises(UnsuitableWeights, match="is a folder"):
        read_weights(tmp_path / "folder")
    with pytest.raises(UnsuitableWeights, match="no such file"):
        read_weights(tmp_path / "none.pt")
