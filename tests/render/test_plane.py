from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render.plane import Plane, largest_map, number, numbers, ticks


def test_y_grows_upward():
    plane = Plane((0.0, 4.0), (0.0, 2.0), rows=2, columns=4)
    assert plane.cells([(0.5, 1.5), (3.5, 0.5)]).tolist() == [[0, 0], [1, 3]]


def test_the_edges_belong_to_the_map_and_what_lies_outside_does_not():
    plane = Plane((-6.0, 6.0), (-6.0, 6.0), rows=10, columns=20)
    assert plane.cells([(-6, 6), (6, -6)]).tolist() == [[0, 0], [9, 19]]
    assert plane.cells([(6.1, 0), (0, np.nan), (np.inf, 0)]).tolist() == [[-1, -1]] * 3


def test_the_centers_of_the_samples_lie_in_their_own_cells():
    plane = Plane((-1.0, 3.0), (-2.0, 2.0), rows=3, columns=5)
    found = plane.cells(plane.centers(2)).reshape(6, 5, 2)
    assert (found[:, :, 0] == np.arange(6)[:, None] // 2).all()
    assert (found[:, :, 1] == np.arange(5)).all()


@pytest.mark.parametrize(
    ("area", "expected"), [((20, 60), (20, 40)), ((20, 30), (15, 30)), ((1, 1), (1, 1)), ((0, 9), (0, 0))]
)
def test_a_square_is_twice_as_many_columns_as_rows(area, expected):
    assert largest_map(*area) == expected


def test_numbers_of_an_axis_can_be_told_apart():
    assert numbers([500_000.0, 500_005.0, 500_010.0]) == ["500000", "500005", "500010"]
    assert numbers([-5.0, 0.0, 5.0]) == ["-5", "0", "5"]


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (-6, 6, 5, [-5, 0, 5]),
        (0, 1, 3, [0, 0.5, 1]),
        (-1.6, 2.6, 5, [-1, 0, 1, 2]),
        (0, 0, 3, []),
        (0, 1, 0, []),
    ],
)
def test_ticks_are_round_numbers_within_the_range(low, high, most, expected):
    assert ticks(low, high, most) == pytest.approx(expected)


def test_ticks_survive_numbers_that_are_none():
    assert ticks(float("nan"), 1, 4) == ticks(0, float("inf"), 4) == []


@pytest.mark.parametrize(("value", "text"), [(5.0, "5"), (-0.5, "-0.5"), (1e6, "1e6"), (1e-7, "1e-7")])
def test_axis_numbers_are_short(value, text):
    assert number(value) == text
