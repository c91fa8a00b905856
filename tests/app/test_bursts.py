"""What arrives in one read is taken in its order, whatever opens in between; nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tui_nn.app.turnstile import is_at_rest
from tui_nn.screens.choose import ChooseScreen
from tui_nn.screens.digits import DigitsScreen
from tui_nn.screens.digits_draw import DrawView
from tui_nn.screens.inside import PAGES, InsideScreen
from tui_nn.views.drawing.panel import Canvas
from tui_nn.widgets.prompt import Prompt

Open = Any
Driven = Any

DOWN, ESCAPE = "\x1b[B", "\x1b"


def paste(text: str) -> str:
    """Return pasted text as a terminal sends it."""
    return f"\x1b[200~{text}\x1b[201~"


async def _read(driven: Driven, text: str) -> None:
    """Let the text arrive in one read."""
    await driven.type(text)


async def test_a_value_is_typed_on_the_row_below_a_letters(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.change(regularization="l2")
        await _read(driven, f"cg{DOWN}0.01\r")

        assert driven.config.regularization_rate == 0.01
        assert not driven.prompt.has_class("-open")


async def test_the_keyboard_lives_on_after_a_value_in_the_same_read(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, f"cr0.25\r{ESCAPE}s")

        assert driven.config.learning_rate == 0.25
        await driven.until(lambda: driven.snapshot.step == 1)


async def test_a_value_may_be_left_for_another_in_the_same_read(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, f"cr7{ESCAPE}0.5\rcm400\r")

        assert (driven.config.learning_rate, driven.config.samples) == (0.5, 400)


async def test_a_weight_takes_every_digit(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("tab", "right", "enter", "enter")
        await driven.until(lambda: driven.form.has_focus)
        await _read(driven, "2.5\r")

        await driven.until(lambda: 2.5 in driven.parameters)


async def test_a_list_opens_is_gone_through_and_chosen_from(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, f"cp\r{DOWN}{DOWN}{ESCAPE}ca\r{DOWN}\rs")

        assert driven.app.screen is driven.playground
        assert driven.config.optimizer == "adam"
        assert driven.config.activation != "tanh"


async def test_a_paste_lands_in_the_field_that_opened_before_it(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, f"cr\r{paste('0.125')}\r")

        assert driven.config.learning_rate == 0.125


async def test_a_file_is_named_and_the_next_key_is_no_part_of_its_name(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, "s")
        await _read(driven, "w\x15mine.npz\rs")

        await driven.until(lambda: Path("mine.npz").exists())
        await driven.until(lambda: driven.snapshot.step == 2)


async def test_another_screen_takes_the_keys_behind_its_own(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, f"3m{DOWN}Etest 7\r")

        screen = driven.app.screen
        assert isinstance(screen, InsideScreen)
        assert type(screen.page) is PAGES[1]
        assert (screen.example.part, screen.example.index) == ("test", 6)


async def test_a_drawing_is_drawn_kept_and_drawn_on_in_one_read(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, "2\r lllll")

        screen = driven.app.screen
        assert isinstance(screen, DigitsScreen)
        board = screen.query_one(Canvas).board
        assert (board.ink > 0).sum() > 5
        before = board.ink.copy()

        await _read(driven, "i7\rJJJ")
        assert len(driven.app.shown.query_one(DrawView).drawings.book) == 1
        assert screen.query_one(Canvas).is_drawing
        assert (board.ink == before).all(), "the pen was lifted"
        assert board.pen[0] > 20


async def test_the_pages_of_help_are_opened_and_closed(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, "???s???s")

        await driven.until(lambda: driven.snapshot.step == 2)


@pytest.mark.parametrize("opening", ["cr\r", "w", "o", "3E", ":"])
async def test_a_field_that_opens_takes_all_that_is_typed_behind_it(open_app: Open, opening: str) -> None:
    text = "qrR gs[]<>-+=hHuUcztdplLabBx:?123"
    async with open_app() as driven:
        before = driven.config
        await _read(driven, f"{opening}\x15{text}")

        fields = [field for field in driven.app.screen.query(Input) if field.has_focus]
        assert [field.value for field in fields] == [text]
        assert driven.config == before


@pytest.mark.parametrize("opening", ["3E", "3cr\r", "2w", "4w"])
async def test_what_takes_the_keyboard_late_does_not_take_it_from_a_field(
    open_app: Open, opening: str
) -> None:
    async with open_app() as driven:
        await _read(driven, opening)
        screen = driven.app.shown
        screen.set_focus(screen.main_panel)
        screen.call_after_refresh(screen.set_focus, None)
        await _read(driven, "\x15abc")

        assert screen.query_one(Prompt).field.has_focus
        assert screen.query_one(Prompt).field.value == "abc"


async def test_a_list_takes_its_letter(open_app: Open) -> None:
    async with open_app() as driven:
        await _read(driven, "cd\r")
        screen = driven.app.screen
        assert isinstance(screen, ChooseScreen)
        await driven.press("escape")

        await _read(driven, "cd\r3")
        assert driven.config.dataset == list(driven.playground.datasets)[2]


async def test_what_waits_for_a_screen_below_another_holds_no_key_up(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("question_mark")
        driven.playground._callbacks.append((lambda: None, driven.playground))
        await driven.until(lambda: is_at_rest(driven.app))

        assert driven.playground._callbacks, "it is not refreshed while the help is above it"
