from __future__ import annotations

import pytest

from tui_nn.render import slots
from tui_nn.render.big_digit import LARGE, MEDIUM, SMALL, big_digit
from tui_nn.render.palette import PALETTES

DIGITS = "0123456789"


SIZES = {(4, 6): SMALL, (5, 8): MEDIUM, (10, 16): LARGE}
"""Rows and columns of cells."""


@pytest.mark.parametrize("size", SIZES.values(), ids=map(str, SIZES))
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_digit_has_its_own_shape(palette, size):
    shapes = {tuple(big_digit(digit, palette, size).lines()) for digit in DIGITS}

    assert len(shapes) == 10
    assert tuple(big_digit("?", palette, size).lines()) not in shapes


@pytest.mark.parametrize("area", SIZES, ids=str)
@pytest.mark.parametrize("text", [*DIGITS, "?", "", "10", "sneaker", "é"])
def test_it_is_as_large_as_it_says_and_drawn_in_one_color(text, area):
    size = SIZES[area]
    cells = big_digit(text, PALETTES["truecolor"], size, slots.TITLE)
    drawn = cells.glyphs != " "

    assert (cells.height, cells.width) == (size.height, size.width) == area
    assert set(cells.glyphs[drawn].tolist()) <= set("▀▄█")
    assert set(cells.foreground[drawn].tolist()) == {slots.TITLE}
    assert drawn[:, 0].any() or drawn[:, -1].any()


@pytest.mark.parametrize("text", ["", "10", "sneaker"])
def test_what_is_no_digit_is_a_question_mark(text):
    palette = PALETTES["ascii"]

    assert big_digit(text, palette).lines() == big_digit("?", palette).lines()


def test_a_ring_is_closed_and_a_seven_is_open():
    def strokes(text):
        return [line.rstrip() for line in big_digit(text, PALETTES["ascii"]).lines()]

    assert strokes("0")[0] == strokes("0")[4] == "########"
    assert all(line[0] == line[-1] == "#" for line in strokes("0"))
    assert strokes("7")[0] == "########"
    assert [len(line) for line in strokes("7")] == [8, 8, 6, 4, 4]
