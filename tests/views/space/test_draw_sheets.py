from __future__ import annotations

import numpy as np
import pytest

from tui_nn.views.space.draw_sheets import LARGEST_PITCH, unit_grid


@pytest.mark.parametrize("n", [*range(1, 70), 100, 128, 256, 784, 1000, 8192])
def test_units_stand_on_a_nearly_square_sheet_with_few_empty_places(n):
    grid = unit_grid((n,))

    assert grid.rows * grid.columns >= n
    assert (grid.rows - 1) * grid.columns < n, "no row is empty"
    assert grid.rows * grid.columns - n <= max(1, n / 5)
    height, width = grid.extent
    if n > 3:
        assert 0.4 <= height / width <= 2.6


def test_eight_units_are_four_rows_of_two():
    assert (unit_grid((8,)).rows, unit_grid((8,)).columns) == (4, 2)


@pytest.mark.parametrize("shape", [(1,), (8,), (128,), (1, 28, 28), (8, 14, 14), (5, 3, 4)])
def test_each_unit_has_a_place_of_its_own_around_the_middle(shape):
    grid = unit_grid(shape)
    places = grid.places(np.arange(np.prod(shape)))

    apart = np.abs(places[:, None] - places[None]).max(axis=2)[~np.eye(len(places), dtype=bool)]
    assert apart.size == 0 or apart.min() >= 0.99 * grid.pitch
    height, width = grid.extent
    assert (np.abs(places) <= [width / 2 + 1e-9, height / 2 + 1e-9]).all()
    assert height <= 1.0 + 1e-9
    assert grid.pitch <= LARGEST_PITCH


def test_an_image_hangs_as_it_is_looked_at():
    first, right, below = unit_grid((1, 28, 28)).places(np.array([0, 1, 28]))

    assert right[0] > first[0]
    assert right[1] == first[1]
    assert below[1] < first[1]
    assert below[0] == first[0] < 0 < first[1]


def test_maps_hang_beside_each_other_with_room_between_them():
    grid = unit_grid((4, 3, 3))
    places = grid.places(np.arange(36)) / grid.pitch

    second, third = places[9] - places[0], places[18] - places[0]
    assert second.tolist() == pytest.approx([4, 0])
    assert third.tolist() == pytest.approx([0, -4])


def test_outputs_can_stand_below_each_other():
    grid = unit_grid((10,), in_column=True)

    assert (grid.rows, grid.columns) == (10, 1)
    assert np.ptp(grid.places(np.arange(10))[:, 0]) == 0
