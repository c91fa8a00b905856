from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_thumbnail import thumbnail

UNIT = ((0.0, 1.0), (0.0, 1.0))
CORNERS = Points(np.array([(0.1, 0.9), (0.9, 0.1)]), np.array([0, 1]))


def test_each_sample_is_a_half_cell_in_the_color_of_its_class():
    cells = thumbnail(CORNERS, PALETTES["truecolor"], 1, 2, UNIT)
    assert cells.lines() == ["▀▄"]
    assert cells.foreground[0, 0] < slots.ZERO < cells.foreground[0, 1]


def test_in_ascii_each_class_has_its_glyph():
    assert thumbnail(CORNERS, PALETTES["ascii"], 2, 2, UNIT).lines() == ["A ", " B"]


def test_the_larger_class_of_a_place_shows():
    crowd = Points(np.full((3, 2), 0.5), np.array([2, 2, 0]))
    assert thumbnail(crowd, PALETTES["ascii"], 1, 1, UNIT, n_classes=3).lines() == ["C"]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (4, 8)])
def test_any_size_is_drawn(palette, size):
    cells = thumbnail(CORNERS, palette, *size, UNIT)
    assert (cells.height, cells.width) == size
