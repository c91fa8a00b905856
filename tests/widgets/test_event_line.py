"""The event line takes as many rows as its words need, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.widgets.event_line import EventLine

Open = Any
LONG = "Loss has stopped falling for a while, and this is what can be done about it."


@pytest.mark.parametrize(("words", "rows"), [("Paused.", 1), ("x" * 38, 1), ("a " * 19 + "b", 2), (LONG, 2)])
async def test_words_have_the_rows_that_they_need(alone: Open, text: Any, words: str, rows: int) -> None:
    line = EventLine(PALETTES["mono"])
    async with alone(line, size=(40, 9)) as pilot:
        line.tell(words)
        await pilot.pause()

        assert line.size.height == rows
        assert " ".join(text(line)).split() == words.split()


async def test_a_short_sentence_after_a_long_one_takes_one_row_again(alone: Open, text: Any) -> None:
    line = EventLine(PALETTES["mono"])
    async with alone(line, size=(40, 9)) as pilot:
        line.tell(LONG)
        await pilot.pause()
        line.tell("Paused.")
        await pilot.pause()

        assert [words.strip() for words in text(line)] == ["Paused."]


async def test_another_width_gives_other_rows(alone: Open) -> None:
    line = EventLine(PALETTES["mono"])
    async with alone(line, size=(40, 9)) as pilot:
        line.tell(LONG)
        await pilot.resize_terminal(100, 9)
        await pilot.pause()
        assert line.size.height == 1
        await pilot.resize_terminal(24, 9)
        await pilot.pause()

        assert line.size.height == 4


async def test_what_is_to_be_mended_stands_out_until_something_else_is_said(alone: Open) -> None:
    line = EventLine(PALETTES["truecolor"])
    async with alone(line):
        line.tell("Diverged.", is_warning=True)
        assert line.draw(1, 38).foreground[0, 0] == slots.WARNING
        line.tell("Paused.")

        assert line.draw(1, 38).foreground[0, 0] != slots.WARNING
