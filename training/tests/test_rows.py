"""Rows of the results table on disk."""

from pathlib import Path

import numpy as np
import pytest

from voxct.rows import RowCard, list_rows, read_row, write_row, write_row_json

CARD = RowCard("supervised-s1", "supervised", "3-D CNN", "CT-Net", 1, "python scripts/train_supervised.py", "none")


def make_scores(n: int = 5) -> dict:
    source = np.random.default_rng(0)
    return {
        "labels": source.integers(0, 2, (n, 18)),
        "scores": source.normal(size=(n, 18)),
        "seeds": np.arange(3_000_000, 3_000_000 + n),
        "embeddings": source.normal(size=(n, 128)),
    }


def test_a_row_comes_back_as_it_was_written(tmp_path: Path) -> None:
    folder, arrays = tmp_path / CARD.id, make_scores()
    write_row(folder, "internal", **arrays)
    write_row(folder, "external", arrays["labels"], arrays["scores"], arrays["seeds"])
    write_row_json(folder, CARD)
    card, splits = read_row(folder)
    assert card == CARD and list(splits) == ["internal", "external"]
    np.testing.assert_allclose(splits["internal"].scores, arrays["scores"], rtol=1e-6)
    np.testing.assert_array_equal(splits["internal"].labels, arrays["labels"])
    np.testing.assert_array_equal(splits["internal"].seeds, arrays["seeds"])
    assert splits["internal"].embeddings.dtype == np.float32 and splits["external"].embeddings is None
    assert list_rows(tmp_path) == [folder]


def test_wrong_shapes_splits_and_names_are_refused(tmp_path: Path) -> None:
    arrays = make_scores()
    folder = tmp_path / "other"
    with pytest.raises(ValueError, match="none of"):
        write_row(folder, "test", **arrays)
    with pytest.raises(ValueError, match="shapes"):
        write_row(folder, "internal", **{**arrays, "scores": arrays["scores"][:4]})
    with pytest.raises(ValueError, match="finite"):
        write_row(folder, "internal", **{**arrays, "scores": arrays["scores"] * np.nan})
    with pytest.raises(ValueError, match="in folder"):
        write_row_json(folder, CARD)
