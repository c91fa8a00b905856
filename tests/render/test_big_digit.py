from __future__ import annotations

import pytest

from tui_nn.render import slots
from tui_nn.render.big_digit import HEIGHT, WIDTH, big_digit
from tui_nn.render.palette import PALETTES

DIGITS = "0123456789"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_digit_has_its_own_shape(palette):
    shapes = {tuple(big_digit(digit, palette).lines()) for digit in DIGITS}

    assert len(shapes) == 10
    assert tuple(big_digit("?", palette).lines()) not in shapes


@pytest.mark.parametrize("text", [*DIGITS, "?", "", "10", "sneaker", "é"])
def test_it_is_as_large_as_it_says_and_drawn_in_one_glyph(text):
    cells = big_digit(text, PALETTES["truecolor"], slots.TITLE)
    drawn = cells.glyphs != " "

    assert (cells.height, cells.width) == (HEIGHT, WIDTH)
    assert set(cells.glyphs[drawn]) == {PALETTES["truecolor"].glyphs.bar}
    assert set(cells.foreground[drawn].tolist()) == {slots.TITLE}


@pytest.mark.parametrize("text", ["", "10", "sneaker"])
def test_what_is_no_digit_is_a_question_mark(text):
    palette = PALETTES["ascii"]

    assert big_digit(text, palette).lines() == big_digit("?", palette).lines()


def test_a_ring_is_closed_and_a_seven_is_open():
    def strokes(text):
        return [line.rstrip() for line in big_digit(text, PALETTES["ascii"]).lines()]

    bar = PALETTES["ascii"].glyphs.bar
    assert strokes("0")[0] == strokes("0")[4] == bar * 4
    assert all(line[0] == line[3] == bar for line in strokes("0"))
    assert strokes("7")[0] == bar * 4
    assert [len(line) for line in strokes("7")] == [4, 4, 3, 2, 2]
