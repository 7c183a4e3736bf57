"""The limits that CT-CLIP's graphs are held to, and the arithmetic of their weights."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from voxct.ct.attention import CosineAttention
from voxct.ctclip.config import FULL, REDUCED
from voxct.ctclip.graphs_check import check_part, measure_tensors
from voxct.ctclip.graphs_layers import fold_norm
from voxct.ctclip.graphs_layout import WEBGPU_BINDING, cut
from voxct.ctclip.graphs_linear import quantise_blocks
from voxct.ctclip.tower import to_tower_config


def test_a_tensor_beyond_a_storage_buffer_is_refused(tmp_path):
    half = WEBGPU_BINDING // 8
    for name, length, node in (("fits", half, "Tanh"), ("large", half, "Concat")):
        inputs = ["x"] if node == "Tanh" else ["x", "x", "x"]
        middle = helper.make_node(node, inputs, ["middle"], **({} if node == "Tanh" else {"axis": 0}))
        end = helper.make_node("ReduceSum", ["middle"], ["y"], keepdims=0)
        values = [helper.make_tensor_value_info(*value) for value in (("x", 1, [length]), ("y", 1, []))]
        graph = helper.make_graph([middle, end], name, values[:1], values[1:])
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)]), tmp_path / f"{name}.onnx")
    check_part(tmp_path / "fits.onnx", webgpu=True)
    with pytest.raises(ValueError, match=r"large\.onnx: middle has 192 MiB"):
        check_part(tmp_path / "large.onnx", webgpu=True)


def test_a_tensor_of_unknown_size_is_not_passed_over():
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [4]) for name in ("x", "y")]
    node = helper.make_node("Unheard", ["x"], ["y"], domain="com.microsoft")
    graph = helper.make_graph([node], "unknown", values[:1], values[1:])
    versions = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    with pytest.raises(ValueError, match="size of y is not known"):
        measure_tensors(helper.make_model(graph, opset_imports=versions))


def test_attention_of_the_full_size_is_cut_below_the_limit():
    length = FULL.grid[1] * FULL.grid[2]
    sizes = cut(FULL.grid[0], 96 * 2**20 // (4 * FULL.heads * length * length))
    assert sum(sizes) == FULL.grid[0]
    assert max(sizes) * FULL.heads * length * length * 4 <= WEBGPU_BINDING
    assert cut(5, 100) == [5] and cut(7, 3) == [2, 3, 2]


def test_a_shifted_query_norm_is_refused():
    attention = CosineAttention(to_tower_config(REDUCED))
    assert np.abs(fold_norm(attention).sum(axis=1)).max() < 1e-5
    attention.norm.beta.add_(0.1)
    with pytest.raises(ValueError, match="shift"):
        fold_norm(attention)


@pytest.mark.parametrize(("bits", "error"), [(8, 0.005), (4, 0.08)])
def test_block_quantisation_keeps_every_weight_within_half_a_step(bits, error):
    weight = np.random.default_rng(1).standard_normal((6, 70)).astype(np.float32)
    values, scales = quantise_blocks(weight, bits)
    if bits == 4:
        values = np.stack([values & 15, values >> 4], -1).reshape(6, 3, 32)
    restored = ((values.astype(np.float32) - 2 ** (bits - 1)) * scales.reshape(6, 3, 1)).reshape(6, 96)
    assert np.abs(restored[:, :70] - weight).max() <= error * np.abs(weight).max()
    assert not restored[:, 70:].any()
