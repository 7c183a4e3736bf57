"""RadCLIP's slice pooling, its exact heat, and its graphs."""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from voxct.ct.ctclip import save_image_tower
from voxct.ct.objective import LossWeights, Texts, TrainingHeads
from voxct.ct.parity import assert_parity
from voxct.ct.session import CtSession
from voxct.data.pool import Batch
from voxct.radclip.config import RadClipConfig
from voxct.radclip.export_graph import export_head, export_trunk
from voxct.radclip.objective import merge_slices, radclip_loss
from voxct.radclip.pooling import SlicePooling, build_sinusoids
from voxct.radclip.tower import PooledHead, RadClipImage, load_radclip

SMALL = RadClipConfig(
    shape=(12, 16, 24), channels=(4, 6), width=16, blocks=1, heads=2, feed_forward=24, pool_heads=4, latent=10
)


def structured_volume(shape: tuple[int, int, int], turns: float = 9.0) -> torch.Tensor:
    z, y, x = torch.meshgrid(*(torch.linspace(-1, 1, n) for n in shape), indexing="ij")
    inside = z**2 + y**2 + x**2 < 0.7
    return torch.where(inside, 0.05 + 0.3 * torch.sin(turns * x + z), torch.tensor(-1.0))[None, None]


def build_tower(seed: int = 0) -> RadClipImage:
    torch.manual_seed(seed)
    return RadClipImage(SMALL).eval()


def copy_into_multihead(pooling: SlicePooling) -> nn.MultiheadAttention:
    width = pooling.to_out.in_features
    reference = nn.MultiheadAttention(width, pooling.heads, batch_first=True)
    parts = (pooling.to_q, pooling.to_k, pooling.to_v)
    reference.in_proj_weight.data = torch.cat([part.weight.data for part in parts])
    reference.in_proj_bias.data = torch.cat([part.bias.data for part in parts])
    reference.out_proj.load_state_dict(pooling.to_out.state_dict())
    return reference.eval()


def test_the_mean_of_the_weighted_tokens_is_multihead_attention_over_slices_averaged():
    torch.manual_seed(1)
    pooling = SlicePooling(5, 16, 4).double()
    for linear in (pooling.to_q, pooling.to_k):
        nn.init.normal_(linear.weight)
    tokens = torch.randn(2, 5, 3, 4, 16, dtype=torch.float64)
    slices = tokens.mean((2, 3)) + pooling.places
    expected, _ = copy_into_multihead(pooling).double()(slices, slices, slices)
    assert torch.allclose(pooling(tokens).mean((1, 2, 3)), expected.mean(1), atol=1e-10)
    assert (pooling.attend(slices).amax() > 0.3).item(), "the attention is flat, the test would not see an error"


def test_the_attention_that_slices_receive_sums_to_one_a_head():
    pooling = SlicePooling(5, 16, 4)
    received = pooling.attend(torch.randn(2, 5, 16))
    assert received.shape == (2, 5, 4) and torch.allclose(received.sum(1), torch.ones(2, 4), atol=1e-6)


def test_sinusoids_tell_slices_apart_and_begin_with_sine_and_cosine_of_the_slice_number():
    places = build_sinusoids(24, 16)
    assert torch.allclose(places[:, 0], torch.arange(24.0).sin()) and torch.allclose(
        places[:, 1], torch.arange(24.0).cos()
    )
    assert (torch.cdist(places, places) + 10 * torch.eye(24)).min() > 0.1


def test_the_encoder_looks_at_each_image_alone():
    encoder = build_tower().visual_transformer.encoder
    volume = structured_volume(SMALL.shape)
    changed = volume.clone()
    changed[:, :, 6:9] += 0.5
    gap = (encoder(changed) - encoder(volume)).abs().amax((0, 2, 3, 4))
    assert gap[2] > 1e-3 and gap[[0, 1, 3]].max() == 0


def test_heat_sums_to_the_cosine_and_the_head_gives_the_towers_embedding():
    tower, directions = build_tower(), torch.randn(4, 10)
    volume = structured_volume(SMALL.shape)
    with torch.no_grad():
        tokens = tower.visual_transformer(volume)
        embedding, heat = PooledHead(tower.to_visual_latent.shared)(tokens, directions)
        assert tokens.shape == (1, 4, 2, 3, 16) and heat.shape == (4, 4, 2, 3)
        assert torch.allclose(embedding, tower(volume), atol=1e-6)
    cosines = nn.functional.normalize(directions, dim=-1) @ embedding[0]
    assert torch.allclose(heat.sum((1, 2, 3)), cosines, atol=1e-6)


def test_the_exported_graphs_agree_with_pytorch_and_their_heat_sums_to_the_cosine(tmp_path: Path):
    save_image_tower(tmp_path / "ct.pt", build_tower(3), {})
    tower = load_radclip(tmp_path / "ct.pt")
    export_trunk(tower, tmp_path / "ct-trunk.onnx")
    export_head(tower, tmp_path / "ct-head.onnx")
    volumes = torch.cat([structured_volume(SMALL.shape, turns) for turns in (5.0, 11.0)]).numpy()
    directions = np.random.default_rng(0).normal(size=(5, 10)).astype(np.float32)
    parity = assert_parity(tower, CtSession(tmp_path), volumes, directions)
    assert parity.embedding_max_abs < 1e-5 and parity.heat_sum_max_abs < 1e-5


def test_a_layer_of_the_masks_takes_the_largest_logit_of_its_images():
    logits = torch.arange(8.0).view(1, 4, 2)
    assert merge_slices(logits, 2).tolist() == [[[2, 3], [6, 7]]]


def test_every_parameter_of_the_tower_learns_from_the_loss():
    b = 3
    tower, heads = build_tower().train(), TrainingHeads(SMALL.width)
    source = torch.Generator().manual_seed(0)
    unit = nn.functional.normalize(torch.randn(40, 10, generator=source), dim=-1)
    labels = torch.randint(0, 2, (b, 18), generator=source).float()
    shares = torch.randint(0, 2, (b, 2, 2, 3, 18), generator=source).to(torch.uint8) * 200
    states = torch.randint(-1, 2, (b, 18), generator=source)
    volumes = torch.cat([structured_volume(SMALL.shape, 4.0 + i) for i in range(b)])
    batch = Batch((volumes[:, 0] * 127).to(torch.int8), shares, labels, unit[36 : 36 + b], unit[:b], states)
    texts = Texts(unit[:36].view(18, 2, 10), unit[36:], torch.randint(0, 2, (4, 18), generator=source).float())
    loss, parts = radclip_loss(tower, heads, volumes, batch, texts, torch.ones(18), LossWeights(slices=0.5))
    loss.backward()
    # A bias of the keys shifts all scores of a query alike: softmax does not see it.
    learned = {name: p for name, p in tower.named_parameters() if name != "visual_transformer.pooling.to_k.bias"}
    dead = [name for name, p in learned.items() if p.grad is None or p.grad.abs().max() == 0]
    assert torch.isfinite(loss) and dead == []
    assert set(parts) >= {"dense", "slices", "zero_shot", "reports", "crops", "ground"}
