"""The linear head: unit embedding, heat that adds up to the cosine, the graph like the reference."""

import numpy as np
import pytest

from voxct.ctclip.graphs_check import check_part
from voxct.onnx_session import open_session
from voxct.pack.linear_head import LinearHead, write_linear_head

GRID, WIDTH, DIMENSION = (3, 2, 4), 10, 6
random = np.random.default_rng(4)


def draw_head() -> LinearHead:
    return LinearHead(
        random.standard_normal((DIMENSION, WIDTH)).astype(np.float32), random.uniform(1, 2, WIDTH).astype(np.float32)
    )


def draw_tokens() -> np.ndarray:
    """Of one sign and far from zero, as tokens behind a rectifier are."""
    return random.gamma(2, 1, (*GRID, WIDTH)).astype(np.float32)


def run_graph(path, tokens, directions):
    session = open_session(path)
    return session.run(["embedding", "heat"], {"tokens": tokens[None], "directions": directions.astype(np.float32)})


def test_the_heat_of_any_direction_adds_up_to_its_cosine_with_the_embedding(tmp_path):
    head, tokens = draw_head(), draw_tokens()
    directions = random.standard_normal((5, DIMENSION))
    write_linear_head(tmp_path / "head.onnx", head, GRID, ("wasm",))
    for embedding, heat in (head.look(tokens, directions), run_graph(tmp_path / "head.onnx", tokens, directions)):
        unit = embedding.reshape(-1)
        cosines = directions @ unit / np.linalg.norm(directions, axis=1)
        assert np.linalg.norm(unit) == pytest.approx(1, abs=1e-6)
        assert heat.shape == (5, *GRID)
        np.testing.assert_allclose(heat.sum((1, 2, 3)), cosines, atol=2e-6)


def test_the_embedding_is_that_of_the_centred_mean_token(tmp_path):
    head, tokens = draw_head(), draw_tokens()
    write_linear_head(tmp_path / "head.onnx", head, GRID, ("wasm",))
    embedding, _ = run_graph(tmp_path / "head.onnx", tokens, np.eye(DIMENSION))
    raw = head.projection @ (tokens.reshape(-1, WIDTH).mean(0) - head.mean)
    np.testing.assert_allclose(embedding[0], raw / np.linalg.norm(raw), atol=2e-6)
    np.testing.assert_allclose(head.embed(tokens.mean((0, 1, 2))), embedding[0], atol=2e-6)


def test_a_token_that_alone_lies_off_the_mean_has_all_the_heat(tmp_path):
    head = draw_head()
    tokens = np.broadcast_to(head.mean, (*GRID, WIDTH)).copy()
    tokens[1, 0, 2] += random.standard_normal(WIDTH).astype(np.float32)
    write_linear_head(tmp_path / "head.onnx", head, GRID, ("wasm",))
    embedding, _ = run_graph(tmp_path / "head.onnx", tokens, np.eye(DIMENSION))
    _, heat = run_graph(tmp_path / "head.onnx", tokens, embedding)
    assert heat[0, 1, 0, 2] == pytest.approx(1, abs=1e-4)
    assert np.abs(heat).sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("scale", [1e-20, 1e-3, 1e18])
def test_lengths_hold_at_any_scale_of_the_weights(tmp_path, scale):
    head, tokens = draw_head(), draw_tokens()
    scaled = LinearHead((head.projection * np.float32(scale)).astype(np.float32), head.mean)
    write_linear_head(tmp_path / "head.onnx", head, GRID, ("wasm",))
    write_linear_head(tmp_path / "scaled.onnx", scaled, GRID, ("wasm",))
    plain = run_graph(tmp_path / "head.onnx", tokens, np.eye(DIMENSION))
    other = run_graph(tmp_path / "scaled.onnx", tokens, np.eye(DIMENSION))
    np.testing.assert_allclose(other[0], plain[0], rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(scaled.embed(tokens.mean((0, 1, 2))), plain[0][0], rtol=1e-4, atol=1e-6)


def test_a_scan_at_the_mean_itself_gives_numbers(tmp_path):
    head = draw_head()
    write_linear_head(tmp_path / "head.onnx", head, GRID, ("wasm",))
    tokens = np.broadcast_to(head.mean, (*GRID, WIDTH)).astype(np.float32)
    embedding, heat = run_graph(tmp_path / "head.onnx", tokens, np.zeros((2, DIMENSION)))
    assert np.isfinite(embedding).all() and np.isfinite(heat).all()


def test_a_head_that_does_not_fit_or_holds_no_numbers_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        LinearHead(np.zeros((2, 3), np.float32), np.zeros(4, np.float32))
    with pytest.raises(ValueError, match="no numbers"):
        LinearHead(np.full((2, 3), np.nan, np.float32), np.zeros(3, np.float32))


def test_a_head_of_the_real_size_runs_on_webgpu(tmp_path):
    head = LinearHead(np.ones((512, 2048), np.float32), np.zeros(2048, np.float32))
    part = write_linear_head(tmp_path / "head.onnx", head, (10, 7, 7), ("webgpu", "wasm"))
    check_part(tmp_path / "head.onnx", webgpu=True)
    assert part["providers"] == ["webgpu", "wasm"] and part["bytes"] < 5e6
