from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.bars import bars
from tui_nn.render.palette import PALETTES

TRUECOLOR, ASCII = PALETTES["truecolor"], PALETTES["ascii"]


def test_a_bar_is_as_long_as_its_share():
    cells = bars([0.25, 0.75], ["a", "b"], ASCII, 2, 49)
    lengths = [line.count("#") for line in cells.lines()]
    assert lengths == [10, 30]
    assert [line[-5:] for line in cells.lines()] == [" 25 %", " 75 %"]


def test_colored_bars_end_in_parts_of_a_cell():
    cells = bars([0.5], ["a"], TRUECOLOR, 1, 10)
    assert "▌" in cells.lines()[0]
    assert slots.class_slot(0) in cells.foreground


def test_the_likeliest_class_is_bold_and_the_truth_has_an_arrow():
    cells = bars([0.1, 0.9], ["a", "b"], ASCII, 2, 30, truth=0)
    assert [line[0] for line in cells.lines()] == [">", " "]
    assert cells.foreground[:, 1].tolist() == [slots.DIM, slots.TITLE]


def test_classes_that_do_not_fit_are_counted():
    lines = bars(np.full(10, 0.1), list("0123456789"), ASCII, 4, 30).lines()
    assert lines[3].strip() == "+7"


@pytest.mark.parametrize("values", [[np.nan, np.inf], [-1.0, 7.0], []])
@pytest.mark.parametrize("width", [0, 3, 8, 30])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_strange_numbers_and_sizes_are_drawn(values, width, palette):
    for height in (0, 1, 3):
        cells = bars(values, ["one", "two"], palette, height, width)
        assert (cells.height, cells.width) == (height, width)


def test_the_part_of_a_cell_stands_right_of_the_whole_ones():
    line = bars([0.5], ["a"], TRUECOLOR, 1, 14).lines()[0]
    assert "█▌" in line
    assert line.startswith("a ") or line.startswith(" a")
