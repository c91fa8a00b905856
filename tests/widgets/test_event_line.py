"""The event line takes the rows that its words need, the last of several in the line of keys."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widget import Widget

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.key_line import KeyLine

Open = Any
LONG = "Loss has stopped falling for a while, and this is what can be done about it."
MANY = " ".join("a" * 19)
KEYS = "? keys  space run/pause"


def two_lines() -> tuple[EventLine, KeyLine]:
    keys = KeyLine(PALETTES["truecolor"], (("?", "keys"), ("space", "run/pause")))
    return EventLine(PALETTES["truecolor"], keys.begin_with), keys


def said(text: Any, *lines: Widget) -> list[str]:
    return [row.strip() for line in lines for row in text(line)]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Paused.", ["Paused.", KEYS]),
        ("x" * 38, ["x" * 38, KEYS]),
        (f"{MANY} b", [MANY, f"b   {KEYS}"]),
        (f"{MANY} {'b' * 13}", [MANY, f"{'b' * 13}   ? keys"]),
        (LONG, [LONG[:37], LONG[38:]]),
        (f"So it is. {LONG}", [f"So it is. {LONG[:28]}", LONG[29:66], f"about it.   {KEYS}"]),
    ],
)
async def test_words_have_the_rows_that_they_need_and_keys_what_is_left(
    alone: Open, text: Any, words: str, rows: list[str]
) -> None:
    line, keys = two_lines()
    async with alone(line, keys, size=(40, 9)) as pilot:
        line.tell(words)
        await pilot.pause()

        assert line.size.height == max(1, len(rows) - 1)
        assert said(text, line, keys) == rows


async def test_a_short_sentence_after_a_long_one_leaves_the_keys_alone(alone: Open, text: Any) -> None:
    line, keys = two_lines()
    async with alone(line, keys, size=(40, 9)) as pilot:
        line.tell(LONG)
        await pilot.pause()
        line.tell("Paused.")
        await pilot.pause()

        assert said(text, line, keys) == ["Paused.", KEYS]


async def test_another_width_gives_other_rows(alone: Open, text: Any) -> None:
    line, keys = two_lines()
    async with alone(line, keys, size=(40, 9)) as pilot:
        line.tell(LONG)
        await pilot.resize_terminal(100, 9)
        await pilot.pause()
        assert said(text, line, keys) == [LONG, KEYS]
        await pilot.resize_terminal(24, 9)
        await pilot.pause()

        assert line.size.height == 3
        assert " ".join(said(text, line, keys)) == LONG


async def test_what_stands_in_its_place_has_the_keys_to_itself(alone: Open, text: Any) -> None:
    line, keys = two_lines()
    async with alone(line, keys, size=(40, 9)) as pilot:
        line.tell(f"So it is. {LONG}")
        await pilot.pause()
        line.display = False
        await pilot.pause()
        line.tell(f"Now it is. {LONG}")
        await pilot.pause()
        assert said(text, keys) == [KEYS]
        line.display = True
        await pilot.pause()

        assert " ".join(said(text, line, keys)).startswith(f"Now it is. {LONG}")


async def test_what_is_to_be_mended_stands_out_until_something_else_is_said(alone: Open) -> None:
    line, keys = two_lines()
    async with alone(line, keys):
        line.tell(LONG, is_warning=True)
        assert line.draw(1, 38).foreground[0, 0] == slots.WARNING
        assert keys.draw(1, 38).foreground[0, 0] == slots.WARNING
        line.tell("Paused.")

        assert line.draw(1, 38).foreground[0, 0] != slots.WARNING
