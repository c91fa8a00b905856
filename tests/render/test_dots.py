from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.cells import blank
from tui_nn.render.dots import Layer, draw_dots, line_dots
from tui_nn.render.palette import ASCII, COLORS_256
from tui_nn.render.plane import Plane

PLANE = Plane((0.0, 4.0), (0.0, 8.0), rows=2, columns=2)
"""With braille a dot is one unit wide and high, four across and eight down."""


def lit(lines: object) -> list[tuple[int, int]]:
    return [tuple(at) for at in np.argwhere(line_dots(lines, PLANE, COLORS_256)).tolist()]


def test_a_line_is_without_gaps() -> None:
    assert lit([[(0.5, 7.5), (3.5, 4.5)]]) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_line_is_cut_off_at_the_edges() -> None:
    assert lit([[(-1e6, 6.5), (1e6, 6.5)]]) == [(1, 0), (1, 1), (1, 2), (1, 3)]


def test_a_line_beside_the_plane_is_not_there() -> None:
    assert lit([[(5.0, -3.0), (5.0, 20.0)], [(-9.0, 1.0), (-1.0, 1.0)]]) == []


@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_a_point_that_is_not_finite_is_a_gap(hole: float) -> None:
    assert lit([[(0.5, 0.5), (hole, 0.5), (2.5, 0.5), (3.5, 0.5)]]) == [(7, 2), (7, 3)]


def test_a_point_alone_is_a_dot() -> None:
    assert lit([[(1.5, 7.5), (1.5, 7.5)]]) == [(0, 1)]


def test_in_ascii_a_dot_is_a_cell() -> None:
    assert line_dots([[(0.5, 7.5), (3.5, 0.5)]], PLANE, ASCII).tolist() == [[True, False], [False, True]]


def test_the_upper_layer_owns_a_cell() -> None:
    lower, upper = (np.zeros((8, 4), dtype=bool) for _ in range(2))
    lower[0, 0] = lower[0, 2] = upper[3, 1] = True
    cells = blank(2, 2)

    draw_dots(cells, [Layer(lower, slots.AXIS), Layer(upper, slots.ACCENT)], COLORS_256, 0, 0)

    assert cells.lines() == ["⢀⠁", "  "]
    assert cells.foreground[0].tolist() == [slots.ACCENT, slots.AXIS]


def test_no_room_is_no_error() -> None:
    nothing = Plane((0, 1), (0, 1), rows=0, columns=0)

    assert line_dots([[(0, 0), (1, 1)]], nothing, COLORS_256).shape == (0, 0)
    assert line_dots(np.zeros((0, 5, 2)), PLANE, COLORS_256).sum() == 0


def test_a_short_line_is_as_long_as_it_is() -> None:
    assert lit([[(2.9, 7.5), (3.1, 7.5)]]) == [(0, 2), (0, 3)]
