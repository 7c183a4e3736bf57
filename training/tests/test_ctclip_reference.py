"""The PyTorch implementation of CT-CLIP: the released names and shapes, and each quirk."""

from math import prod

import pytest
import torch
from ctclip_support import draw_volume

from voxct.ctclip.config import FULL, REDUCED
from voxct.ctclip.layers import Attention, CausalPeg
from voxct.ctclip.reference import CtClip, VectorQuantize, without_memory

ATTENTION = {
    "null_kv": (8, 0, 32), "q_scale": (32,), "k_scale": (32,), "norm.gamma": (512,), "norm.beta": (512,),
    "context_norm.gamma": (512,), "context_norm.beta": (512,), "to_q.weight": (256, 512), "to_kv.weight": (512, 512),
    "to_out.weight": (512, 256),
}  # fmt: skip


def list_vit_shapes() -> dict[str, tuple[int, ...]]:
    """CTViT's part of the released state dict, as its code's instantiation gives it."""
    shapes = {
        "spatial_rel_pos_bias.net.0.0.weight": (512, 2), "spatial_rel_pos_bias.net.0.0.bias": (512,),
        "spatial_rel_pos_bias.net.1.0.weight": (512, 512), "spatial_rel_pos_bias.net.1.0.bias": (512,),
        "spatial_rel_pos_bias.net.2.weight": (8, 512), "spatial_rel_pos_bias.net.2.bias": (8,),
        "vq._codebook.initted": (1,), "vq._codebook.cluster_size": (1, 8192), "vq._codebook.embed": (1, 8192, 512),
        "to_pixels_first_frame.0.weight": (400, 512), "to_pixels_first_frame.0.bias": (400,),
        "to_pixels.0.weight": (4000, 512), "to_pixels.0.bias": (4000,),
    }  # fmt: skip
    for name, features in (("to_patch_emb_first_frame", 400), ("to_patch_emb", 4000)):
        shapes |= {f"{name}.1.{kind}": (features,) for kind in ("weight", "bias")}
        shapes |= {f"{name}.2.weight": (512, features), f"{name}.2.bias": (512,)}
        shapes |= {f"{name}.3.{kind}": (512,) for kind in ("weight", "bias")}
    for name in ("enc_spatial_transformer", "enc_temporal_transformer"):
        for layer in range(4):
            at = f"{name}.layers.{layer}"
            shapes |= {f"{at}.0.dsconv.weight": (512, 1, 3, 3, 3), f"{at}.0.dsconv.bias": (512,)}
            shapes |= {f"{at}.1.{key}": shape for key, shape in ATTENTION.items()}
            shapes |= {f"{at}.3.0.weight": (512,), f"{at}.3.0.bias": (512,)}
            shapes |= {f"{at}.3.1.weight": (2730, 512), f"{at}.3.4.weight": (512, 1365)}
        shapes |= {f"{name}.norm_out.gamma": (512,), f"{name}.norm_out.beta": (512,)}
    return shapes


@pytest.fixture(scope="module")
def full() -> dict[str, tuple[int, ...]]:
    with without_memory():
        return {key: tuple(value.shape) for key, value in CtClip(FULL).state_dict().items()}


@pytest.fixture(scope="module")
def reduced() -> CtClip:
    torch.manual_seed(0)
    return CtClip(REDUCED).eval().requires_grad_(False)


def test_the_image_tower_has_the_released_names_and_shapes(full):
    prefix = "visual_transformer."
    own = {key.removeprefix(prefix): shape for key, shape in full.items() if key.startswith(prefix)}
    assert own == list_vit_shapes()
    assert len(own) == 157
    assert sum(map(prod, own.values())) == 30_101_913


def test_the_text_tower_and_the_projections_have_the_released_names_and_shapes(full):
    text = {key: shape for key, shape in full.items() if key.startswith("text_transformer.")}
    assert (len(text), sum(map(prod, text.values()))) == (199, 109_482_240)
    assert text["text_transformer.embeddings.word_embeddings.weight"] == (30522, 768)
    assert text["text_transformer.encoder.layer.11.attention.self.query.weight"] == (768, 768)
    assert text["text_transformer.encoder.layer.0.attention.output.LayerNorm.bias"] == (768,)
    assert text["text_transformer.encoder.layer.11.intermediate.dense.weight"] == (3072, 768)
    assert text["text_transformer.pooler.dense.weight"] == (768, 768)
    rest = {key: shape for key, shape in full.items() if not key.startswith(("text_tr", "visual_tr"))}
    projections = {f"to_text_latent{extra}.weight": (512, 768) for extra in ("", "_extra")}
    projections |= {f"to_visual_latent{extra}.weight": (512, 294_912) for extra in ("", "_extra")}
    assert rest == {"temperature": (), **projections}


def test_the_temporal_peg_convolves_what_memory_holds_not_what_the_axes_are_called():
    torch.manual_seed(0)
    peg, rows = CausalPeg(5), torch.randn(2 * 3 * 4, 6, 5)
    called = peg(rows, (2, 6, 3, 4))
    assert torch.allclose(called, peg(rows.reshape(12, 12, 5), (2, 6, 3, 4)).reshape(rows.shape))
    changed = rows.clone().view(2, 6, 3, 4, 5)
    changed[:, 3] += 1
    gap = (peg(changed.view(rows.shape), (2, 6, 3, 4)) - called).view(2, 6, 3, 4, 5).abs().amax((0, 2, 3, 4))
    assert gap[:3].max() == 0 and gap[3:6].min() > 0, "two steps back along the first axis of memory, none ahead"


def test_keys_and_values_see_the_tokens_as_they_are_and_queries_their_norm():
    torch.manual_seed(0)
    attention, x = Attention(REDUCED), torch.randn(2, 5, REDUCED.width)
    with torch.no_grad():
        assert torch.allclose(attention(3 * x, None), 3 * attention(x, None), atol=1e-5)
        attention.norm.gamma.normal_()
        attention.context_norm.gamma.zero_()
        assert attention(x, None).abs().max() > 1e-2, "context_norm is stored and never used"


def test_a_token_becomes_the_stored_row_nearest_by_angle():
    quantize = VectorQuantize(2, 2)
    quantize._codebook.embed = torch.tensor([[[0.5, 0.0], [2.0, 2.0]]])
    assert quantize(torch.tensor([0.8, 0.2])).tolist() == [0.5, 0.0], "a longer row is no nearer"


def test_patches_are_cut_as_frames_of_rows(reduced):
    seen = []
    handle = reduced.visual_transformer.to_patch_emb[0].register_forward_hook(lambda *given: seen.append(given[2]))
    volume = draw_volume(1)
    reduced.visual_transformer.embed_patches(volume)
    handle.remove()
    patch = volume[0, 0, 4:8, 16:24, 40:48]
    assert torch.equal(seen[0][0, 1, 2, 5], patch.flatten())


def test_the_projection_reads_the_mean_over_z_in_the_order_h_w_width(reduced):
    z, height, columns = REDUCED.grid
    tokens = torch.zeros(1, z, height, columns, REDUCED.width)
    tokens[0, 4, 2, 3, 9] = z
    column = reduced.to_visual_latent.weight[:, (2 * columns + 3) * REDUCED.width + 9]
    assert torch.allclose(reduced.project_tokens(tokens)[0], column / column.norm(), atol=1e-6)


def test_position_bias_reaches_the_spatial_transformer_alone(reduced):
    tower, volume = reduced.visual_transformer, draw_volume(2)
    before = tower.encode(volume)
    bias = tower.spatial_rel_pos_bias.net[2].bias
    kept = bias.clone()
    bias += 3
    assert torch.allclose(tower.encode(volume), before, atol=1e-4), "softmax does not see a constant"
    bias.copy_(kept)
    tower.spatial_rel_pos_bias.net[2].weight *= 4
    assert (tower.encode(volume) - before).abs().max() > 1e-3
    tower.spatial_rel_pos_bias.net[2].weight /= 4


def test_two_volumes_at_once_are_two_volumes_one_by_one(reduced):
    volumes = [draw_volume(3), draw_volume(4)]
    together = reduced.encode_image(torch.cat(volumes))
    assert torch.allclose(together, torch.cat([reduced.encode_image(volume) for volume in volumes]), atol=1e-5)


def test_padding_a_sentence_to_the_full_length_changes_nothing(reduced):
    ids = torch.tensor([[2, 7, 9, 30, 3]])
    padded = torch.nn.functional.pad(ids, (0, REDUCED.text.positions - 5))
    mask = (torch.arange(REDUCED.text.positions) < 5).long()[None]
    short = reduced.encode_text(ids, torch.ones_like(ids))
    assert torch.allclose(reduced.encode_text(padded, mask), short, atol=1e-6)
    assert short.norm().item() == pytest.approx(1, abs=1e-6)


def test_checkpointed_layers_give_the_same_gradient():
    torch.manual_seed(0)
    model, volume = CtClip(REDUCED), draw_volume(5)
    gradients = []
    for checkpointing in (False, True):
        model.visual_transformer.enc_spatial_transformer.gradient_checkpointing = checkpointing
        model.zero_grad()
        model.visual_transformer.encode(volume).square().sum().backward()
        gradients.append(model.visual_transformer.to_patch_emb[2].weight.grad.clone())
    assert torch.allclose(*gradients, atol=1e-5)
