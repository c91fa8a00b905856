"""A form says which row is to be changed and how; its cursor stays on its row."""

from __future__ import annotations

from typing import Any

import pytest
from textual.message import Message

from tui_nn.render.palette import PALETTES
from tui_nn.render.rows import Row
from tui_nn.widgets.form import Form

Open = Any
LETTERED = (Row("rate", "learning rate", "0.03", letter="r"), Row("batch", "batch size", "10", letter="b"))
PLAIN = tuple(Row(name, name, "1") for name in ("one", "two", "three"))


class Asking(Form):
    """Keeps what it asks for."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__(PALETTES["mono"])
        self.set_reactive(Form.rows, rows)
        self.asked: list[tuple[Any, ...]] = []

    def post_message(self, message: Message) -> bool:
        if isinstance(message, Form.Nudged):
            self.asked.append(("nudged", message.key, message.step))
        elif isinstance(message, Form.Opened):
            self.asked.append(("opened", message.key, message.typed))
        elif isinstance(message, Form.Missed):
            self.asked.append(("missed", message.letter))
        return super().post_message(message)


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["down"], 1),
        (["down", "down", "up"], 1),
        (["up"], 0),
        (["down"] * 5, 2),
        (["pagedown"], 2),
        (["pagedown", "pageup"], 0),
    ],
)
async def test_the_cursor_moves_and_stays_on_the_rows(alone: Open, keys: list[str], row: int) -> None:
    form = Asking(PLAIN)
    async with alone(form) as pilot:
        form.focus()
        await pilot.press(*keys)

        assert form.cursor == row


async def test_keys_ask_for_a_change_of_the_row_under_the_cursor(alone: Open) -> None:
    form = Asking(PLAIN)
    async with alone(form) as pilot:
        form.focus()
        await pilot.press("left", "down", "right", "enter", "7")

        assert form.asked == [
            ("nudged", "one", -1),
            ("nudged", "two", 1),
            ("opened", "two", ""),
            ("opened", "two", "7"),
        ]


@pytest.mark.parametrize("character", [".", "-", "0", "9"])
async def test_a_character_of_a_number_begins_typing_and_means_nothing_else(
    alone: Open, character: str
) -> None:
    form = Asking(LETTERED)
    async with alone(form) as pilot:
        form.focus()
        await pilot.press(character)

        assert form.asked == [("opened", "rate", character)]
        assert pilot.app.keys == []


async def test_a_letter_goes_to_its_row_and_means_nothing_else(alone: Open) -> None:
    form = Asking(LETTERED)
    async with alone(form) as pilot:
        form.focus()
        await pilot.press("b")
        assert form.cursor == 1
        await pilot.press("q", "R")

        assert form.cursor == 1
        assert form.asked == [("missed", "q"), ("missed", "R")]
        assert pilot.app.keys == []


async def test_without_letters_of_its_own_a_form_leaves_letters_to_others(alone: Open) -> None:
    form = Asking(PLAIN)
    async with alone(form) as pilot:
        form.focus()
        await pilot.press("q")

        assert (form.asked, pilot.app.keys) == ([], ["q"])


async def test_an_empty_form_asks_for_nothing(alone: Open) -> None:
    form = Asking(())
    async with alone(form) as pilot:
        form.focus()
        await pilot.press("down", "left", "enter")

        assert (form.cursor, form.asked) == (0, [])


@pytest.mark.parametrize(
    ("before", "cursor", "after", "row"),
    [
        ("abc", "b", "xabyc", "b"),
        ("abc", "b", "cb", "b"),
        ("abc", "c", "bd", "b"),
        ("abc", "c", "ad", "a"),
        ("abc", "b", "cd", "c"),
    ],
)
async def test_the_cursor_stays_on_its_row_or_goes_to_the_next_above_that_is_left(
    alone: Open, before: str, cursor: str, after: str, row: str
) -> None:
    form = Asking(tuple(Row(key, key, "1") for key in before))
    async with alone(form):
        form.go_to(cursor)
        form.rows = tuple(Row(key, key, "1") for key in after)

        assert form.rows[form.cursor].key == row


async def test_letters_and_cursor_are_shown_while_it_has_the_keyboard(alone: Open, text: Any) -> None:
    form = Asking(LETTERED)
    async with alone(form) as pilot:
        pilot.app.set_focus(None)
        await pilot.pause()
        assert [line.split() for line in text(form)[:2]] == [
            ["learning", "rate", "0.03"],
            ["batch", "size", "10"],
        ]
        form.focus()
        await pilot.pause()

        assert [line.split()[0] for line in text(form)[:2]] == ["r", "b"]
