from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.network.draw_links import draw_links, link_levels

TRUECOLOR, ASCII, MONO = PALETTES["truecolor"], PALETTES["ascii"], PALETTES["mono"]


def drawn(weights, palette=TRUECOLOR, height=6, width=8, **more):
    weights = np.array(weights, dtype=float)
    sources = np.linspace(0, height - 1, weights.shape[0]).astype(int)
    targets = np.linspace(0, height - 1, weights.shape[1]).astype(int)
    return draw_links(weights, sources, targets, height, width, palette, **more)


def dots(cells):
    return sum(bin(ord(glyph) - 0x2800).count("1") for glyph in cells.glyphs.ravel() if glyph != " ")


def test_the_size_of_a_weight_gives_its_level():
    levels = link_levels(np.array([0.0, 0.02, -0.1, 0.5, -0.9, 7.0, np.nan, np.inf]), 1.0)
    assert levels.tolist() == [-1, -1, 0, 1, 2, 2, -1, 2]


def test_the_sign_gives_the_color():
    assert set(drawn([[0.5]]).foreground.ravel().tolist()) == {-1, slots.link_slot(True, 1)}
    assert set(drawn([[-0.5]]).foreground.ravel().tolist()) == {-1, slots.link_slot(False, 1)}


def test_a_strong_link_is_heavier_than_a_weak_one():
    assert dots(drawn([[0.9]])) > dots(drawn([[0.1]]))


def test_a_link_reaches_from_its_source_to_its_target():
    cells = draw_links(np.array([[0.5]]), np.array([1]), np.array([4]), 6, 8, TRUECOLOR)
    touched = cells.glyphs != " "
    assert touched[1, 0]
    assert touched[4, 7]
    assert touched.any(axis=0).all()
    assert touched[1:5].any(axis=1).all()


def rows_of_dots(cells):
    """Return for each column of dots the rows that have one."""
    bits = ((0, 1, 2, 6), (3, 4, 5, 7))
    grid = np.array([[0 if glyph == " " else ord(glyph) - 0x2800 for glyph in row] for row in cells.glyphs])
    return [
        [
            4 * row + k
            for row in range(cells.height)
            for k in range(4)
            if grid[row, column] >> bits[side][k] & 1
        ]
        for column in range(cells.width)
        for side in (0, 1)
    ]


@pytest.mark.parametrize(("begin", "end"), [(0, 8), (8, 0), (2, 5), (4, 4)])
def test_a_link_is_one_line_that_is_steepest_in_its_middle(begin, end):
    height, width = 9, 20
    columns = rows_of_dots(
        draw_links(np.array([[0.5]]), np.array([begin]), np.array([end]), height, width, TRUECOLOR)
    )
    for column, rows in enumerate(columns):
        # Straight on with weight 0.4, smoothly from level to level with 0.6; a dot's middle is at 0.5.
        t = (column + 0.5) / (2 * width)
        y = 4 * begin + 2 + 4 * (end - begin) * (0.4 * t + 0.6 * (3 * t**2 - 2 * t**3))
        assert rows == list(range(rows[0], rows[-1] + 1))
        assert min(abs(row + 0.5 - y) for row in rows) <= 1
    for before, after in pairwise(columns):
        assert max(before[0], after[0]) <= min(before[-1], after[-1]) + 1, "no gap"
    n_dots = [len(rows) for rows in columns]
    assert sum(n_dots[15:25]) >= max(sum(n_dots[:10]), sum(n_dots[30:]))
    assert {columns[0][0] // 4, columns[-1][0] // 4} == {begin, end}


def test_where_links_cross_the_strongest_shows():
    cells = drawn([[0.0, 0.1], [-0.9, 0.0]], height=7, width=7)
    assert cells.foreground[3, 3] == slots.link_slot(False, 2)


def test_muted_links_lie_below_all_others():
    muted = np.array([[False, False], [True, False]])
    cells = drawn([[0.0, 0.1], [-0.9, 0.0]], height=7, width=7, muted=muted)
    assert cells.foreground[3, 3] == slots.link_slot(True, 0)
    assert slots.LINK_MUTED in cells.foreground


def test_without_color_negative_links_are_dashed():
    assert dots(drawn([[-0.5]], MONO)) < dots(drawn([[0.5]], MONO))


def test_in_ascii_the_signs_share_no_glyph():
    matrix = np.array([[0.5, 0.9, 0.1], [0.2, 0.5, 0.9], [0.5, 0.1, 0.4]])
    positive = set("".join(drawn(matrix, ASCII).lines()))
    negative = set("".join(drawn(-matrix, ASCII).lines()))
    assert positive & negative == {" "}
    assert "".join(positive | negative).isascii()


@pytest.mark.parametrize("sign", [1, -1])
def test_in_ascii_no_link_touches_a_node(sign):
    cells = drawn(sign * np.array([[0.5, 0.9], [0.2, -0.5]]), ASCII)
    assert set(cells.glyphs[:, 0]) | set(cells.glyphs[:, -1]) == {" "}
    assert (cells.glyphs[:, 1] != " ").any()


def test_in_ascii_only_the_strongest_links_of_many_are_drawn():
    weights = np.linspace(0.3, 1.0, 9)[None]
    cells = drawn(weights, ASCII, height=9, width=12)
    assert np.flatnonzero(cells.glyphs[:, -2] != " ").tolist() == [3, 4, 5, 6, 7, 8]


def test_in_ascii_a_chosen_node_shows_all_of_its_links():
    weights = np.linspace(0.3, 1.0, 9)[None]
    cells = drawn(weights, ASCII, height=9, width=12, muted=np.zeros((1, 9), dtype=bool))
    assert (cells.glyphs[:, -2] != " ").all()


def test_in_ascii_a_line_goes_the_straight_way_with_one_glyph_a_step():
    cells = draw_links(np.array([[0.5]]), np.array([0]), np.array([3]), 4, 6, ASCII)
    assert cells.lines() == [" \\    ", "  \\   ", "   \\  ", "    - "]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 0), (0, 4), (4, 1)])
def test_any_gutter_is_drawn(palette, size):
    cells = draw_links(np.ones((1, 1)), np.array([0]), np.array([0]), *size, palette)
    assert (cells.height, cells.width) == size
