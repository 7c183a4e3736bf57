"""Stored features: appended, whole after a stop, read beside a writer."""

import numpy as np
import pytest

from voxct.pack.feature_store import FeatureStore, OtherEncoder, read_features, read_tokens

MODEL = {"trunk": "abc"}
GRID, WIDTH = (2, 3, 1), 5
random = np.random.default_rng(2)


def draw(count):
    return random.gamma(2, 1, (count, *GRID, WIDTH)).astype(np.float32)


def fill(folder, tokens, start=0):
    store = FeatureStore(folder, MODEL)
    for number, each in enumerate(tokens, start=start):
        store.add({"id": f"case-{number}", "report": "größer"}, each)


def test_cases_of_two_runs_lie_in_one_array_that_numpy_opens(tmp_path):
    tokens = draw(12)
    fill(tmp_path, tokens[:9])
    fill(tmp_path, tokens[9:], start=9)
    features, index = read_features(tmp_path)
    assert [line["id"] for line in index] == [f"case-{n}" for n in range(12)]
    assert features.dtype == np.float32
    np.testing.assert_allclose(features, tokens.mean((1, 2, 3)), rtol=1e-6)
    np.testing.assert_array_equal(np.load(tmp_path / "features.npy"), features)
    np.testing.assert_array_equal(np.load(tmp_path / "tokens.npy"), tokens.astype(np.float16))
    np.testing.assert_array_equal(read_tokens(tmp_path, 4), tokens[:4].astype(np.float16))


@pytest.mark.parametrize("lost", [0, 7, 30])
def test_a_case_whose_line_was_not_written_is_made_again(tmp_path, lost):
    tokens = draw(3)
    fill(tmp_path, tokens)
    index = tmp_path / "index.jsonl"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(lines[:2]) + lines[2][:lost])
    assert len(read_features(tmp_path)[1]) == 2
    other = draw(1)
    fill(tmp_path, other, start=2)
    features, written = read_features(tmp_path)
    assert len(features) == len(written) == 3
    np.testing.assert_allclose(features[2], other[0].mean((0, 1, 2)), rtol=1e-6)
    np.testing.assert_allclose(np.load(tmp_path / "features.npy")[:2], tokens[:2].mean((1, 2, 3)), rtol=1e-6)


def test_features_of_another_encoder_are_not_mixed_in(tmp_path):
    fill(tmp_path, draw(1))
    with pytest.raises(OtherEncoder, match="another encoder"):
        FeatureStore(tmp_path, {"trunk": "other"})


def test_tokens_need_not_be_kept(tmp_path):
    store = FeatureStore(tmp_path, MODEL, keep_tokens=False)
    store.add({"id": "a"}, draw(1)[0])
    assert not (tmp_path / "tokens.npy").exists()
    assert read_features(tmp_path)[0].shape == (1, WIDTH)
