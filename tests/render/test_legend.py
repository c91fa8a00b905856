from __future__ import annotations

import pytest

from tui_nn.render.legend import color_scale, point_legend
from tui_nn.render.palette import PALETTES

TRUECOLOR, ASCII = PALETTES["truecolor"], PALETTES["ascii"]


def test_the_scale_runs_from_its_low_to_its_high_end():
    cells = color_scale(TRUECOLOR, 24, -1, 1)
    assert cells.lines()[0].startswith("-1 ")
    assert cells.lines()[0].endswith(" 1")
    assert (cells.background[0, 3], cells.background[0, 21]) == (0, 16)


def test_the_scale_has_a_glyph_for_each_sign_in_ascii():
    line = color_scale(ASCII, 20, -1, 1).lines()[0]
    assert line[3] == "o"
    assert line[-3] == "#"


def test_each_kind_of_point_is_named():
    assert point_legend(ASCII, ["no", "yes"], 40, shows_test=True).lines()[0].rstrip() == (
        "A no  B yes  X wrong  ab test"
    )


@pytest.mark.parametrize("width", [0, 1, 5, 12, 60])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_any_width_is_drawn(palette, width):
    assert color_scale(palette, width).width == width
    assert point_legend(palette, ["a long name", "b"], width).width == width


def test_more_classes_than_marks_are_counted_and_stay_in_the_row():
    line = point_legend(ASCII, [str(label) for label in range(21)], 40).lines()[0]
    assert "X wrong" in line
    assert "classes" in line
    assert len(line.rstrip()) <= 40
