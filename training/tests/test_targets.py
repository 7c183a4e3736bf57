"""Second CT encoders by the same manifest: HLIP-like and COLIPRI-like, with random weights at reduced size."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils._python_dispatch import TorchDispatchMode

from voxct.targets.attention import FeedForward, SelfAttention, attend
from voxct.targets.config import read_target, reduce_target
from voxct.targets.pooling import AttentionPooling
from voxct.targets.tower import TargetImage, build_random
from voxct.targets.vit import PlainVit
from voxct.targets.weights import open_target

CONFIGS = Path(__file__).resolve().parents[1] / "configs/targets"
HLIP, COLIPRI = (read_target(CONFIGS / f"{name}.json") for name in ("hlip", "colipri"))
SMALL = {target.id: reduce_target(target).encoder for target in (HLIP, COLIPRI)}


def structured_volume(shape: tuple[int, int, int], turns: float = 9.0) -> Tensor:
    z, y, x = torch.meshgrid(*(torch.linspace(-1, 1, n) for n in shape), indexing="ij")
    inside = z**2 + y**2 + x**2 < 0.7
    return torch.where(inside, 0.05 + 0.3 * torch.sin(turns * x + z), torch.tensor(-1.0))[None, None]


def draw_hlip_state(seed: int) -> dict[str, Tensor]:
    """Names and shapes of HLIP's checkpoint (open_clip around timm), at reduced size."""
    source, c = torch.Generator().manual_seed(seed), SMALL["hlip"]

    def draw(*shape: int) -> Tensor:
        return torch.randn(shape, generator=source) * (shape[-1] ** -0.5 if len(shape) > 1 else 0.2)

    w, h = c.width, c.feed_forward
    state = {
        "cls_token": draw(1, 1, w), "spatial_posemb": draw(1, *c.grid, w), "norm.weight": 1 + draw(w),
        "norm.bias": draw(w), "patch_embed.proj.weight": draw(w, 1, *c.patch) * 0.3, "patch_embed.proj.bias": draw(w),
    }  # fmt: skip
    for n in range(c.layers):
        for name, shape in {"attn.qkv": (3 * w, w), "attn.proj": (w, w), "mlp.fc1": (h, w), "mlp.fc2": (w, h)}.items():
            state |= {f"blocks.{n}.{name}.weight": 1.5 * draw(*shape), f"blocks.{n}.{name}.bias": draw(shape[0])}
        for name in ("norm1", "norm2"):
            state |= {f"blocks.{n}.{name}.weight": 1 + draw(w), f"blocks.{n}.{name}.bias": draw(w)}
    named = {f"module.visual.trunk.{name}": tensor for name, tensor in state.items()}
    extras = {"module.logit_scale": torch.tensor(3.0), "module.text.proj.weight": draw(4, 4)}
    return {**named, "module.visual.head.proj.weight": draw(c.latent, w), **extras}


def run_hlip(state: dict[str, Tensor], volume: Tensor) -> Tensor:
    """HLIP's image path written down step by step: Conv3d patches, a CLS token a slice, CLS pooled after the norm."""
    c, get = SMALL["hlip"], lambda name: state[f"module.visual.trunk.{name}"]
    patches = F.conv3d(volume, get("patch_embed.proj.weight"), get("patch_embed.proj.bias"), stride=c.patch)
    tokens = (patches.permute(0, 2, 3, 4, 1) + get("spatial_posemb")).flatten(2, 3)[0]
    cls = get("cls_token").expand(len(tokens), 1, c.width)
    for n in range(c.layers):
        if c.attends_whole(n):
            x = torch.cat([cls.mean(0, keepdim=True), tokens.reshape(1, -1, c.width)], 1)
        else:
            x = torch.cat([cls.expand(len(tokens), 1, c.width), tokens], 1)
        x = run_block(lambda name, n=n: get(f"blocks.{n}.{name}"), x, c.heads)
        cls, tokens = x[:, :1], x[:, 1:].reshape(tokens.shape)
    final = F.layer_norm(cls[0, 0], (c.width,), get("norm.weight"), get("norm.bias"), 1e-6)
    return F.normalize(state["module.visual.head.proj.weight"] @ final, dim=0)


def run_block(get, x: Tensor, heads: int) -> Tensor:
    width = x.shape[-1]
    attention = nn.MultiheadAttention(width, heads, batch_first=True)
    attention.in_proj_weight.data, attention.in_proj_bias.data = get("attn.qkv.weight"), get("attn.qkv.bias")
    attention.out_proj.weight.data, attention.out_proj.bias.data = get("attn.proj.weight"), get("attn.proj.bias")
    seen = F.layer_norm(x, (width,), get("norm1.weight"), get("norm1.bias"), 1e-6)
    x = x + attention(seen, seen, seen, need_weights=False)[0]
    seen = F.layer_norm(x, (width,), get("norm2.weight"), get("norm2.bias"), 1e-6)
    hidden = F.gelu(F.linear(seen, get("mlp.fc1.weight"), get("mlp.fc1.bias")))
    return x + F.linear(hidden, get("mlp.fc2.weight"), get("mlp.fc2.bias"))


@torch.no_grad()
def test_a_checkpoint_of_hlip_gives_the_embedding_of_hlips_own_forward(tmp_path: Path):
    state = draw_hlip_state(1)
    torch.save({"epoch": 20, "state_dict": state}, tmp_path / "hlip.pt")
    opened = open_target(SMALL["hlip"], str(tmp_path / "hlip.pt"))
    assert abs(opened.logit_scale - torch.tensor(3.0).exp().item()) < 1e-4
    embeddings = []
    for turns in (4.0, 11.0):
        volume = structured_volume(SMALL["hlip"].shape, turns)
        embeddings.append(opened.tower(volume)[0])
        assert (embeddings[-1] - run_hlip(state, volume)).abs().max() < 2e-5
    assert embeddings[0] @ embeddings[1] < 0.999, "the volumes look alike, the test would not see an error"


@torch.no_grad()
def test_a_checkpoint_with_positions_of_scans_gets_that_of_the_first(tmp_path: Path):
    state, volume = draw_hlip_state(2), structured_volume(SMALL["hlip"].shape)
    order = torch.randn(1, 3, SMALL["hlip"].width)
    torch.save({"state_dict": {**state, "module.visual.trunk.sequential_posemb": order}}, tmp_path / "hlip.pt")
    moved = {**state, "module.visual.trunk.spatial_posemb": state["module.visual.trunk.spatial_posemb"] + order[0, 0]}
    embedding = open_target(SMALL["hlip"], str(tmp_path / "hlip.pt")).tower(volume)[0]
    assert (embedding - run_hlip(moved, volume)).abs().max() < 2e-5


def test_every_strange_and_missing_tensor_of_a_checkpoint_is_named(tmp_path: Path):
    state = draw_hlip_state(1)
    del state["module.visual.trunk.blocks.1.mlp.fc1.bias"]
    state["module.visual.trunk.reg_token"] = torch.zeros(1)
    torch.save({"state_dict": state}, tmp_path / "hlip.pt")
    with pytest.raises(ValueError, match=r"(?s)missing: .*blocks\.1\.mlp\.fc1\.bias.*unexpected: .*reg_token"):
        open_target(SMALL["hlip"], str(tmp_path / "hlip.pt"))


@torch.no_grad()
def test_a_state_dict_of_this_projects_own_tower_comes_back(tmp_path: Path):
    tower, volume = build_random(SMALL["colipri"], 5), structured_volume(SMALL["colipri"].shape)
    torch.save(tower.state_dict(), tmp_path / "tower.pt")
    assert torch.equal(open_target(SMALL["colipri"], str(tmp_path / "tower.pt")).tower(volume), tower(volume))


def test_slice_layers_look_at_one_layer_of_tokens_alone():
    config = SMALL["hlip"]
    vit = build_random(config).visual_transformer
    x = torch.randn(1, 1 + config.tokens, config.width)
    changed = x.clone()
    in_slice = config.tokens // config.grid[0]
    changed[:, 1 + in_slice : 1 + 2 * in_slice] += 1
    first = [vit.attend_slices(vit.blocks[0], each, 0)[:, 1:] for each in (x, changed)]
    gap = (first[1] - first[0]).abs().amax(-1).view(config.grid[0], -1).amax(1)
    assert gap[1] > 1e-2 and gap[[0, 2, 3]].max() == 0


@torch.no_grad()
def test_attention_pooling_is_multihead_attention_of_the_mean_token():
    config = SMALL["colipri"]
    pooling, x = AttentionPooling(config), torch.randn(2, config.tokens, config.width)
    for linear in (pooling.attn.to_q, pooling.attn.to_k):
        nn.init.normal_(linear.weight)
    reference = nn.MultiheadAttention(config.width, config.heads, batch_first=True)
    parts = (pooling.attn.to_q, pooling.attn.to_k, pooling.attn.to_v)
    reference.in_proj_weight.data = torch.cat([part.weight for part in parts])
    reference.in_proj_bias.data = torch.cat([part.bias for part in parts])
    reference.out_proj.load_state_dict(pooling.attn.to_out.state_dict())
    seen = pooling.norm(x)
    expected, shares = reference(seen.mean(1, keepdim=True), seen, seen)
    assert torch.allclose(pooling(x).mean(1), expected[:, 0], atol=1e-5)
    assert shares.max() > 3 / config.tokens, "the attention is flat, the test would not see an error"


@torch.no_grad()
def test_cutting_queries_and_rows_changes_nothing():
    q, k, v = (torch.randn(2, 3, 37, 8) for _ in range(3))
    whole = F.scaled_dot_product_attention(q, k, v, scale=1.0)
    assert torch.allclose(attend(q, k, v, 2 * 3 * 37 * 4 * 5), whole, atol=1e-5)
    cut, x = FeedForward(8, 16, most_bytes=2 * 16 * 4 * 10), torch.randn(2, 37, 8)
    assert torch.allclose(cut(x), cut.fc2(F.gelu(cut.fc1(x))), atol=1e-6)
    attention = SelfAttention(8, 2)
    expected = attention(x)
    attention.most_bytes = 1
    assert torch.allclose(attention(x), expected, atol=1e-6)


class LargestTensor(TorchDispatchMode):
    """Bytes of the largest tensor that an operator makes; views of weights and inputs are no bigger than those."""

    bytes = 0

    def __torch_dispatch__(self, operator, types, args=(), kwargs=None):
        made = operator(*args, **(kwargs or {}))
        for tensor in made if isinstance(made, (tuple, list)) else (made,):
            if isinstance(tensor, Tensor):
                self.bytes = max(self.bytes, tensor.numel() * 4)
        return made


@pytest.mark.parametrize("target", [HLIP, COLIPRI], ids=lambda target: target.id)
def test_no_tensor_of_the_full_size_needs_a_buffer_over_128_mib(target):
    with torch.device("meta"), torch.no_grad(), LargestTensor() as largest:
        tokens = PlainVit(target.encoder).eval()(torch.zeros(1, 1, *target.encoder.shape))
    assert tokens.shape == (1, *target.encoder.grid, target.encoder.width)
    assert 30 * 2**20 < largest.bytes <= 128 * 2**20


def test_the_full_configs_have_the_published_sizes():
    assert (HLIP.encoder.grid, COLIPRI.encoder.grid) == ((14, 14, 14), (24, 24, 24))
    with torch.device("meta"):
        sizes = [sum(p.numel() for p in TargetImage(target.encoder).parameters()) for target in (HLIP, COLIPRI)]
    assert 85e6 < sizes[0] < 95e6 and 140e6 < sizes[1] < 300e6
    assert [target.input["axisCodes"] for target in (HLIP, COLIPRI)] == ["SPL", "SAR"]


def test_hlips_input_is_its_window_and_its_normalisation_in_one():
    given, mean, deviation = HLIP.input, (0.485 + 0.456 + 0.406) / 3, (0.229 + 0.224 + 0.225) / 3
    for hu in (-1150.0, -400.0, 40.0, 350.0):
        expected = ((hu + 1150) / 1500 - mean) / deviation
        assert abs((hu - given["huOffset"]) / given["huDivisor"] - expected) < 1e-5
    assert abs(given["padValue"] - (0 - mean) / deviation) < 1e-5


def test_a_config_that_does_not_fit_is_refused():
    for change in ({"patch": (7, 8, 8)}, {"heads": 5}, {"scan_layers": (0, 2)}):
        with pytest.raises(ValueError):
            replace(SMALL["hlip"], **change)


def test_a_reduced_target_covers_the_same_millimetres():
    small = reduce_target(HLIP).input
    covered = [n * mm for n, mm in zip(small["shape"], small["spacingMm"], strict=True)]
    assert covered == pytest.approx([336, 336, 336])
