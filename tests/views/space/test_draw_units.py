"""How light a unit is by its depth, and what a ball looks like where colors are few."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.space.draw_sheets import Sheet, unit_grid
from tui_nn.views.space.draw_units import FAR_LIGHT, Layer, Units, draw_units, light
from tui_nn.views.space.draw_viewpoint import Seen

HEIGHT, WIDTH = 12, 24
RADIUS_DOTS = 0.42 * 10
"""Of a unit with full value on a sheet whose units are 10 dots apart."""


def ball(value: float, distance: float = 10) -> Layer:
    """Return a unit in the middle of a picture, so many dots from where others would be."""
    one = np.ones(1)
    sheet = Sheet("layer", "l", unit_grid((1,)), np.arange(1), np.array([value]))
    seen = Seen(one * WIDTH, one * HEIGHT * 2, one * 0, one * distance * 4)
    return draw_units([Units(sheet, seen, 3.0)], PALETTES["16"], HEIGHT, WIDTH, 1.0)


def dots(layer: Layer) -> int:
    return sum((ord(glyph) - 0x2800).bit_count() for glyph in layer.cells.glyphs.ravel() if glyph != " ")


def test_light_falls_evenly_from_the_nearest_to_the_farthest() -> None:
    depths = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])

    np.testing.assert_allclose(light(depths, 2.0), np.linspace(1.0, FAR_LIGHT, 5))


def test_beyond_the_reach_light_stays_what_it_is_at_its_ends() -> None:
    np.testing.assert_allclose(light(np.array([-9.0, 9.0]), 2.0), [1.0, FAR_LIGHT])


@pytest.mark.parametrize(
    ("value", "sign"), [(1.0, 1), (0.09, 1), (0.05, 0), (-0.05, 0), (-0.09, -1), (-1.0, -1)]
)
def test_a_ball_has_the_brightest_color_of_its_sign(value: float, sign: int) -> None:
    layer = ball(value)
    is_drawn = np.isfinite(layer.rank)

    assert is_drawn.any()
    assert set(layer.cells.foreground[is_drawn]) == {slots.glow_slot(sign, slots.GLOW_LEVELS - 1)}
    assert set(layer.cells.foreground[~is_drawn]) == {-1}
    assert set(layer.rank[is_drawn]) == {3.0}


def test_a_ball_is_a_disc_of_dots_and_below_zero_the_ring_around_it() -> None:
    disc, ring = np.pi * RADIUS_DOTS**2, np.pi * (RADIUS_DOTS**2 - (RADIUS_DOTS - 1.4) ** 2)

    assert dots(ball(1.0)) == pytest.approx(disc, rel=0.2)
    assert dots(ball(-1.0)) == pytest.approx(ring, rel=0.2)


def test_of_a_ball_with_hardly_a_value_every_other_dot_of_a_ring_is_drawn() -> None:
    layer = ball(0.07, distance=40)
    bits = np.array([[0, 3], [1, 4], [2, 5], [6, 7]])
    is_dot = np.zeros((HEIGHT * 4, WIDTH * 2), dtype=bool)
    for row, column in np.argwhere(layer.cells.glyphs != " "):
        shape = ord(layer.cells.glyphs[row, column]) - 0x2800
        is_dot[4 * row : 4 * row + 4, 2 * column : 2 * column + 2] = shape >> bits & 1
    row, column = np.nonzero(is_dot)
    away = np.hypot(row + 0.5 - HEIGHT * 2, column + 0.5 - WIDTH)
    radius = 40 * (0.2 + 0.22 * 0.07)

    assert set((row + column) % 2) == {0}
    assert len(row) == pytest.approx(np.pi * (radius**2 - (radius - 1.4) ** 2) / 2, rel=0.25)
    assert radius - 2.4 < away.min() < away.max() < radius + 1
