from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.block_grid import block_grid, near_square
from tui_nn.render.palette import PALETTES

TRUECOLOR, ASCII = PALETTES["truecolor"], PALETTES["ascii"]


@pytest.mark.parametrize(
    ("count", "shape"),
    [
        (784, (28, 28)),
        (10, (2, 5)),
        (7, (2, 4)),
        (128, (8, 16)),
        (4, (2, 2)),
        (2, (1, 2)),
        (1, (1, 1)),
        (0, (0, 0)),
    ],
)
def test_grids_are_near_square(count, shape):
    assert near_square(count) == shape


def test_784_values_are_28_by_14_half_block_cells():
    cells = block_grid(np.linspace(-1, 1, 784), TRUECOLOR, 20, 40)
    drawn = cells.background != -1
    assert drawn.sum() == 28 * 14
    assert drawn[:14, :28].all()


def test_few_values_become_larger_blocks():
    cells = block_grid([-1.0, 1.0, 1.0, -1.0], TRUECOLOR, 4, 8)
    assert cells.background.tolist() == [[0] * 4 + [16] * 4] * 2 + [[16] * 4 + [0] * 4] * 2


def test_the_largest_value_has_the_full_color_unless_a_scale_is_given():
    assert set(np.unique(block_grid([5.0, -5.0], TRUECOLOR, 2, 8).background)) >= {0, 16}
    assert set(np.unique(block_grid([5.0, -5.0], TRUECOLOR, 2, 8, scale=10.0).background)) >= {4, 12}


def test_in_ascii_the_glyph_tells_the_sign():
    assert block_grid([1.0, -1.0], ASCII, 1, 2, shape=(1, 2)).lines() == ["#o"]


def test_the_label_stands_above():
    assert block_grid([1.0], ASCII, 2, 8, label="hidden 1").lines()[0] == "hidden 1"


def test_a_selected_value_is_marked():
    cells = block_grid(np.zeros(4), TRUECOLOR, 2, 4, selected=3)
    assert np.argwhere(cells.background == slots.SELECTION).tolist() == [[1, 2]]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (2, 3), (5, 40)])
@pytest.mark.parametrize("values", [[], [np.nan, np.inf], np.zeros(5), np.ones((30, 50)), np.ones(3000)])
def test_any_size_is_drawn(palette, size, values):
    cells = block_grid(values, palette, *size, label="x", selected=1)
    assert (cells.height, cells.width) == size
