from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data.key_shapes import KEY_SHAPES
from tui_nn.data.skeletons import HANDWRITTEN, parse_skeleton


def test_a_corner_shares_its_point_and_a_lift_does_not() -> None:
    skeleton = parse_skeleton("0,5 10,5 / 10,40 | 1,2 3,4")
    assert skeleton.points.tolist() == [[0, 5], [10, 5], [10, 40], [1, 2], [3, 4]]
    assert skeleton.curves == ((0, 1), (1, 2), (3, 4))
    assert skeleton.lifts == (True, False, True)


def test_there_are_many_ways_of_writing_each_digit() -> None:
    assert len(HANDWRITTEN) == len(KEY_SHAPES) == 10
    assert min(map(len, HANDWRITTEN)) >= 6
    assert sum(map(len, HANDWRITTEN)) >= 72
    assert min(map(len, KEY_SHAPES)) >= 6


@pytest.mark.parametrize("digit", range(10))
def test_every_way_of_writing_can_be_read_and_has_lines_only(digit: int) -> None:
    for text in [text for _, text in HANDWRITTEN[digit]] + list(KEY_SHAPES[digit]):
        skeleton = parse_skeleton(text)
        assert min(map(len, skeleton.curves)) >= 2, text
        assert np.abs(skeleton.points).max() <= 130, text
    assert all(frequency >= 1 for frequency, _ in HANDWRITTEN[digit])
