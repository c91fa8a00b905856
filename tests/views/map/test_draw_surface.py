from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.render import slots
from tui_nn.render.color import luminance, rgb
from tui_nn.render.palette import PALETTES, palette_for
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_surface import decision_map, map_area

TRUECOLOR, ASCII = PALETTES["truecolor"], PALETTES["ascii"]
UNIT = ((0.0, 1.0), (0.0, 1.0))


def points(positions, labels, **flags):
    flags = {name: np.array(value, dtype=bool) for name, value in flags.items()}
    return Points(np.array(positions, dtype=float).reshape(-1, 2), np.array(labels, dtype=int), **flags)


def test_the_map_fills_the_largest_square():
    cells = decision_map(np.ones((20, 20)), TRUECOLOR, 10, 30)
    assert (cells.background[:, :20] == 16).all()
    assert (cells.background[:, 20:] == -1).all()


def test_the_first_row_of_the_surface_is_on_top():
    surface = np.repeat([[1.0], [-1.0]], 2, axis=1)
    cells = decision_map(surface, TRUECOLOR, 1, 2)
    assert cells.lines() == ["▀▀"]
    assert cells.foreground.tolist() == [[16, 16]]
    assert cells.background.tolist() == [[0, 0]]


def test_two_probabilities_are_the_signed_scale_and_three_are_classes():
    two = decision_map(np.full((2, 2, 2), [0.0, 1.0]), TRUECOLOR, 1, 2)
    three = decision_map(np.full((2, 2, 3), [0.0, 0.0, 1.0]), TRUECOLOR, 1, 2)
    assert two.background.tolist() == [[16, 16]]
    assert three.background.tolist() == [[slots.class_slot(2)] * 2]


def test_a_surface_of_another_shape_is_resampled():
    cells = decision_map(np.linspace(-1, 1, 7 * 9).reshape(7, 9), TRUECOLOR, 6, 12)
    assert (cells.background != -1).all()


def test_each_class_has_its_own_glyph_in_an_ink_that_can_be_read():
    shown = decision_map(
        np.full((4, 4), -1.0), TRUECOLOR, 2, 4, domain=UNIT, points=points([(0.1, 0.9), (0.9, 0.9)], [0, 1])
    )
    assert shown.lines()[0] == "●  ○"
    assert shown.foreground[0, 0] == slots.ink_slot(0, light=TRUECOLOR.is_dark[0])
    assert shown.background[0, 0] == 0


def test_a_point_lies_on_the_color_of_its_own_half():
    surface = np.repeat([[1.0], [-1.0]], 2, axis=1)
    upper = decision_map(surface, TRUECOLOR, 1, 2, domain=UNIT, points=points([(0.1, 0.9)], [1]))
    lower = decision_map(surface, TRUECOLOR, 1, 2, domain=UNIT, points=points([(0.1, 0.1)], [1]))
    assert (upper.background[0, 0], lower.background[0, 0]) == (16, 0)


def test_points_on_a_map_of_glyphs_have_an_ink_that_can_be_read_on_the_dark_ground_of_a_terminal():
    colored = palette_for("256", ascii_only=True)
    both = points([(0.1, 0.1), (0.9, 0.9)], [0, 1])
    cells = decision_map(np.ones((8, 8)), colored, 8, 16, domain=UNIT, points=both)
    inks = {cells.foreground[cells.glyphs == glyph].item() for glyph in "AB"}
    assert min(luminance(rgb(colored.colors[ink])) for ink in inks) > 0.5


def test_wrong_and_test_points_have_other_glyphs():
    given = points(
        [(0.1, 0.45), (0.4, 0.45), (0.6, 0.45), (0.9, 0.45)], [0] * 4, wrong=[0, 1, 0, 1], test=[0, 0, 1, 1]
    )
    cells = decision_map(None, ASCII, 10, 20, domain=UNIT, points=given)
    assert cells.lines()[5].split() == ["A", "X", "a", "x"]


def test_in_a_shared_cell_the_wrong_point_shows():
    given = points([(0.5, 0.5)] * 3, [0] * 3, wrong=[0, 1, 0], test=[1, 0, 0])
    assert "X" in "".join(decision_map(None, ASCII, 1, 1, domain=UNIT, points=given).lines())


def test_points_never_hide_the_map():
    rng = np.random.default_rng(0)
    crowd = points(rng.uniform(0, 1, (5000, 2)), rng.integers(0, 2, 5000))
    for palette, share in ((TRUECOLOR, 0.25), (ASCII, 0.125)):
        cells = decision_map(np.zeros((40, 40)), palette, 20, 40, domain=UNIT, points=crowd)
        assert 0.9 * share <= np.isin(cells.glyphs, list(palette.glyphs.train)).mean() <= share


def test_a_target_near_zero_has_a_small_glyph():
    cells = decision_map(None, ASCII, 2, 4, domain=UNIT, points=points([(0.5, 0.5)], [-1]))
    assert ASCII.glyphs.near_zero in "".join(cells.lines())


def test_points_outside_the_plane_are_left_out():
    given = points([(9.0, 0.5), (np.nan, 0.5)], [0, 1])
    assert "".join(decision_map(None, ASCII, 2, 4, domain=UNIT, points=given).lines()).strip() == ""


def test_the_cursor_marks_its_cell():
    cells = decision_map(None, ASCII, 2, 4, domain=UNIT, cursor=(0.99, 0.01))
    assert cells.lines() == ["    ", "   @"]
    assert cells.background[1, 3] == slots.SELECTION


@pytest.mark.parametrize(
    ("cursor", "row", "column"),
    [((0.0, 1.0), 0, 0), ((0.99, 0.99), 0, 3), ((0.3, 0.6), 0, 1), ((0.6, 0.4), 1, 2)],
)
def test_the_cursor_is_seen_in_every_row(cursor, row, column):
    cells = decision_map(None, ASCII, 2, 4, domain=UNIT, cursor=cursor)
    assert np.argwhere(cells.background == slots.SELECTION).tolist() == [[row, column]]


@pytest.mark.parametrize("cursor", [(-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_cursor_outside_marks_nothing(cursor):
    assert (decision_map(None, ASCII, 2, 4, domain=UNIT, cursor=cursor).background == -1).all()


def test_axes_name_round_numbers_beside_the_map():
    cells = decision_map(np.zeros((2, 2)), ASCII, 13, 40, axes=True)
    area = map_area(13, 40, ((-6.0, 6.0), (-6.0, 6.0)), axes=True)
    lines = cells.lines()
    assert (area.column, area.plane.rows, area.plane.columns) == (3, 12, 24)
    assert [line[:3].strip() for line in lines if line[:2].strip()] == ["5+", "0+", "-5+"]
    assert lines[12].split() == ["-5", "0", "5"]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_a_missing_answer_is_not_drawn_as_a_value(palette):
    cells = decision_map(np.full((4, 4), np.nan), palette, 2, 4)
    assert set(cells.lines()[0]) == ({" "} if palette.has_blocks else {"?"})
    assert slots.MISSING in (cells.background if palette.has_blocks else cells.foreground)


def test_ascii_maps_are_ascii():
    given = points([(0, 0), (1, 2)], [0, 4], wrong=[0, 1])
    surface = np.linspace(-1, 1, 400).reshape(20, 20)
    text = "".join(decision_map(surface, ASCII, 20, 50, points=given, axes=True, cursor=(1, 1)).lines())
    assert text.isascii()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 9),
    st.integers(0, 30),
    st.sampled_from(sorted(PALETTES)),
    st.booleans(),
    st.sampled_from([(0, 0), (1, 1), (5, 7), (8, 8, 2), (8, 8, 5)]),
)
def test_any_size_is_drawn(height, width, depth, axes, shape):
    given = points([(0, 0), (5.9, -5.9), (7, 7)], [0, 1, 4], wrong=[0, 1, 0])
    cells = decision_map(
        np.zeros(shape), PALETTES[depth], height, width, points=given, axes=axes, cursor=(0, 0)
    )
    assert (cells.height, cells.width) == (height, width)
