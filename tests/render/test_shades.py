from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import shades, slots
from tui_nn.render.palette import PALETTES


def test_signed_values_spread_over_the_steps():
    assert shades.signed([-1, -0.5, 0, 0.5, 1]).tolist() == [0, 4, 8, 12, 16]
    assert shades.signed([-5, 5], scale=10).tolist() == [4, 12]


def test_values_beyond_the_scale_and_infinite_ones_take_the_ends():
    assert shades.signed([-9, 9, -np.inf, np.inf, 1e300]).tolist() == [0, 16, 0, 16, 16]


def test_a_missing_value_has_a_slot_of_its_own():
    assert shades.signed([np.nan]).tolist() == [slots.MISSING]
    assert shades.classes([[np.nan, 0.5, 0.5]]).tolist() == [slots.MISSING]


@pytest.mark.parametrize("scale", [0.0, -1.0, np.nan, np.inf])
def test_a_scale_that_is_none_falls_back_to_one(scale):
    assert shades.signed([-1, 1], scale=scale).tolist() == [0, 16]


def test_discretized_only_the_sign_counts():
    low, zero, high = shades.signed([-0.01, 0.0, 3.0], discretize=True).tolist()
    assert low < slots.ZERO < zero == high


def test_class_probabilities_show_the_likeliest_class_by_its_confidence():
    found = shades.classes([[1, 0, 0], [0.1, 0.8, 0.1], [0.33, 0.33, 0.34]]).tolist()
    assert found == [slots.class_slot(0, 3), slots.class_slot(1, 2), slots.class_slot(2, 0)]


def test_resampling_takes_the_nearest_sample():
    grid = np.arange(16.0).reshape(4, 4)
    assert shades.resample(grid, 2, 2).tolist() == [[5.0, 7.0], [13.0, 15.0]]
    assert shades.resample(grid, 4, 4) is grid
    assert np.isnan(shades.resample(np.empty((0, 3)), 2, 2)).all()


def test_half_blocks_show_two_samples_a_cell():
    cells = shades.paint(np.array([[1, 2], [3, 2]], dtype=np.int16), PALETTES["truecolor"])
    assert cells.glyphs.tolist() == [["▀", " "]]
    assert (cells.foreground[0, 0], cells.background[0, 0], cells.background[0, 1]) == (1, 3, 2)


def test_empty_samples_leave_the_default_background():
    cells = shades.paint(np.array([[-1, 5], [4, -1], [7, 7]], dtype=np.int16), PALETTES["256"])
    assert cells.lines() == ["▄▀", "▀▀"]
    assert cells.background.tolist() == [[-1, -1], [-1, -1]]
    assert cells.foreground.tolist() == [[4, 5], [7, 7]]


@pytest.mark.parametrize("depth", ["16", "mono", "ascii"])
def test_without_blocks_the_sign_is_in_the_glyph(depth):
    palette = PALETTES[depth]
    cells = shades.paint(shades.signed(np.linspace(-1, 1, 17)[None]), palette)
    line = cells.lines()[0]
    assert set(line[:8]) <= set(palette.glyphs.negative)
    assert set(line[9:]) <= set(palette.glyphs.positive)
    assert line[8] == " "


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_an_empty_grid_is_painted_as_nothing(palette):
    for shape in [(0, 0), (0, 3), (2, 0)]:
        assert shades.paint(np.empty(shape, dtype=np.int16), palette).glyphs.size == 0


def test_pooling_takes_the_means_of_equal_parts():
    assert shades.pool(np.arange(16.0).reshape(4, 4), 2, 2).tolist() == [[2.5, 4.5], [10.5, 12.5]]
