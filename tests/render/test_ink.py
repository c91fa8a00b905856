from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render.ansi import to_text
from tui_nn.render.halves import halves
from tui_nn.render.ink import ink_picture, ink_unit, small_ink
from tui_nn.render.palette import PALETTES

KINDS = ["truecolor", "16", "mono", "ascii"]


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (7, 14), (13, 90), (14, 28), (28, 56), (60, 20), (42, 84)])
@pytest.mark.parametrize("draw", [ink_picture, small_ink])
def test_any_size_can_be_drawn(palette, size, draw):
    cells = draw(np.random.default_rng(0).random((28, 28)), PALETTES[palette], *size)

    assert (cells.height, cells.width) == size
    assert to_text(cells, PALETTES[palette]).isascii() or palette != "ascii"


def test_half_cells_show_both_rows_of_a_cell():
    shape = np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 0, 0, 0]], dtype=bool)

    assert halves(shape, PALETTES["mono"]).lines() == [" ▀▄█", "▀   "]
    assert halves(shape, PALETTES["ascii"]).lines() == [' ".#', '"   ']


@pytest.mark.parametrize("palette", ["16", "mono", "ascii"])
def test_no_row_of_a_small_canvas_is_left_out_where_colors_cannot_show_two(palette):
    for row in range(28):
        ink = np.zeros((28, 28))
        ink[row, 5:20] = 1.0
        lines = ink_picture(ink, PALETTES[palette], 14, 28).lines()

        assert lines[row // 2][5:20].strip(), row
        assert not "".join(lines[: row // 2] + lines[row // 2 + 1 :]).strip()


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("size", [(14, 28), (28, 56), (18, 60), (42, 84)])
def test_a_unit_says_where_a_place_of_the_ink_is_drawn(palette, size):
    rows, columns = ink_unit((28, 28), PALETTES[palette], *size)
    paper = ink_picture(np.zeros((28, 28)), PALETTES[palette], *size)
    for place in [(0, 0), (13, 7), (27, 27)]:
        ink = np.zeros((28, 28))
        ink[place] = 1.0
        cells = ink_picture(ink, PALETTES[palette], *size)
        differs = (
            (cells.glyphs != paper.glyphs)
            | (cells.background != paper.background)
            | (cells.foreground != paper.foreground)
        )

        assert np.argwhere(differs)[0].tolist() == [int(place[0] * rows), int(place[1] * columns)]


def test_ink_larger_than_its_place_keeps_thin_strokes():
    ink = np.zeros((28, 28))
    ink[:, 13:15] = 1.0
    lines = small_ink(ink, PALETTES["mono"], 7, 14).lines()

    assert [line.strip() for line in lines] == ["██"] * 7 or all("█" in line for line in lines)
