"""The terminal's own cursor stands where the keyboard is: who does not see the picture follows it."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

Open = Any


async def test_the_cursor_stands_on_the_row_of_the_settings_that_keys_act_on(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c")
        first = driven.app.cursor_position
        await driven.press("down", "down")

        moved = driven.app.cursor_position
        assert driven.form.content_region.contains_point(moved)
        assert moved - first == (0, 2)
        label = driven.form.rows[driven.form.cursor].label
        assert label in driven.screen_lines()[moved.y][moved.x :]


async def test_the_cursor_goes_to_the_panel_that_gets_the_keyboard(open_app: Open) -> None:
    async with open_app() as driven:
        for _ in range(3):
            await driven.press("tab")
            focused = driven.app.focused

            assert focused.content_region.contains_point(driven.app.cursor_position)


async def test_the_cursor_is_where_a_letter_will_be_typed(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("w")
        await driven.type("run")

        field = driven.app.focused
        assert isinstance(field, Input)
        assert driven.app.cursor_position == field.cursor_screen_offset


async def test_the_cursor_follows_the_pen(open_app: Open) -> None:
    async with open_app(dataset="digits", hidden_sizes=(8,)) as driven:
        await driven.press("enter")
        before = driven.app.cursor_position
        await driven.press("right", "right", "down")

        moved = driven.app.cursor_position - before
        assert moved.x > 0
        assert moved.y >= 0


async def test_a_picture_of_training_leaves_the_cursor_there(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c", "down")
        x, y = driven.app.cursor_position

        driven.app.run_shown.step()
        await driven.until(lambda: driven.snapshot.step == 1)
        await driven.settle()

        assert driven.app.cursor_position == (x, y)
