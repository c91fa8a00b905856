"""The Digits screen by its keys: drawing, labeling, the views."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.files.assets import asset_path
from tui_nn.screens.digits import DigitsScreen
from tui_nn.screens.digits_draw import DrawView
from tui_nn.screens.digits_words import VIEWS
from tui_nn.training.remote.run_files import load
from tui_nn.views.drawing.panel import DRAW_KEYS, Canvas
from tui_nn.views.images.panel import ConfusionView, GalleryView, ReadingView
from tui_nn.views.images.panel_layers import LayersView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.form import Form
from tui_nn.widgets.key_line import KeyLine
from tui_nn.widgets.key_table import KeyTable
from tui_nn.widgets.prompt import Prompt

Open = Any
Driven = Any
SIZES = [(60, 20), (80, 24), (100, 30), (120, 36), (160, 45), (200, 60), (240, 70)]


async def opened(driven: Driven) -> DigitsScreen:
    await driven.press("2")
    screen = driven.app.screen
    assert isinstance(screen, DigitsScreen)
    await driven.until(lambda: screen.snapshot is not None)
    await driven.settle()
    return screen


async def draw_a_bar(driven: Driven, screen: DigitsScreen) -> None:
    """Draw a line down, as a one; DRAW stays on."""
    await driven.press("enter", "K", "space", "J", "J", "space")
    await driven.until(lambda: screen.query_one("#drawing", ReadingView).reading is not None)


def said(screen: DigitsScreen) -> str:
    return screen.query_one(EventLine).text


async def test_a_digit_typed_in_one_go_with_the_key_that_asks_is_kept(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await draw_a_bar(driven, screen)
        await driven.type("i7\r")
        await driven.until(lambda: "Saved as a 7" in said(screen))

        assert len(driven.app.shown.query_one(DrawView).drawings.book) == 1
        assert not screen.query_one(Prompt).has_class("-open")


async def test_it_is_kept_from_beside_the_drawing_too(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await draw_a_bar(driven, screen)
        await driven.press("escape")
        await driven.type("i1\r")

        await driven.until(lambda: "Saved as a 1" in said(screen))


async def test_without_a_drawing_nothing_is_asked_and_keys_keep_their_meaning(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await driven.type("iv")

        assert "no drawing to keep" in said(screen) or screen.showing == "train"
        assert screen.showing == "train"


async def test_a_letter_typed_in_one_go_with_the_key_of_the_settings_jumps(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await driven.type("cr")
        form = screen.query_one(Form)
        await driven.until(lambda: form.has_focus)

        assert form.rows[form.cursor].key == "learning_rate"


async def test_drawing_goes_on_after_a_drawing_was_labeled(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await draw_a_bar(driven, screen)
        await driven.press("i", "1", "enter")
        canvas = screen.query_one(Canvas)

        assert canvas.is_drawing
        await driven.press("c")
        assert canvas.board.is_empty, "c clears: it does not open the settings"


async def test_a_drawing_is_asked_for_where_it_can_be_seen(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await draw_a_bar(driven, screen)
        await driven.press("escape", "v", "i")

        assert screen.showing == "draw"
        await driven.press("escape")
        assert driven.app.focused is screen.query_one(Canvas)


async def test_the_border_and_the_key_line_say_what_drawing_is_done_with(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        canvas, line = screen.query_one(Canvas), screen.query_one(KeyLine)
        assert (canvas.border_title, canvas.border_subtitle) == ("Canvas", "enter draws")
        before = driven.text(line)
        await driven.press("enter", "3", "space")

        assert (canvas.border_title, canvas.border_subtitle) == ("DRAW", "pen down, brush 3")
        assert "space pen down, up" in driven.text(line)
        await driven.press("0")
        assert canvas.border_subtitle == "pen down, eraser"
        await driven.press("escape")
        assert driven.text(line) == before


async def test_where_there_is_room_the_keys_of_drawing_are_listed(open_app: Open) -> None:
    async with open_app((200, 60)) as driven:
        screen = await opened(driven)
        words = driven.text(screen.query_one(KeyTable))

        assert [key for key, label in DRAW_KEYS if f"{key} " not in words or label not in words] == []


async def test_the_cell_of_the_confusion_table_opens_its_digits(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        screen = await opened(driven)
        await driven.press("v", "v", "v")
        confusion, wrong = screen.query_one(ConfusionView), screen.query_one("#wrong", GalleryView)
        await driven.until(lambda: confusion.errors is not None)
        errors = confusion.errors
        assert errors is not None
        certainties = errors.certainties
        assert np.array_equal(certainties, np.sort(certainties)[::-1]), "the surest first"
        assert len(errors.samples) == errors.n_wrong
        confusion.focus()
        await driven.settle()
        await driven.press("right", "down", "enter")
        await driven.until(lambda: len(wrong.images) == errors.confusion[1, 1])

        assert wrong.border_title == "True class 1, predicted 1"
        empty = next(answer for answer in range(10) if not errors.confusion[1, answer])
        await driven.press(*["left"] * 9, *["right"] * empty, "enter")
        await driven.until(lambda: "No test digit has this class and prediction." in driven.text(wrong))
        await driven.press("escape")
        await driven.until(lambda: len(wrong.images) == errors.n_wrong)


async def test_a_page_of_many_digits_says_which_they_are(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        screen = await opened(driven)
        await driven.press("v", "v")
        filters = screen.query_one("#filters", GalleryView)
        await driven.until(lambda: len(filters.images) == 256)
        assert str(filters.border_subtitle).startswith("1-10 of 256")
        await driven.press("right")
        assert str(filters.border_subtitle).startswith("11-20 of 256")


async def test_the_help_page_begins_with_the_keys_of_drawing(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await opened(driven)
        await driven.press("enter", "question_mark", "question_mark")
        lines = driven.screen_lines()

        assert any("Draw, between enter and escape" in line for line in lines)
        assert any("space" in line and "pen down, up" in line for line in lines)


async def test_the_shipped_network_can_be_opened_again_after_training(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        shipped = driven.parameters
        await driven.press("s")
        await driven.until(lambda: screen.snapshot is not None and screen.snapshot.step == 1)
        path = str(asset_path("digits.npz"))
        await load(driven.app.run_shown, path)
        await driven.until(lambda: "without the run" in said(screen))

        np.testing.assert_array_equal(driven.parameters, shipped)


@pytest.mark.parametrize("key", ["r", "R"])
async def test_initial_weights_are_trained_at_a_rate_with_which_they_learn(open_app: Open, key: str) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        await driven.press(key)
        await driven.until(lambda: "optimizer adam, learning rate 0.001" in said(screen))
        await driven.until(lambda: screen.snapshot is not None and screen.snapshot.config.optimizer == "adam")


async def test_a_network_for_other_data_is_not_taken_over(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.parameters
        await load(driven.app.run_shown, str(asset_path("digits.npz")))
        await driven.until_said("holds a network for other data than moons")

        np.testing.assert_array_equal(driven.parameters, before)


async def test_each_test_digit_is_put_on_the_canvas_at_its_own_key(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await opened(driven)
        canvas = screen.query_one(Canvas)
        images = driven.session.trainer.problem.test.raw
        await driven.press("right_curly_bracket")
        await driven.until(lambda: "Test digit 2 of" in said(screen))
        np.testing.assert_array_equal(canvas.board.ink, images[1])
        await driven.press("right_curly_bracket")
        await driven.until(lambda: "Test digit 3 of" in said(screen))
        np.testing.assert_array_equal(canvas.board.ink, images[2])
        await driven.press("enter", "backspace", "t")
        await driven.until(lambda: np.array_equal(canvas.board.ink, images[2]))
        await driven.press("space", "J")
        assert (canvas.board.ink != images[2]).any(), "it can be drawn over"


async def test_genuine_digits_are_offered_once_in_words(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        screen = await opened(driven)
        await driven.press("v")
        assert "tui-nn data mnist" in driven.text(screen.query_one(EventLine)), "not cut off at 80 columns"
        await driven.press("v", "v", "v", "v", "v")
        assert "data mnist" not in said(screen)


@pytest.mark.parametrize(("depth", "is_ascii"), [("truecolor", False), ("mono", False), ("256", True)])
async def test_beside_the_drawing_is_always_all_that_is_read_of_it(
    open_app: Open, depth: str, is_ascii: bool
) -> None:
    async with open_app((120, 36), depth=depth, is_ascii=is_ascii) as driven:
        screen = await opened(driven)
        await draw_a_bar(driven, screen)
        layers = screen.query_one("#drawing-layers", LayersView)
        for size in SIZES:
            await driven.resize(*size)
            reading = driven.text(screen.query_one("#drawing", ReadingView))
            assert reading.count("%") >= 10, size
            assert [digit for digit in range(10) if f"{digit} " not in reading] == [], size
            assert layers.outer_size.height == layers.size.height, "a border would take its rows"
            if size >= (80, 24):
                named = driven.text(layers)
                assert [name for name in ("1: 256", "2: 128", "out") if name not in named] == [], size
                assert "guess" in reading, size
            for view in screen.query("#draw > *, #easel > *"):
                assert view.region.right <= size[0], (size, view)
                assert view.region.bottom <= size[1], (size, view)


async def test_the_canvas_is_as_large_as_there_is_room(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        screen = await opened(driven)
        for size, area in [((80, 24), (28, 14)), ((120, 36), (56, 28)), ((200, 60), (84, 42))]:
            await driven.resize(*size)
            assert screen.query_one(Canvas).size == area
        await driven.press("a")
        assert screen.query_one(Canvas).size == (56, 28), "plain characters have whole cells alone"
        await driven.press("a")
        assert screen.query_one(Canvas).size == (84, 42)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_z_gives_a_panel_all_the_room(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size) as driven:
        screen = await opened(driven)
        for _ in VIEWS:
            panel = screen.main_panel
            before = panel.outer_size
            await driven.press("z")
            assert panel.outer_size == (size[0], size[1] - 3), screen.showing
            await driven.press("z")
            assert panel.outer_size == before, screen.showing
            await driven.press("v")


async def test_what_is_said_of_a_view_fits_a_projector(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        screen = await opened(driven)
        await driven.press("v")
        for _ in VIEWS:
            await driven.press("v")
            assert "next view." in driven.text(screen.query_one(EventLine))
