from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from tui_nn.render.braille import braille, line_points

NUMBERS = {(0, 0): 1, (1, 0): 2, (2, 0): 3, (0, 1): 4, (1, 1): 5, (2, 1): 6, (3, 0): 7, (3, 1): 8}
"""(row, column) -> the number that Unicode gives the dot."""


@pytest.mark.parametrize("place", NUMBERS)
def test_a_dot_has_the_number_of_its_place(place):
    dots = np.zeros((8, 6), dtype=bool)
    dots[4 + place[0], 2 + place[1]] = True

    glyphs = braille(dots)

    assert glyphs.shape == (2, 3)
    assert unicodedata.name(glyphs[1, 1]) == f"BRAILLE PATTERN DOTS-{NUMBERS[place]}"
    assert (np.delete(glyphs.ravel(), 4) == " ").all()


def test_dots_of_a_cell_add_up():
    assert braille(np.ones((4, 2), dtype=bool))[0, 0] == "\u28ff"


@pytest.mark.parametrize("size", [(0, 0), (4, 0), (0, 2)])
def test_no_dots_are_no_glyphs(size):
    assert braille(np.zeros(size, dtype=bool)).size == 0


LINES = np.random.default_rng(1).uniform(-30, 60, size=(2, 40, 2))


def test_a_line_has_no_gaps_and_reaches_both_ends():
    begin, end = np.array([[2.5, 1.5], [20.5, 18.5]]), np.array([[30.5, 9.5], [18.5, 2.5]])
    points = line_points(begin, end, 24, 40)

    for line in (0, 1):
        mine = points.line == line
        path = np.column_stack([points.column[mine], points.row[mine]])
        assert path[0].tolist() == np.floor(begin[line]).tolist()
        assert path[-1].tolist() == np.floor(end[line]).tolist()
        assert (np.abs(np.diff(path, axis=0)).max(axis=1) == 1).all()


def test_points_lie_on_the_line_in_between():
    points = line_points(*LINES, 24, 40)
    expected = (
        LINES[0][points.line] * (1 - points.along[:, None]) + LINES[1][points.line] * points.along[:, None]
    )

    np.testing.assert_array_equal(np.floor(expected), np.column_stack([points.column, points.row]))


def test_cutting_at_the_edges_loses_no_point_of_the_picture():
    cut = line_points(*LINES, 24, 40)
    moved = line_points(LINES[0] + 100, LINES[1] + 100, 300, 300)
    inside = (moved.row >= 100) & (moved.row < 124) & (moved.column >= 100) & (moved.column < 140)

    def named(points, mask, shift):
        places = (
            points.line[mask],
            points.row[mask] - shift,
            points.column[mask] - shift,
            points.number[mask],
        )
        return set(zip(*(values.tolist() for values in places), strict=True))

    assert named(cut, slice(None), 0) == named(moved, inside, 100)


def test_a_line_without_length_is_one_point():
    points = line_points(np.array([[3.2, 4.7]]), np.array([[3.2, 4.7]]), 10, 10)

    assert {(int(r), int(c)) for r, c in zip(points.row, points.column, strict=True)} == {(4, 3)}


def test_no_lines_have_no_points():
    assert len(line_points(np.zeros((0, 2)), np.zeros((0, 2)), 10, 10).line) == 0
