"""The area input: the averages of torch's adaptive pooling, the foreground's box, axes by name."""

import numpy as np
import pytest
import torch
from torch.nn.functional import interpolate

from voxct.corpora.area_input import area_spec, average_axis, crop_to_foreground
from voxct.corpora.ct_input import prepare_input
from voxct.corpora.volumes import HuVolume

random = np.random.default_rng(3)


@pytest.mark.parametrize("size", [(7, 9, 5), (12, 12, 12), (30, 3, 17), (1, 2, 3)])
def test_the_resize_is_torch_s_area(size):
    values = random.uniform(-1024, 3000, (12, 17, 9)).astype(np.float32)
    resized = values
    for axis, n in enumerate(size):
        resized = average_axis(resized, axis, n)
    expected = interpolate(torch.from_numpy(values)[None, None], size=size, mode="area")[0, 0].numpy()
    np.testing.assert_allclose(resized, expected, atol=2e-3)


def test_integers_are_averaged_as_numbers_and_not_in_their_own_type():
    values = np.full((4, 3, 3), 30000, np.int16)
    assert average_axis(values, 0, 2).tolist() == np.full((2, 3, 3), 30000.0).tolist()


def test_the_foreground_s_box_holds_every_voxel_above_the_threshold():
    values = np.full((6, 7, 8), -1000, np.int16)
    values[2, 1, 5] = values[4, 3, 2] = -999
    assert crop_to_foreground(values, -1000).shape == (3, 3, 4)


def test_a_volume_without_foreground_stays_whole():
    values = np.full((6, 7, 8), -1024, np.int16)
    assert crop_to_foreground(values, -1000).shape == (6, 7, 8)


def test_axes_turn_to_superior_right_anterior_and_values_are_scaled_after_the_resize():
    """Half of a bin at 3000 HU, half at -1000: 1000 HU on average, which is clipped; clipping first would give 0.5."""
    values = np.full((4, 4, 4), -1000, np.float32)
    values[0] = values[2] = 3000
    stored = HuVolume(values, "SLP", (1.0, 1.0, 1.0))
    given = prepare_input(stored, area_spec((2, 4, 4)))
    np.testing.assert_array_equal(given[1], 1)
    turned = HuVolume(values.transpose(2, 1, 0)[::-1, ::-1], "ARS", (1.0, 1.0, 1.0))
    np.testing.assert_array_equal(prepare_input(turned, area_spec((2, 4, 4))), given)
