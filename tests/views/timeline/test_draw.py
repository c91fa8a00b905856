from __future__ import annotations

import pytest

from tui_nn.render import slots
from tui_nn.render.palette import Palette, palette_for
from tui_nn.views.timeline.draw import timeline_bar

COLORS, ASCII = palette_for("truecolor", False), palette_for("mono", True)


def text(
    place: float, words: str = "", width: int = 80, palette: Palette = COLORS, branch: float | None = None
) -> str:
    return timeline_bar(place, "step 12 of 50", words, palette, width, branch=branch).lines()[0]


def test_the_bar_lies_left_of_what_stands_there_and_what_was_said() -> None:
    line = text(0.5, "Back.")

    # A quarter of 80 cells are 20: the mark of one half is in the cell 0.5 x 19 = 9.5, rounded to even.
    assert line[:20] == "━" * 10 + "●" + "─" * 9
    assert line[22:35] == "step 12 of 50"
    assert line[37:].rstrip() == "Back."


@pytest.mark.parametrize(("place", "cell"), [(0.0, 0), (1.0, 19), (-3.0, 0), (9.0, 19)])
def test_the_ends_are_the_first_moment_and_the_present(place: float, cell: int) -> None:
    assert text(place).index("●") == cell


def test_where_a_branch_began_is_marked() -> None:
    assert text(1.0, branch=0.0)[0] == "┬"


def test_words_are_written_out_before_the_bar_gets_its_length() -> None:
    assert "x" * 58 in text(0.5, "x" * 58)
    line = text(0.5, "x" * 50)
    assert "x" * 50 in line
    assert line.index("step") == 80 - 50 - 13 - 4 + 2


def test_nothing_but_ascii_where_only_that_can_be_drawn() -> None:
    line = text(0.5, palette=ASCII, branch=0.1)

    assert line.isascii()
    assert line[:20] == "==+" + "=" * 7 + "@" + "-" * 9


def test_a_warning_has_its_color() -> None:
    cells = timeline_bar(0.5, "step 1 of 2", "Beware.", COLORS, 80, is_warning=True)

    assert (cells.foreground == slots.WARNING).sum() == len("Beware.")


@pytest.mark.parametrize("width", range(30))
def test_any_width_is_allowed(width: int) -> None:
    assert len(text(0.5, "Something was said.", width)) == width
