import torch

from voxct.ct.attention import AxialTransformer
from voxct.ct.config import CtTowerConfig
from voxct.ct.ctclip import CtClipImage, CtHead
from voxct.ct.ctvit import PatchRearrange
from voxct.ct.peg import convolve_by_frames, convolve_by_volume
from voxct.ct.position_bias import ContinuousPositionBias

SMALL = CtTowerConfig(
    shape=(8, 12, 12), patch=(2, 3, 3), width=16, spatial_layers=1, temporal_layers=1, heads=2, head_width=8,
    feed_forward=24, bias_width=8, latent=10,
)  # fmt: skip


def structured_volume(shape: tuple[int, int, int]) -> torch.Tensor:
    z, y, x = torch.meshgrid(*(torch.linspace(-1, 1, n) for n in shape), indexing="ij")
    return torch.where(z**2 + y**2 + x**2 < 0.7, 0.05 + 0.3 * torch.sin(9 * x), torch.tensor(-1.0))[None, None]


def test_frames_of_conv2d_equal_the_causal_grouped_conv3d():
    torch.manual_seed(0)
    x = torch.randn(2, 5, 4, 6, 7)
    weight, bias = torch.randn(7, 1, 3, 3, 3), torch.randn(7)
    assert torch.allclose(convolve_by_frames(x, weight, bias), convolve_by_volume(x, weight, bias), atol=1e-5)


def test_peg_sees_no_later_frame():
    torch.manual_seed(0)
    x = torch.randn(1, 4, 3, 3, 2)
    weight, bias = torch.randn(2, 1, 3, 3, 3), torch.zeros(2)
    changed = x.clone()
    changed[:, 3] += 1
    gap = (convolve_by_frames(changed, weight, bias) - convolve_by_frames(x, weight, bias)).abs().amax((0, 2, 3, 4))
    assert gap[:3].max() == 0 and gap[3] > 0


def test_patches_keep_the_reference_order_of_voxels():
    volume = torch.arange(8 * 12 * 12, dtype=torch.float32).view(1, 1, 8, 12, 12)
    patches = PatchRearrange(SMALL)(volume)
    assert patches.shape == (1, 4, 4, 4, 18)
    assert torch.equal(patches[0, 1, 2, 3], volume[0, 0, 2:4, 6:9, 9:12].flatten())


def test_tower_gives_tokens_on_the_grid_and_a_unit_embedding():
    torch.manual_seed(0)
    tower = CtClipImage(SMALL).eval()
    volume = structured_volume(SMALL.shape)
    assert tower.visual_transformer(volume).shape == (1, 4, 4, 4, 16)
    assert torch.allclose(tower(volume).norm(dim=-1), torch.ones(1), atol=1e-5)


def test_temporal_peg_is_causal_along_the_columns_first_axis_as_in_the_reference():
    torch.manual_seed(0)
    transformer = AxialTransformer(SMALL, 1, attended=1)
    x = torch.randn(1, 4, 4, 4, 16)
    changed = x.clone()
    changed[:, 3] += torch.randn(16)
    gap = (transformer(changed) - transformer(x)).abs().amax((0, 2, 3, 4))
    assert gap[:3].max() < 1e-5 and gap[3] > 1e-3


def test_keys_and_values_see_the_unnormalised_tokens():
    torch.manual_seed(0)
    attention = AxialTransformer(SMALL, 1, attended=1).layers[0][1]
    x = torch.randn(3, 4, 16)
    assert torch.allclose(attention(3 * x, None), 3 * attention(x, None), atol=1e-4)


def test_position_bias_depends_on_the_offset_alone():
    torch.manual_seed(0)
    bias = ContinuousPositionBias(8, 2, 4, 4)().view(2, 4, 4, 4, 4)
    assert bias.shape == (2, 4, 4, 4, 4)
    assert torch.allclose(bias[:, 0, 0, 1, 2], bias[:, 2, 1, 3, 3])


def test_sum_of_heat_is_the_cosine_and_the_local_part_counts():
    torch.manual_seed(0)
    tower = CtClipImage(SMALL).eval()
    with torch.no_grad():
        tower.to_visual_latent.local.normal_(std=0.3)
        volume = structured_volume(SMALL.shape)
        directions = 3 * torch.randn(5, SMALL.latent)
        embedding, heat = CtHead(tower.to_visual_latent.fold())(tower.visual_transformer(volume), directions)
        expected = tower(volume)
    cosine = torch.nn.functional.normalize(directions, dim=-1) @ expected[0]
    assert torch.allclose(embedding, expected, atol=1e-5)
    assert heat.shape == (5, 4, 4, 4)
    assert torch.allclose(heat.sum((1, 2, 3)), cosine, atol=1e-5)
    assert heat.abs().max() > 1e-4


def test_vector_quantisation_returns_codebook_rows():
    torch.manual_seed(0)
    tower = CtClipImage(CtTowerConfig(**{**SMALL.__dict__, "codebook": 6})).eval()
    tokens = tower.visual_transformer(structured_volume(SMALL.shape)).flatten(0, 3)
    rows = tower.visual_transformer.vq.embed[0]
    assert torch.allclose((tokens @ rows.T).amax(-1), torch.ones(len(tokens)), atol=1e-5)
