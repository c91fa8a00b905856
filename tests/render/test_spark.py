from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.render.spark import sparkline

TRUECOLOR, ASCII = PALETTES["truecolor"], PALETTES["ascii"]


def drawn(values, steps=None, size=(1, 8), palette=TRUECOLOR):
    values = np.array(values, dtype=float)
    steps = np.arange(len(values)) if steps is None else np.array(steps)
    return sparkline(steps, values, palette, *size)


def test_the_lowest_is_low_and_the_highest_is_high():
    line = drawn(range(8)).lines()[0]
    assert line[-1] == "█"
    assert line[0] < line[4] < line[-1], "the code points of the blocks grow with their heights"


def test_a_column_shows_what_was_the_latest_there():
    # Over steps 0 to 100 in four columns, the value jumps at step 60: in the third.
    line = drawn([0, 1, 1], [0, 60, 100], (1, 4)).lines()[0]
    assert line == "▁▁██"


def test_more_rows_are_more_levels():
    block = drawn([0, 1, 2, 3], size=(2, 4)).lines()
    assert block[0][:2] == "  "
    assert block[0][-1] == "█"
    assert block[1][-1] == "█"


def test_what_is_no_number_leaves_a_gap():
    assert drawn([0, np.nan, 1], size=(1, 3)).lines()[0][1:] in (" █", "▁█")
    assert not "".join(drawn([np.nan, np.inf]).lines()).strip()


def test_a_level_line_is_drawn_in_the_middle():
    assert set(drawn([2, 2, 2]).lines()[0]) <= set("▄▅")


def test_the_last_one_is_in_the_accent():
    assert drawn(range(4)).foreground[0, -1] == slots.ACCENT


@pytest.mark.parametrize("size", [(0, 0), (0, 5), (1, 1), (3, 0), (-1, -1)])
@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0]])
def test_any_size_is_drawn(values, size):
    assert drawn(values, size=size).glyphs.shape == (max(0, size[0]), max(0, size[1]))


def test_ascii_has_only_ascii():
    assert "".join(drawn(range(8), palette=ASCII).lines()).isascii()
