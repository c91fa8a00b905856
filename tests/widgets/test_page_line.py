"""The page line names all pages, marks the open one, and says how to turn."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.widgets.page_line import PageLine

Open = Any
NAMES = ("layers", "neuron", "walk")
WORDS = " layers   neuron   walk "
HINT = "m: next page"


@pytest.mark.parametrize(("chosen", "begin", "end"), [(0, 0, 8), (1, 9, 17), (2, 18, 24)])
async def test_the_open_page_is_marked_and_no_other(alone: Open, chosen: int, begin: int, end: int) -> None:
    line = PageLine(PALETTES["truecolor"], NAMES)
    async with alone(line):
        line.chosen = chosen
        cells = line.draw(1, 60)

        assert (cells.background[0] == slots.SELECTION).nonzero()[0].tolist() == list(range(begin, end))
        assert set(cells.foreground[0, begin:end]) == {slots.SELECTED}
        assert "".join(cells.lines()).startswith(WORDS)


async def test_another_page_is_shown_at_once(alone: Open) -> None:
    line = PageLine(PALETTES["mono"], NAMES)
    async with alone(line):
        before = [segment.style for segment in line.render_line(0)]
        line.chosen = 1

        assert [segment.style for segment in line.render_line(0)] != before


@pytest.mark.parametrize(("room", "is_said"), [(40, True), (37, True), (36, False), (24, False), (5, False)])
def test_the_key_is_said_where_all_names_leave_it_room(room: int, is_said: bool) -> None:
    (words,) = PageLine(PALETTES["mono"], NAMES).draw(1, room).lines()

    assert words.endswith(HINT) == is_said
    assert words.startswith(WORDS[:room])
