"""The project's port of CTViT against the reference, on the same checkpoint."""

import pytest
import torch
from ctclip_support import draw_volume

from voxct.ct.ctclip import CtHead
from voxct.ctclip.checkpoint import read_checkpoint
from voxct.ctclip.codebook import fit_codebook
from voxct.ctclip.config import REDUCED
from voxct.ctclip.probe import choose_repeat, draw_probe, enlarge_probe, list_parity_volumes
from voxct.ctclip.random_checkpoint import SHORTEST_ROW, make_checkpoint
from voxct.ctclip.tower import build_tower


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    path = tmp_path_factory.mktemp("tower") / "CT-CLIP_v2.pt"
    make_checkpoint(path, REDUCED)
    return read_checkpoint(path)


@torch.no_grad()
def test_port_and_reference_give_the_same_tokens_and_embedding(checkpoint):
    reference, (vit, weight) = checkpoint.to_reference(), build_tower(checkpoint)
    head = CtHead(weight)
    for seed in range(3):
        volume = draw_volume(seed)
        tokens = vit(volume)
        assert (tokens - reference.visual_transformer(volume)).abs().max() <= 1e-5
        embedding, _ = head(tokens, torch.ones(1, REDUCED.latent))
        assert (embedding - reference.encode_image(volume)).abs().max() <= 1e-5


@torch.no_grad()
def test_port_and_reference_agree_before_quantisation_hides_a_difference(checkpoint):
    reference, (vit, _) = checkpoint.to_reference(), build_tower(checkpoint)
    vit.vq = torch.nn.Identity()
    volume = draw_volume(5)
    assert (vit(volume) - reference.visual_transformer.encode(volume)).abs().max() <= 1e-5


def test_the_tower_uses_the_files_own_tensors(checkpoint):
    vit, weight = build_tower(checkpoint)
    state = checkpoint.state
    assert weight.data_ptr() == state["to_visual_latent.weight"].data_ptr()
    assert vit.vq.embed.data_ptr() == state["visual_transformer.vq._codebook.embed"].data_ptr()
    assert weight.shape == (6, 6, REDUCED.width, REDUCED.latent)


def test_bodies_are_told_apart_by_more_than_the_tolerance_of_any_variant(checkpoint):
    reference = checkpoint.to_reference()
    embeddings = torch.cat([reference.encode_image(draw_volume(seed)) for seed in (11, 12, 13)])
    assert (embeddings @ embeddings.T).fill_diagonal_(0).max() < 0.998


def test_rows_of_the_codebook_are_near_unit_length_and_most_are_in_use(checkpoint):
    rows = checkpoint.state["visual_transformer.vq._codebook.embed"][0]
    lengths = rows.norm(dim=-1)
    assert lengths.min() >= SHORTEST_ROW - 1e-6 and lengths.max() <= 1 and lengths.std() > 0.01
    used = checkpoint.state["visual_transformer.vq._codebook.cluster_size"][0] > 0
    assert used.float().mean() > 0.8


def test_codes_are_means_of_the_tokens_nearest_to_them():
    torch.manual_seed(0)
    centres = torch.nn.functional.normalize(torch.randn(4, 16), dim=-1)
    tokens = centres.repeat_interleave(50, 0) + 0.05 * torch.randn(200, 16)
    codes = fit_codebook(tokens, 8, torch.Generator().manual_seed(1))
    assert (codes @ centres.T).amax(0).min() > 0.98
    assert fit_codebook(tokens[:3], 8, torch.Generator().manual_seed(1)).shape == (8, 16)


def test_the_stored_probe_is_small_and_enlarges_to_the_input():
    assert choose_repeat((240, 480, 480)) == 4
    assert choose_repeat(REDUCED.shape) == 1
    stored, repeat = draw_probe((48, 96, 96))
    volume = enlarge_probe(stored, 2)
    assert (stored.shape, repeat) == ((48, 96, 96), 1)
    assert volume.shape == (1, 1, 96, 192, 192)
    assert (volume[0, 0, 2:4, 10:12, 20:22] == volume[0, 0, 2, 10, 20]).all()


def test_parity_is_measured_on_structure(checkpoint):
    volumes = list_parity_volumes(REDUCED.shape, 3)
    assert [volume.shape for volume in volumes] == [(1, 1, *REDUCED.shape)] * 3
    for volume in volumes:
        share = {name: ((volume >= low) & (volume < high)).mean() for name, low, high in
                 (("air", -1.01, -0.95), ("lung", -0.95, -0.6), ("soft", -0.2, 0.2))}  # fmt: skip
        assert min(share.values()) > 0.03, share
