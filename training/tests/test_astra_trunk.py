"""Astra's trunk: folded weights like the network with its normalisations, and what is no such state dict."""

import numpy as np
import pytest
import torch
from torch.nn.functional import batch_norm, conv3d, max_pool3d, relu

from voxct.astra.architecture import REAL
from voxct.astra.folding import UnsuitableWeights, fold_trunk, list_shapes
from voxct.astra.graphs_whole import export_whole
from voxct.astra.random_state import SMALL, draw_state
from voxct.astra.trunk import AstraTrunk
from voxct.onnx_session import open_session

ASTRA_PREFIX = "visual_encoder.model.encode_image.i3_resnet."


def draw_volume(seed: int = 5) -> torch.Tensor:
    return torch.rand((1, 1, *SMALL.shape), generator=torch.Generator().manual_seed(seed))


def run_unfolded(state: dict, volume: torch.Tensor) -> torch.Tensor:
    """The network as it was trained: three channels, a normalisation behind every convolution."""

    def norm(x, name):
        given = [state[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
        return batch_norm(x, *given, training=False, eps=1e-5)

    x = conv3d(volume.repeat(1, 3, 1, 1, 1), state["conv1.weight"], None, (1, 2, 2), (1, 3, 3))
    x = max_pool3d(relu(norm(x, "bn1")), 3, 2, 1)
    for stage, index in SMALL.list_blocks():
        name, stride = f"layer{stage + 1}.{index}", 2 if index == 0 and stage > 0 else 1
        y = relu(norm(conv3d(x, state[f"{name}.conv1.weight"]), f"{name}.bn1"))
        y = relu(norm(conv3d(y, state[f"{name}.conv2.weight"], None, stride, 1), f"{name}.bn2"))
        y = norm(conv3d(y, state[f"{name}.conv3.weight"]), f"{name}.bn3")
        if index == 0:
            x = norm(conv3d(x, state[f"{name}.downsample.0.weight"], None, stride), f"{name}.downsample.1")
        x = relu(x + y)
    return x.permute(0, 2, 3, 4, 1)


def test_the_folded_trunk_is_the_network_with_its_normalisations():
    state, volume = draw_state(SMALL, 1), draw_volume()
    expected = run_unfolded(state, volume)
    tokens = AstraTrunk(fold_trunk(state, SMALL))(volume)
    assert tokens.shape == (1, *SMALL.grid, SMALL.dimension)
    assert float(expected.abs().max()) > 0.1
    torch.testing.assert_close(tokens, expected, rtol=1e-4, atol=1e-5)


def test_two_volumes_give_two_answers():
    trunk = AstraTrunk(fold_trunk(draw_state(SMALL, 1), SMALL))
    first, second = (trunk(draw_volume(seed)).mean((0, 1, 2, 3)) for seed in (5, 6))
    assert float((first - second).abs().max()) > 1e-3


def test_the_whole_graph_is_the_trunk(tmp_path):
    folded, volume = fold_trunk(draw_state(SMALL, 1), SMALL), draw_volume()
    export_whole(folded, tmp_path / "whole.onnx")
    session = open_session(tmp_path / "whole.onnx")
    tokens = session.run(["tokens"], {"volume": volume.numpy()})[0]
    np.testing.assert_allclose(tokens, AstraTrunk(folded)(volume).numpy(), rtol=1e-4, atol=1e-5)


def test_the_real_sizes_are_those_of_the_published_state_dict():
    shapes = list_shapes(REAL)
    assert REAL.grid == (10, 7, 7) and REAL.dimension == 2048
    assert len(shapes) == 775
    """930 tensors less the 155 counters of batches."""
    numbers = sum(int(np.prod(shape)) for name, shape in shapes.items() if "running" not in name)
    running = sum(int(np.prod(shape)) for name, shape in shapes.items() if "running" in name)
    assert numbers + running == 117_517_787 - 155


@pytest.mark.parametrize("prefix", [ASTRA_PREFIX, "encode_image.i3_resnet.", "module.", f"module.{ASTRA_PREFIX}"])
def test_prefixes_of_the_places_where_the_trunk_stands_are_taken_off(prefix):
    state = draw_state(SMALL, 1)
    folded = fold_trunk({f"{prefix}{name}": value for name, value in state.items()}, SMALL)
    torch.testing.assert_close(folded.stem.weight, fold_trunk(state, SMALL).stem.weight)


def test_a_missing_a_misshapen_and_a_broken_tensor_are_named():
    state = draw_state(SMALL, 1)
    with pytest.raises(UnsuitableWeights, match=r"lack layer2\.0\.bn2\.bias"):
        fold_trunk({name: value for name, value in state.items() if name != "layer2.0.bn2.bias"}, SMALL)
    with pytest.raises(UnsuitableWeights, match=r"conv1\.weight \(4, 1, 3, 7, 7\) for \(4, 3, 3, 7, 7\)"):
        fold_trunk({**state, "conv1.weight": state["conv1.weight"][:, :1]}, SMALL)
    broken = state["layer1.1.conv2.weight"].clone()
    broken[0, 0, 1, 1, 1] = float("nan")
    with pytest.raises(UnsuitableWeights, match=r"no numbers: layer1\.1\.conv2\.weight"):
        fold_trunk({**state, "layer1.1.conv2.weight": broken}, SMALL)
